-- Make an article's tally agree with its votes again.
--
-- KEYS[1] thread (hash)   KEYS[2] votes (hash)   KEYS[3] turn (string)
-- ARGV[1] thread id
--
-- Returns the names of what was wrong; none if all was right.

local ups, downs = 0, 0
for _, vote in ipairs(redis.call('HVALS', KEYS[2])) do
  if vote == '1' then ups = ups + 1 else downs = downs + 1 end
end
local up, down = unpack(redis.call('HMGET', KEYS[1], 'u', 'd'))
if ups == tonumber(up or 0) and downs == tonumber(down or 0) then return {} end
redis.call('HSET', KEYS[1], 'u', ups, 'd', downs)
redis.call('INCR', KEYS[3])
return { 'tally' }
