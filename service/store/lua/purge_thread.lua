-- Delete an article that has expired, with its votes, unless it got comments meanwhile.
--
-- KEYS
--   threads  prefix of the keys of the articles (hash)
--   votes    of the article (hash)
--   apart    its votes that do not count (hash)
--   aparts   what has votes set apart (zset)
--   voices   the networks that voted on it (hash)
--   facets   prefix of the keys of the queue's facets (zset)
--   voted    articles that expire (zset)
-- ARGV
--   id   of the article
--   now  in ms
--
-- Returns "ok", or "stays".

--@include thread

local due = redis.call('ZSCORE', keys.voted, args.id)
if not due or tonumber(due) > tonumber(args.now) then return 'stays' end
redis.call('ZREM', keys.voted, args.id)
if not is_idle(keys.threads, keys.facets, args.id) then return 'stays' end
redis.call('UNLINK', keys.threads .. args.id, keys.votes, keys.apart, keys.voices)
redis.call('ZREM', keys.aparts, args.id)
return 'ok'
