-- Put one entry of a hash in the place of the one that the caller has read, if nobody was quicker.
--
-- KEYS
--   entries  sites, moderators, footings, … (hash)
-- ARGV
--   name  of the entry
--   old   what it held when it was read
--   new   what it shall hold
--
-- Returns "replaced", or "stale" (it holds something else by now, or is gone).

if redis.call('HGET', keys.entries, args.name) ~= args.old then return 'stale' end
redis.call('HSET', keys.entries, args.name, args.new)
return 'replaced'
