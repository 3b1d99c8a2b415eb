-- Take some votes on an article that has moved to its new thread. Who voted there keeps that vote.
--
-- KEYS
--   threads  prefix of the keys of the articles (hash)
--   votes    prefix of the keys of their votes (hash)
--   apart    prefix of the keys of their votes that do not count (hash)
--   aparts   what has votes set apart (zset)
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
-- Those set apart are few. Their networks were named for the old thread, so that each stays what it
-- is: it is counted when its time comes, or dropped.
local apart = redis.call('HGETALL', keys.apart .. args.id)
for i = 1, #apart, 2 do redis.call('HSETNX', keys.apart .. target, apart[i], apart[i + 1]) end
local due = redis.call('ZSCORE', keys.aparts, args.id)
if due then redis.call('ZADD', keys.aparts, 'NX', due, target) end
redis.call('DEL', keys.apart .. args.id)
redis.call('ZREM', keys.aparts, args.id)
redis.call('INCR', keys.turn)
local left = redis.call('HLEN', old)
if left == 0 then redis.call('ZREM', keys.moves, args.id) end
return left
