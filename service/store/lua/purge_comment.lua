-- Delete a comment that was refused, with all that belongs to it; the log keeps that it was there.
--
-- KEYS[1] comment (hash)   KEYS[2] body (string)   KEYS[3] votes (hash)   KEYS[4] flags (hash)
-- KEYS[5] the home it stands in (zset)
-- ARGV[1] comment id       ARGV[2] the status it must have
-- ARGV[3] the moment in ms before which it must have got that status
--
-- Returns "ok", or "stays".

local status, last = unpack(redis.call('HMGET', KEYS[1], 's', 'l'))
if status and status ~= ARGV[2] then return 'stays' end
local since = last and tonumber(string.match(last, '^%d+'))
if since and since >= tonumber(ARGV[3]) then return 'stays' end
redis.call('DEL', KEYS[1], KEYS[2], KEYS[3], KEYS[4])
redis.call('ZREM', KEYS[5], ARGV[1])
return 'ok'
