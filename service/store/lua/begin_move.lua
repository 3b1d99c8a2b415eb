-- Turn an article's address to another one: from now on everything follows it. What is in the lists
-- of the old thread is taken along by move_comment and move_votes.
--
-- KEYS
--   threads  prefix of the keys of the articles (hash)
--   moves    threads that still have something to take along (zset)
--   voted    articles that expire (zset)
--   turn     (string)
-- ARGV
--   old      thread of the old address
--   old_url
--   new      thread of the new address
--   new_url
--   now      in ms
--
-- Returns {"begun", thread}, {"there", thread} (done before), or {"elsewhere", address} (the old one
-- has moved to that address).

--@include thread

local function key_of(id) return keys.threads .. id end

local before = redis.call('HGET', key_of(args.old), 'to')
local target = thread_now(keys.threads, args.new)
if before then
  if before == target then return { 'there', target } end
  return { 'elsewhere', redis.call('HGET', key_of(before), 'url') or '' }
end
-- The new address was an old name of this very thread: the names change places.
if target == args.old then target = args.new end
if target == args.old then return { 'there', target } end

local old, new = key_of(args.old), key_of(target)
local names = {}
for name in string.gmatch(redis.call('HGET', old, 'from') or '', '%S+') do
  if name ~= target then table.insert(names, name) end
end
table.insert(names, args.old)
redis.call('HDEL', new, 'to')
if target == args.new then redis.call('HSET', new, 'url', args.new_url) end
local opened, title, state = unpack(redis.call('HMGET', old, 'c', 'title', 'state'))
local since = tonumber(redis.call('HGET', new, 'c') or args.now)
redis.call('HSET', new, 'c', math.min(since, tonumber(opened or args.now)), 'k', 1)
if title then redis.call('HSETNX', new, 'title', title) end
if state then redis.call('HSETNX', new, 'state', state) end
local known = redis.call('HGET', new, 'from')
redis.call('HSET', new, 'from', (known and known .. ' ' or '') .. table.concat(names, ' '))
for _, name in ipairs(names) do redis.call('HSET', key_of(name), 'to', target) end
redis.call('HDEL', old, 'from', 'title', 'state', 'u', 'd')
redis.call('HSET', old, 'url', args.old_url, 'k', 1)
redis.call('HSETNX', old, 'c', args.now)
redis.call('ZREM', keys.voted, args.old, target)
-- What a move away from there has left behind is at home again.
redis.call('ZREM', keys.moves, target)
redis.call('ZADD', keys.moves, args.now, args.old)
redis.call('INCR', keys.turn)
return { 'begun', target }
