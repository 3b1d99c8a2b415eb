-- A flag is "MS REASON/NETWORK NOTE"; an older one has no network.

-- Count the flags that came after a person last let the comment stand (`answered`, ms or false).
local function open_flags(key, answered)
  local count = 0
  for _, flag in ipairs(redis.call('HVALS', key)) do
    if tonumber(string.match(flag, '^%d+')) > tonumber(answered or 0) then count = count + 1 end
  end
  return count
end

-- Count from how many networks they came: who has many browsers is still one.
local function open_networks(key, answered)
  local count, met = 0, {}
  for _, flag in ipairs(redis.call('HVALS', key)) do
    local at, network = string.match(flag, '^(%d+) [^%s/]+/?(%S*)')
    if tonumber(at) > tonumber(answered or 0) and not (network ~= '' and met[network]) then
      count = count + 1
      met[network] = true
    end
  end
  return count
end
