-- Delete a comment that was refused, with all that belongs to it; the log keeps that it was there.
--
-- KEYS[1] comment (hash)   KEYS[2] body (string)   KEYS[3] votes (hash)   KEYS[4] flags (hash)
-- KEYS[5] the home it stands in (zset)   KEYS[6] appeal (hash)   KEYS[7] answered appeals (zset)
-- KEYS[8] notes (hash)     KEYS[9] what the authors' latest comments begin with
-- ARGV[1] comment id       ARGV[2] the status it must have
-- ARGV[3] the moment in ms before which it must have got that status
--
-- Returns "ok", or "stays". What its author has appealed against stays until a person has answered.

local status, last = unpack(redis.call('HMGET', KEYS[1], 's', 'l'))
if status and status ~= ARGV[2] then return 'stays' end
local since = last and tonumber(string.match(last, '^%d+'))
if since and since >= tonumber(ARGV[3]) then return 'stays' end
if redis.call('HGET', KEYS[6], 'state') == 'open' then return 'stays' end
local author = redis.call('HGET', KEYS[1], 'a')
if author then redis.call('ZREM', KEYS[9] .. author, ARGV[1]) end
redis.call('DEL', KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[6], KEYS[8])
redis.call('ZREM', KEYS[5], ARGV[1])
redis.call('ZREM', KEYS[7], ARGV[1])
return 'ok'
