-- Take one from a caller's allowance: the generic cell rate algorithm (ITU-T I.371).
--
-- KEYS[1] allowance (string)
-- ARGV[1] now in ms   ARGV[2] ms between two   ARGV[3] how many at once
--
-- Returns 0, or how many ms to wait.

local now, interval, burst = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local whole = math.max(tonumber(redis.call('GET', KEYS[1]) or now), now)
local wait = whole + interval - now - interval * burst
if wait > 0 then return math.ceil(wait) end
redis.call('SET', KEYS[1], whole + interval, 'PX', math.max(1, math.ceil(whole + interval - now)))
return 0
