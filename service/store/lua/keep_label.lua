-- Keep a label, in place of an earlier one of the same thing, and let the oldest go.
--
-- KEYS[1] labels (hash)   KEYS[2] when they came (zset)
-- ARGV[1] label   ARGV[2] its JSON   ARGV[3] now in ms   ARGV[4] the oldest that stays, in ms
-- ARGV[5] how many stay
--
-- Returns how many labels there are.

redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
redis.call('ZADD', KEYS[2], ARGV[3], ARGV[1])

local function let_go(ids)
  if #ids == 0 then return end
  redis.call('HDEL', KEYS[1], unpack(ids))
  redis.call('ZREM', KEYS[2], unpack(ids))
end

let_go(redis.call('ZRANGEBYSCORE', KEYS[2], '-inf', '(' .. ARGV[4], 'LIMIT', 0, 100))
local surplus = redis.call('ZCARD', KEYS[2]) - tonumber(ARGV[5])
if surplus > 0 then let_go(redis.call('ZRANGE', KEYS[2], 0, math.min(surplus, 100) - 1)) end
return redis.call('ZCARD', KEYS[2])
