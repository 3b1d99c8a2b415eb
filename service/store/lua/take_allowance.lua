-- Take one from a caller's allowance: the generic cell rate algorithm (ITU-T I.371).
--
-- KEYS
--   allowance  (string)
-- ARGV
--   now       in ms
--   interval  ms between two uses
--   burst     how many at once
--
-- Returns 0, or the ms to wait.

local now, interval, burst = tonumber(args.now), tonumber(args.interval), tonumber(args.burst)
local whole = math.max(tonumber(redis.call('GET', keys.allowance) or now), now)
local wait = whole + interval - now - interval * burst
if wait > 0 then return math.ceil(wait) end
local lasts = math.max(1, math.ceil(whole + interval - now))
redis.call('SET', keys.allowance, whole + interval, 'PX', lasts)
return 0
