-- Give one's own claim on a comment back; somebody else's stays.
--
-- KEYS
--   claim   (string)
--   claims  all of the site (zset)
-- ARGV
--   moderator
--   id  of the comment
--
-- Returns "released", or "other's".

if redis.call('GET', keys.claim) ~= args.moderator then return "other's" end
redis.call('DEL', keys.claim)
redis.call('ZREM', keys.claims, args.id)
return 'released'
