-- Claim a comment, or renew the moderator's own claim on it.
--
-- KEYS
--   claim   (string)
--   claims  all claims of the site (zset)
-- ARGV
--   moderator
--   lasts  ms
--   id     of the comment
--   now    in ms
--
-- Returns the moderator who has the claim now.

local holder = redis.call('GET', keys.claim)
if holder and holder ~= args.moderator then return holder end
redis.call('SET', keys.claim, args.moderator, 'PX', args.lasts)
redis.call('ZREMRANGEBYSCORE', keys.claims, '-inf', args.now)
redis.call('ZADD', keys.claims, tonumber(args.now) + tonumber(args.lasts), args.id)
return args.moderator
