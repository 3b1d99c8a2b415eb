-- Take the letter that has been due the longest, and lease it to the caller: if the caller dies,
-- the letter is due again.
--
-- KEYS
--   outbox  (zset)
-- ARGV
--   now    in ms
--   until  when the lease ends, in ms
--
-- Returns the id of the letter, or nothing.

local due = redis.call('ZRANGEBYSCORE', keys.outbox, '-inf', args.now, 'LIMIT', 0, 1)[1]
if due then redis.call('ZADD', keys.outbox, args.until, due) end
return due
