-- Set, change or withdraw one voter's vote, and keep the tally true to the votes.
--
-- KEYS[1] comment or thread (hash)   KEYS[2] votes (hash)   KEYS[3] thread best (zset)
-- KEYS[4] thread roots best (zset)   KEYS[5] turn (string)
-- ARGV[1] voter   ARGV[2] direction: "1", "-1" or "0" (withdraw)   ARGV[3] comment id, "" for a thread
--
-- Returns {"ok", up, down}, or {"missing"}, {"closed"} (not approved), {"own"}.

--@include wilson

local is_comment = ARGV[3] ~= ''
if is_comment then
  local status, author = unpack(redis.call('HMGET', KEYS[1], 's', 'a'))
  if not status then return { 'missing' } end
  if status ~= 'approved' then return { 'closed' } end
  if author == ARGV[1] then return { 'own' } end
elseif redis.call('EXISTS', KEYS[1]) == 0 then
  return { 'missing' }
end

local field = { ['1'] = 'u', ['-1'] = 'd' }
local before = redis.call('HGET', KEYS[2], ARGV[1]) or '0'
local after = ARGV[2]

if before ~= after then
  redis.call('INCR', KEYS[5])
  if before ~= '0' then redis.call('HINCRBY', KEYS[1], field[before], -1) end
  if after == '0' then
    redis.call('HDEL', KEYS[2], ARGV[1])
  else
    redis.call('HSET', KEYS[2], ARGV[1], after)
    redis.call('HINCRBY', KEYS[1], field[after], 1)
  end
end

local up, down = unpack(redis.call('HMGET', KEYS[1], 'u', 'd'))
up, down = tonumber(up or 0), tonumber(down or 0)

if is_comment and before ~= after then
  local bound = wilson(up, down)
  redis.call('ZADD', KEYS[3], 'XX', bound, ARGV[3])
  redis.call('ZADD', KEYS[4], 'XX', bound, ARGV[3])
end
return { 'ok', up, down }
