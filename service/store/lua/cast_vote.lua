-- Set, change or withdraw one voter's vote, and keep the tally consistent with the votes.
--
-- KEYS
--   target             the comment or the thread (hash)
--   votes              (hash)
--   thread_best        the thread's comments by votes (zset)
--   thread_roots_best  the thread's exchanges by votes (zset)
--   turn               (string)
-- ARGV
--   voter
--   direction  "1", "-1" or "0" (withdraw)
--   comment    its id, "" for a thread
--
-- Returns {"ok", up, down}, or {"missing"}, {"closed"} (not approved), {"own"}.

--@include wilson

local is_comment = args.comment ~= ''
if is_comment then
  local status, author = unpack(redis.call('HMGET', keys.target, 's', 'a'))
  if not status then return { 'missing' } end
  if status ~= 'approved' then return { 'closed' } end
  if author == args.voter then return { 'own' } end
elseif redis.call('EXISTS', keys.target) == 0 then
  return { 'missing' }
end

local field = { ['1'] = 'u', ['-1'] = 'd' }
local before = redis.call('HGET', keys.votes, args.voter) or '0'
local after = args.direction

if before ~= after then
  redis.call('INCR', keys.turn)
  if before ~= '0' then redis.call('HINCRBY', keys.target, field[before], -1) end
  if after == '0' then
    redis.call('HDEL', keys.votes, args.voter)
  else
    redis.call('HSET', keys.votes, args.voter, after)
    redis.call('HINCRBY', keys.target, field[after], 1)
  end
end

local up, down = unpack(redis.call('HMGET', keys.target, 'u', 'd'))
up, down = tonumber(up or 0), tonumber(down or 0)

if is_comment and before ~= after then
  local bound = wilson(up, down)
  redis.call('ZADD', keys.thread_best, 'XX', bound, args.comment)
  redis.call('ZADD', keys.thread_roots_best, 'XX', bound, args.comment)
end
return { 'ok', up, down }
