-- Take the letter that has been due the longest, and lease it to the caller: should it die, the
-- letter is due again.
--
-- KEYS[1] outbox (zset)
-- ARGV[1] now in ms   ARGV[2] until when it is leased, in ms
--
-- Returns the name of the letter, or nothing.

local due = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', ARGV[1], 'LIMIT', 0, 1)[1]
if due then redis.call('ZADD', KEYS[1], ARGV[2], due) end
return due
