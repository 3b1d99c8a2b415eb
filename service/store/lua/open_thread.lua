-- Store an article that readers vote on before its first comment; it expires if it gets none.
-- Of such articles only so many are kept: the least recently used give way.
--
-- KEYS
--   threads  prefix of the keys of the articles (hash)
--   votes    prefix of the keys of their votes (hash)
--   apart    prefix of the keys of their votes that do not count (hash)
--   aparts   what has votes set apart (zset)
--   voices   prefix of the keys of the networks that voted on them (hash)
--   facets   prefix of the keys of the queue's facets (zset)
--   voted    articles that expire (zset)
-- ARGV
--   id    of the article
--   url
--   now   in ms
--   due   when it expires, in ms
--   most  how many are kept
--
-- Returns the id of its thread, which is another one if the article has moved.

--@include thread

local id = thread_now(keys.threads, args.id)
if redis.call('EXISTS', keys.threads .. id) == 1 then
  redis.call('ZADD', keys.voted, 'XX', args.due, id)
  return id
end
redis.call('HSET', keys.threads .. id, 'c', args.now, 'url', args.url)
redis.call('ZADD', keys.voted, args.due, id)
local surplus = redis.call('ZCARD', keys.voted) - tonumber(args.most)
if surplus > 0 then
  for _, old in ipairs(redis.call('ZRANGE', keys.voted, 0, math.min(surplus, 10) - 1)) do
    redis.call('ZREM', keys.voted, old)
    if is_idle(keys.threads, keys.facets, old) then
      redis.call('UNLINK', keys.threads .. old, keys.votes .. old, keys.apart .. old,
        keys.voices .. old)
      redis.call('ZREM', keys.aparts, old)
    end
  end
end
return id
