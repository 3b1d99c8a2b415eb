-- Claim a comment, or renew one's own claim on it.
--
-- KEYS[1] claim (string)   KEYS[2] all claims (zset)
-- ARGV[1] moderator        ARGV[2] ms it lasts   ARGV[3] comment id   ARGV[4] now in ms
--
-- Returns who has it now.

local holder = redis.call('GET', KEYS[1])
if holder and holder ~= ARGV[1] then return holder end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', ARGV[4])
redis.call('ZADD', KEYS[2], tonumber(ARGV[4]) + tonumber(ARGV[2]), ARGV[3])
return ARGV[1]
