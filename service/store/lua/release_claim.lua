-- Release a moderator's own claim on a comment; somebody else's stays.
--
-- KEYS
--   claim   (string)
--   claims  all claims of the site (zset)
-- ARGV
--   moderator
--   id  of the comment
--
-- Returns "released", or "other's".

if redis.call('GET', keys.claim) ~= args.moderator then return "other's" end
redis.call('DEL', keys.claim)
redis.call('ZREM', keys.claims, args.id)
return 'released'
