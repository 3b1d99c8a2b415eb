-- Take one from the allowance of a caller and of the wider networks around it, or from none of them:
-- the generic cell rate algorithm (ITU-T I.371).
--
-- KEYS
--   allowances  prefix of the keys (string)
-- ARGV
--   now       in ms
--   interval  ms between two uses
--   burst     how many at once
--   payers…   who, and how many times as much they may use, for each
--
-- Returns 0, or the ms to wait.

-- What is owed in ms is stored with the time, and not as the time at which nothing is owed: when
-- the clock is set back, nobody waits until it is as late as it was.
--@include clock

local now, interval, burst = tonumber(args.now), tonumber(args.interval), tonumber(args.burst)
local payers, places, wait = args.payers, {}, 0

for i = 1, #payers, 2 do
  local place, step = keys.allowances .. payers[i], interval / tonumber(payers[i + 1])
  local owed, last = string.match(redis.call('GET', place) or '', '^(%S+) (%d+)$')
  owed, last = tonumber(owed or 0), tonumber(last or now)
  local at = at_least(last, now)
  owed = math.max(0, owed - math.max(0, at - last))
  if at < last and owed > 0 then
    redis.call('SET', place, owed .. ' ' .. string.format('%.0f', at), 'PX', math.ceil(owed))
  end
  -- A network may use all it has at once, as one caller may.
  wait = math.max(wait, owed + step - interval * burst)
  table.insert(places, { place, owed + step, at })
end
if wait > 0 then return math.ceil(wait) end

for _, paid in ipairs(places) do
  local place, owed, at = unpack(paid)
  redis.call('SET', place, owed .. ' ' .. string.format('%.0f', at), 'PX',
    math.max(1, math.ceil(owed)))
end
return 0
