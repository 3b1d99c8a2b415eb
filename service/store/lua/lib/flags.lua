-- Count the flags that came after a person last let the comment stand (`answered`, ms or false).
local function open_flags(key, answered)
  local count = 0
  for _, flag in ipairs(redis.call('HVALS', key)) do
    if tonumber(string.match(flag, '^%d+')) > tonumber(answered or 0) then count = count + 1 end
  end
  return count
end
