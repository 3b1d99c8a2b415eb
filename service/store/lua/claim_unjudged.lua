-- Lease the comments that are due to one worker; until the lease ends nobody else gets them.
--
-- KEYS[1] unjudged (zset)   KEYS[2] tries (hash)
-- ARGV[1] now in ms         ARGV[2] end of the lease in ms   ARGV[3] how many at most
--
-- A comment that was claimed before and not judged comes alone: it may have killed its worker,
-- and nothing else shall die with it.
-- Returns {id, tries, id, tries, …}, the oldest first.

local due = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', ARGV[1], 'LIMIT', 0, ARGV[3])
local claimed = {}
for _, id in ipairs(due) do
  local tried = tonumber(redis.call('HGET', KEYS[2], id) or 0)
  local suspect = tried > 0
  if suspect and #claimed > 0 then break end
  redis.call('ZADD', KEYS[1], ARGV[2], id)
  redis.call('HSET', KEYS[2], id, tried + 1)
  table.insert(claimed, id)
  table.insert(claimed, tried + 1)
  if suspect then break end
end
return claimed
