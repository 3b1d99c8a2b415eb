-- Delete a comment that was refused, with all that belongs to it; the log keeps that it was there.
--
-- KEYS
--   comment           (hash)
--   body              (string)
--   votes             (hash)
--   flags             (hash)
--   home              the set of its status (zset)
--   appeal            (hash)
--   appeals_answered  (zset)
--   notes             (hash)
--   latest            what the authors' latest comments begin with (zset)
-- ARGV
--   id      of the comment
--   status  that it must have
--   before  the moment in ms before which it must have got that status
--
-- Returns "ok", or "stays". What its author has appealed against stays until a person has answered.

local status, last = unpack(redis.call('HMGET', keys.comment, 's', 'l'))
if status and status ~= args.status then return 'stays' end
local since = last and tonumber(string.match(last, '^%d+'))
if since and since >= tonumber(args.before) then return 'stays' end
if redis.call('HGET', keys.appeal, 'state') == 'open' then return 'stays' end
local author = redis.call('HGET', keys.comment, 'a')
if author then redis.call('ZREM', keys.latest .. author, args.id) end
redis.call('DEL', keys.comment, keys.body, keys.votes, keys.flags, keys.appeal, keys.notes)
redis.call('ZREM', keys.home, args.id)
redis.call('ZREM', keys.appeals_answered, args.id)
return 'ok'
