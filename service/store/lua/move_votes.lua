-- Take some votes on an article that has moved to its new thread. Who voted there keeps that vote.
--
-- KEYS
--   threads  prefix of the keys of the articles (hash)
--   votes    prefix of the keys of their votes (hash)
--   moves    threads that still have something to take along (zset)
--   turn     (string)
-- ARGV
--   id    of the thread that has moved
--   most  how many votes at most
--
-- Returns how many votes are left; with 0 the move is over.

--@include thread

local target = thread_now(keys.threads, args.id)
if target == args.id then
  redis.call('ZREM', keys.moves, args.id)
  return 0
end
local old, new = keys.votes .. args.id, keys.votes .. target
local some = redis.call('HRANDFIELD', old, args.most, 'WITHVALUES')
for i = 1, #some, 2 do
  redis.call('HSETNX', new, some[i], some[i + 1])
  redis.call('HDEL', old, some[i])
end
redis.call('INCR', keys.turn)
local left = redis.call('HLEN', old)
if left == 0 then redis.call('ZREM', keys.moves, args.id) end
return left
