-- Replace an entry of a hash if it is still the one that the caller has read.
--
-- KEYS
--   entries  sites, moderators, footings, … (hash)
-- ARGV
--   name  of the entry
--   old   its content when it was read
--   new   its new content
--
-- Returns "replaced", or "stale" (its content has changed, or it is gone).

if redis.call('HGET', keys.entries, args.name) ~= args.old then return 'stale' end
redis.call('HSET', keys.entries, args.name, args.new)
return 'replaced'
