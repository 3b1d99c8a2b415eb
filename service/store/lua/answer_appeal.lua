-- Answer an open appeal, once.
--
-- KEYS[1] appeal (hash)   KEYS[2] open appeals (zset)    KEYS[3] answered appeals (zset)
-- ARGV[1] comment id      ARGV[2] "upheld" or "declined"   ARGV[3] the answer in words
-- ARGV[4] who             ARGV[5] now in ms
--
-- Returns "answered", "closed" (somebody was first), or "missing".

local state = redis.call('HGET', KEYS[1], 'state')
if not state then return 'missing' end
if state ~= 'open' then return 'closed' end
redis.call('HSET', KEYS[1], 'state', ARGV[2], 'answer', ARGV[3], 'by', ARGV[4], 'answered', ARGV[5])
redis.call('ZREM', KEYS[2], ARGV[1])
redis.call('ZADD', KEYS[3], ARGV[5], ARGV[1])
return 'answered'
