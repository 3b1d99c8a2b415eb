-- Take the letters that are due, and lease them to the caller: should it die, they are due again.
--
-- KEYS[1] outbox (zset)
-- ARGV[1] now in ms   ARGV[2] until when they are leased, in ms   ARGV[3] how many at most
--
-- Returns the names of the letters.

local due = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', ARGV[1], 'LIMIT', 0, ARGV[3])
for _, letter in ipairs(due) do redis.call('ZADD', KEYS[1], ARGV[2], letter) end
return due
