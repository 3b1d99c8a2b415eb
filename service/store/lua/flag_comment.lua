-- Store a reader's flag on an approved comment; a second one by the same reader replaces it.
--
-- KEYS
--   comment  (hash)
--   flags    (hash)
--   flagged  (zset)
--   acts     (stream)
-- ARGV
--   reader
--   at               in ms
--   flag             as stored, without its time
--   id               of the comment
--   reason
--   most_of_network  flags of one network that are kept
--   most             flags that are kept in all
--
-- Returns {"ok", number of networks that flag it}, or {"missing"}, {"closed"} (not approved).

--@include flags

local status, answered = unpack(redis.call('HMGET', keys.comment, 's', 'g'))
if not status then return { 'missing' } end
if status ~= 'approved' then return { 'closed' } end
local before = redis.call('HGET', keys.flags, args.reader)
-- If the clock was set back after flags were answered, this one is still a new one.
local at = math.max(tonumber(args.at), tonumber(answered or 0) + 1)
redis.call('HSET', keys.flags, args.reader, string.format('%.0f ', at) .. args.flag)
local gone = trim_flags(keys.flags, tonumber(args.most_of_network), tonumber(args.most))
if gone > 0 then redis.call('HINCRBY', keys.comment, 'f', gone) end
-- A retry after a lost answer is not a second report, and one that is not kept is not worked on.
local is_new = not before or string.match(before, '^%S+ ([^%s/]+)') ~= args.reason
if is_new and redis.call('HEXISTS', keys.flags, args.reader) == 1 then
  redis.call('XADD', keys.acts, '*', 'what', 'notice', 'by', 'reader', 'about', args.id,
    'how', args.reason, 'old', '', 'new', '')
end
local count = open_flags(keys.flags, answered)
if count > 0 then redis.call('ZADD', keys.flagged, count, args.id) end
return { 'ok', open_networks(keys.flags, answered) }
