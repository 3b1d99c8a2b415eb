-- Set, change or withdraw one voter's vote, and keep the tally consistent with the votes that count.
-- A vote of the author's own network, or beyond what its networks may have, is set apart.
--
-- KEYS
--   target             the comment or the thread (hash)
--   votes              that count (hash)
--   apart              votes that do not count (hash)
--   aparts             what has votes set apart (zset)
--   voices             the networks that voted (hash)
--   thread_best        the thread's comments by votes (zset)
--   thread_roots_best  the thread's exchanges by votes (zset)
--   turn               (string)
-- ARGV
--   voter
--   direction    "1", "-1" or "0" (withdraw)
--   comment      its id, "" for a thread
--   id           of the target
--   now          in ms
--   lasts        how long voices are kept after a vote, in ms
--   look         when votes set apart are looked at, in ms
--   most_of_one  votes set apart that are kept of one household
--   most         votes set apart that are kept in all
--   networks…    network, how many of its votes may count, how many have full weight
--
-- Returns {"ok", up, down, "counted" or "apart"}, or {"missing"}, {"closed"} (not approved), {"own"}.

--@include wilson
--@include voices
--@include ballot

local is_comment, networks = args.comment ~= '', args.networks
local household = networks[1]
local is_own = false
if is_comment then
  local status, author, network = unpack(redis.call('HMGET', keys.target, 's', 'a', 'v'))
  if not status then return { 'missing' } end
  if status ~= 'approved' then return { 'closed' } end
  if author == args.voter then return { 'own' } end
  is_own = household and network == household
elseif redis.call('EXISTS', keys.target) == 0 then
  return { 'missing' }
end

local ballot = { target = keys.target, votes = keys.votes }
local direction, is_changed, standing = args.direction, false, 'counted'
local before, less = read_vote(redis.call('HGET', keys.votes, args.voter))
local waits = redis.call('HGET', keys.apart, args.voter)

local function is_kept_apart()
  if redis.call('HLEN', keys.apart) >= tonumber(args.most) then return false end
  local of_one = 0
  for _, vote in ipairs(redis.call('HVALS', keys.apart)) do
    if string.match(vote, '^%S+ %S+ %S+ ?(%S*)') == household then of_one = of_one + 1 end
  end
  return of_one < tonumber(args.most_of_one)
end

local function set_apart()
  standing = 'apart'
  if not is_kept_apart() then return end
  local entry = { direction, is_own and 'own' or 'burst', args.now }
  for i = 1, #networks, 3 do table.insert(entry, networks[i]) end
  redis.call('HSET', keys.apart, args.voter, table.concat(entry, ' '))
  redis.call('ZADD', keys.aparts, 'NX', args.look, args.id)
end

if before ~= '0' then
  is_changed = before ~= direction
  if is_changed then count_vote(ballot, args.voter, direction, less) end
  if direction == '0' then drop_voice(keys.voices, networks) end
elseif waits and direction == '0' then
  redis.call('HDEL', keys.apart, args.voter)
elseif waits then
  standing = 'apart'
  redis.call('HSET', keys.apart, args.voter, direction .. string.match(waits, ' .*$'))
elseif direction ~= '0' then
  local missing = not is_own and add_voice(keys.voices, networks, args.now, args.lasts)
  if missing then
    is_changed = true
    count_vote(ballot, args.voter, direction, missing)
  else
    set_apart()
  end
end

if is_changed then
  redis.call('INCR', keys.turn)
  if is_comment then
    local bound = wilson_of(keys.target)
    redis.call('ZADD', keys.thread_best, 'XX', bound, args.comment)
    redis.call('ZADD', keys.thread_roots_best, 'XX', bound, args.comment)
  end
end
local up, down = unpack(redis.call('HMGET', keys.target, 'u', 'd'))
return { 'ok', tonumber(up or 0), tonumber(down or 0), standing }
