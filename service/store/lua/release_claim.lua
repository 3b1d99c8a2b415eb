-- Give one's own claim on a comment back; somebody else's stays.
--
-- KEYS[1] claim (string)   KEYS[2] all claims (zset)
-- ARGV[1] moderator        ARGV[2] comment id
--
-- Returns "released", or "other's".

if redis.call('GET', KEYS[1]) ~= ARGV[1] then return "other's" end
redis.call('DEL', KEYS[1])
redis.call('ZREM', KEYS[2], ARGV[2])
return 'released'
