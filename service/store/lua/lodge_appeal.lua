-- Keep an author's appeal against a refusal, once a comment.
--
-- KEYS[1] comment (hash)   KEYS[2] appeal (hash)          KEYS[3] open appeals (zset)
-- KEYS[4] acts (stream)
-- ARGV[1] comment id       ARGV[2] the status it is against
-- ARGV[3] the author's words                              ARGV[4] now in ms
--
-- Returns "kept", "there" (it was appealed before), or "stale" (the status has moved).

if redis.call('EXISTS', KEYS[2]) == 1 then return 'there' end
if redis.call('HGET', KEYS[1], 's') ~= ARGV[2] then return 'stale' end
redis.call('HSET', KEYS[2], 'state', 'open', 'text', ARGV[3], 'at', ARGV[4])
redis.call('ZADD', KEYS[3], ARGV[4], ARGV[1])
redis.call('XADD', KEYS[4], '*', 'what', 'appeal', 'by', 'author', 'about', ARGV[1],
  'how', ARGV[2], 'old', '', 'new', '')
return 'kept'
