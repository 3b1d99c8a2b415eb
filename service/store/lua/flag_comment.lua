-- Keep one reader's flag on an approved comment; a second one by the same reader replaces it.
--
-- KEYS[1] comment (hash)   KEYS[2] flags (hash)   KEYS[3] flagged (zset)
-- KEYS[4] acts (stream)
-- ARGV[1] reader           ARGV[2] the flag       ARGV[3] comment id
-- ARGV[4] reason
--
-- Returns {"ok", from how many networks it is flagged}, or {"missing"}, {"closed"} (not approved).

--@include flags

local status, answered = unpack(redis.call('HMGET', KEYS[1], 's', 'g'))
if not status then return { 'missing' } end
if status ~= 'approved' then return { 'closed' } end
local before = redis.call('HGET', KEYS[2], ARGV[1])
redis.call('HSET', KEYS[2], ARGV[1], ARGV[2])
-- Sent again, since its answer was lost, it is no second report.
if not before or string.match(before, '^%S+ ([^%s/]+)') ~= ARGV[4] then
  redis.call('XADD', KEYS[4], '*', 'what', 'notice', 'by', 'reader', 'about', ARGV[3],
    'how', ARGV[4], 'old', '', 'new', '')
end
local count = open_flags(KEYS[2], answered)
if count > 0 then redis.call('ZADD', KEYS[3], count, ARGV[3]) end
return { 'ok', open_networks(KEYS[2], answered) }
