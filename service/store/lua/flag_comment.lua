-- Keep one reader's flag on an approved comment; a second one by the same reader replaces it.
--
-- KEYS[1] comment (hash)   KEYS[2] flags (hash)   KEYS[3] flagged (zset)
-- ARGV[1] reader           ARGV[2] the flag       ARGV[3] comment id
--
-- Returns {"ok", how many flags are open}, or {"missing"}, {"closed"} (not approved).

--@include flags

local status, answered = unpack(redis.call('HMGET', KEYS[1], 's', 'g'))
if not status then return { 'missing' } end
if status ~= 'approved' then return { 'closed' } end
redis.call('HSET', KEYS[2], ARGV[1], ARGV[2])
local count = open_flags(KEYS[2], answered)
if count > 0 then redis.call('ZADD', KEYS[3], count, ARGV[3]) end
return { 'ok', count }
