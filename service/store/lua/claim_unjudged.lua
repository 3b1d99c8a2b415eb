-- Lease due comments to one worker; no other worker gets them until the lease ends.
-- A comment that was claimed before but not judged is leased alone: it may have killed its worker,
-- and must not take others with it.
--
-- KEYS
--   unjudged  (zset)
--   tries     (hash)
-- ARGV
--   now    in ms
--   until  when the lease ends, in ms
--   ahead  what is due later than that was planned before the clock was set back, in ms
--   most   how many at most
--
-- Returns {id, tries, id, tries, …}, the oldest first.

local due = redis.call('ZRANGEBYSCORE', keys.unjudged, '-inf', args.now, 'LIMIT', 0, args.most)
local missing = tonumber(args.most) - #due
if missing > 0 then
  local lost = redis.call('ZRANGEBYSCORE', keys.unjudged, '(' .. args.ahead, '+inf', 'LIMIT', 0,
    missing)
  for _, id in ipairs(lost) do table.insert(due, id) end
end
local claimed = {}
for _, id in ipairs(due) do
  local tried = tonumber(redis.call('HGET', keys.tries, id) or 0)
  local suspect = tried > 0
  if suspect and #claimed > 0 then break end
  redis.call('ZADD', keys.unjudged, args.until, id)
  redis.call('HSET', keys.tries, id, tried + 1)
  table.insert(claimed, id)
  table.insert(claimed, tried + 1)
  if suspect then break end
end
return claimed
