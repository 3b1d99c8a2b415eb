-- Keep one reader's flag on an approved comment; a second one by the same reader replaces it.
--
-- KEYS[1] comment (hash)   KEYS[2] flags (hash)   KEYS[3] flagged (zset)
-- ARGV[1] reader           ARGV[2] the flag       ARGV[3] comment id
--
-- Returns {"ok", how many flags}, or {"missing"}, {"closed"} (not approved).

local status = redis.call('HGET', KEYS[1], 's')
if not status then return { 'missing' } end
if status ~= 'approved' then return { 'closed' } end
redis.call('HSET', KEYS[2], ARGV[1], ARGV[2])
local count = redis.call('HLEN', KEYS[2])
redis.call('ZADD', KEYS[3], count, ARGV[3])
return { 'ok', count }
