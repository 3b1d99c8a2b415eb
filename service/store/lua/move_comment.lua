-- Take a comment out of the lists of an article that has moved, into those of its new thread.
--
-- KEYS
--   comment  (hash)
--   threads  prefix of the keys of the articles (hash)
--   facets   prefix of the keys of the queue's facets (zset)
--   root     the root of its exchange (hash)
--   answers  of that exchange (zset)
--   turn     (string)
-- ARGV
--   id            of the comment
--   old           the thread that has moved
--   created       in ms
--   root_id
--   root_created  in ms
--
-- Returns "ok", or "stays" if the article has moved back.

--@include wilson
--@include exchange
--@include thread

local old = lists_of(keys.threads, args.old)
local target = thread_now(keys.threads, args.old)
if target == args.old then return 'stays' end
local new = lists_of(keys.threads, target)
local status = redis.call('HGET', keys.comment, 's')
redis.call('ZREM', old.new, args.id)
redis.call('ZREM', old.best, args.id)
redis.call('ZREM', keys.facets .. 'thread:' .. args.old, args.id)
if status then redis.call('HSET', keys.comment, 't', target) end
if status == 'approved' then
  redis.call('ZADD', new.new, args.created, args.id)
  redis.call('ZADD', new.best, wilson_of(keys.comment), args.id)
elseif status == 'held' then
  redis.call('ZADD', keys.facets .. 'thread:' .. target, args.created, args.id)
end
-- The whole exchange is listed there from its first comment on.
redis.call('ZREM', old.roots, args.root_id)
redis.call('ZREM', old.roots_best, args.root_id)
settle_exchange({
  comment = keys.root,
  answers = keys.answers,
  roots = new.roots,
  best = new.roots_best,
  root = args.root_id,
  created = args.root_created,
}, args.id, args.created, status == 'approved')
redis.call('INCR', keys.turn)
return 'ok'
