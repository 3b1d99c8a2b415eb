-- Count a vote that was set apart, if its networks may have more by now, or drop it.
--
-- KEYS
--   target             the comment or the thread (hash)
--   votes              that count (hash)
--   apart              votes that do not count (hash)
--   voices             the networks that voted (hash)
--   thread_best        the thread's comments by votes (zset)
--   thread_roots_best  the thread's exchanges by votes (zset)
--   turn               (string)
-- ARGV
--   voter
--   what       "count" or "drop"
--   comment    its id, "" for a thread
--   now        in ms
--   lasts      how long voices are kept after a vote, in ms
--   networks…  network, how many of its votes may count, how many have full weight
--
-- Returns "counted", "dropped", "waits", or "gone" (it was withdrawn, or its target is gone).

--@include wilson
--@include voices
--@include ballot

local waits = redis.call('HGET', keys.apart, args.voter)
if not waits or redis.call('EXISTS', keys.target) == 0 then
  redis.call('HDEL', keys.apart, args.voter)
  return 'gone'
end
if args.what == 'drop' then
  redis.call('HDEL', keys.apart, args.voter)
  return 'dropped'
end
local missing = add_voice(keys.voices, args.networks, args.now, args.lasts)
if not missing then return 'waits' end
redis.call('HDEL', keys.apart, args.voter)
count_vote({ target = keys.target, votes = keys.votes }, args.voter,
  string.match(waits, '^%S+'), missing)
redis.call('INCR', keys.turn)
if args.comment ~= '' then
  local bound = wilson_of(keys.target)
  redis.call('ZADD', keys.thread_best, 'XX', bound, args.comment)
  redis.call('ZADD', keys.thread_roots_best, 'XX', bound, args.comment)
end
return 'counted'
