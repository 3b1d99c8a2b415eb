-- Put a site's settings in the place of those that the caller has read, if nobody was quicker.
--
-- KEYS[1] sites (hash)
-- ARGV[1] site   ARGV[2] the settings as read, JSON   ARGV[3] the new ones, JSON
--
-- Returns "changed", or "stale" (they are others by now, or the site is gone).

if redis.call('HGET', KEYS[1], ARGV[1]) ~= ARGV[2] then return 'stale' end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[3])
return 'changed'
