-- Delete a refused comment with everything that belongs to it, except its log entries.
--
-- KEYS
--   comment           (hash)
--   body              (string)
--   votes             (hash)
--   apart             votes that do not count (hash)
--   aparts            what has votes set apart (zset)
--   voices            the networks that voted (hash)
--   flags             (hash)
--   home              the set of its status (zset)
--   appeal            (hash)
--   appeals_answered  (zset)
--   notes             (hash)
--   latest            prefix of the keys of the authors' latest comments (zset)
--   proposal          the title that it proposed for its article (string)
--   threads           prefix of the keys of the articles (hash)
--   facets            prefix of the keys of the queue's facets (zset)
--   voted             articles that expire (zset)
-- ARGV
--   id      of the comment
--   status  it must have
--   before  time in ms before which it must have got that status
--   due     when its article expires if nothing else is there, in ms
--
-- Returns "ok", or "stays". A comment with an open appeal stays until it is answered.

--@include thread

local status, last = unpack(redis.call('HMGET', keys.comment, 's', 'l'))
if status and status ~= args.status then return 'stays' end
local since = last and tonumber(string.match(last, '^%d+'))
if since and since >= tonumber(args.before) then return 'stays' end
if redis.call('HGET', keys.appeal, 'state') == 'open' then return 'stays' end
local author, place = unpack(redis.call('HMGET', keys.comment, 'a', 't'))
if author then redis.call('ZREM', keys.latest .. author, args.id) end
redis.call('DEL', keys.comment, keys.body, keys.votes, keys.apart, keys.voices, keys.flags,
  keys.appeal, keys.notes, keys.proposal)
redis.call('ZREM', keys.aparts, args.id)
redis.call('ZREM', keys.home, args.id)
redis.call('ZREM', keys.appeals_answered, args.id)
if place then
  local thread = thread_now(keys.threads, place)
  local is_there = redis.call('EXISTS', keys.threads .. thread) == 1
  if is_there and is_idle(keys.threads, keys.facets, thread) then
    redis.call('ZADD', keys.voted, 'NX', args.due, thread)
  end
end
return 'ok'
