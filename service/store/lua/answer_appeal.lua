-- Answer an open appeal, once.
--
-- KEYS[1] appeal (hash)   KEYS[2] open appeals (zset)    KEYS[3] answered appeals (zset)
-- KEYS[4] acts (stream)
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
-- From when to when, so that how long it took can be counted from the stream alone.
redis.call('XADD', KEYS[4], '*', 'what', 'answer', 'by', ARGV[4], 'about', ARGV[1],
  'how', ARGV[2], 'old', redis.call('HGET', KEYS[1], 'at'), 'new', ARGV[5])
return 'answered'
