-- Put one entry of a hash in the place of the one that the caller has read, if nobody was quicker.
--
-- KEYS[1] sites, moderators, footings, … (hash)
-- ARGV[1] name of the entry   ARGV[2] what it held when it was read   ARGV[3] what it shall hold
--
-- Returns "replaced", or "stale" (it holds something else by now, or is gone).

if redis.call('HGET', KEYS[1], ARGV[1]) ~= ARGV[2] then return 'stale' end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[3])
return 'replaced'
