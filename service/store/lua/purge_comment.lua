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
-- ARGV
--   id      of the comment
--   status  it must have
--   before  time in ms before which it must have got that status
--
-- Returns "ok", or "stays". A comment with an open appeal stays until it is answered.

local status, last = unpack(redis.call('HMGET', keys.comment, 's', 'l'))
if status and status ~= args.status then return 'stays' end
local since = last and tonumber(string.match(last, '^%d+'))
if since and since >= tonumber(args.before) then return 'stays' end
if redis.call('HGET', keys.appeal, 'state') == 'open' then return 'stays' end
local author = redis.call('HGET', keys.comment, 'a')
if author then redis.call('ZREM', keys.latest .. author, args.id) end
redis.call('DEL', keys.comment, keys.body, keys.votes, keys.apart, keys.voices, keys.flags,
  keys.appeal, keys.notes)
redis.call('ZREM', keys.aparts, args.id)
redis.call('ZREM', keys.home, args.id)
redis.call('ZREM', keys.appeals_answered, args.id)
return 'ok'
