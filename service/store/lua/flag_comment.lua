-- Store a reader's flag on an approved comment; a second one by the same reader replaces it.
--
-- KEYS
--   comment  (hash)
--   flags    (hash)
--   flagged  (zset)
--   acts     (stream)
-- ARGV
--   reader
--   flag  as stored
--   id    of the comment
--   reason
--
-- Returns {"ok", number of networks that flag it}, or {"missing"}, {"closed"} (not approved).

--@include flags

local status, answered = unpack(redis.call('HMGET', keys.comment, 's', 'g'))
if not status then return { 'missing' } end
if status ~= 'approved' then return { 'closed' } end
local before = redis.call('HGET', keys.flags, args.reader)
redis.call('HSET', keys.flags, args.reader, args.flag)
-- A retry after a lost answer is not a second report.
if not before or string.match(before, '^%S+ ([^%s/]+)') ~= args.reason then
  redis.call('XADD', keys.acts, '*', 'what', 'notice', 'by', 'reader', 'about', args.id,
    'how', args.reason, 'old', '', 'new', '')
end
local count = open_flags(keys.flags, answered)
if count > 0 then redis.call('ZADD', keys.flagged, count, args.id) end
return { 'ok', open_networks(keys.flags, answered) }
