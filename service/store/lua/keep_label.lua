-- Store a label, replacing an earlier one for the same text, and drop the oldest.
--
-- KEYS
--   labels      (hash)
--   labels_new  when they arrived (zset)
-- ARGV
--   id      of the label
--   label   as JSON
--   now     in ms
--   oldest  time of a label that stays, in ms
--   most    how many stay
--
-- Returns how many labels there are.

redis.call('HSET', keys.labels, args.id, args.label)
redis.call('ZADD', keys.labels_new, args.now, args.id)

local function let_go(ids)
  if #ids == 0 then return end
  redis.call('HDEL', keys.labels, unpack(ids))
  redis.call('ZREM', keys.labels_new, unpack(ids))
end

let_go(redis.call('ZRANGEBYSCORE', keys.labels_new, '-inf', '(' .. args.oldest, 'LIMIT', 0, 100))
local surplus = redis.call('ZCARD', keys.labels_new) - tonumber(args.most)
if surplus > 0 then let_go(redis.call('ZRANGE', keys.labels_new, 0, math.min(surplus, 100) - 1)) end
return redis.call('ZCARD', keys.labels_new)
