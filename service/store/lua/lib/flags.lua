-- A flag is "MS REASON/NETWORK NOTE"; older ones have no network.

-- Count the flags after a person last approved the comment (`answered`, ms or false).
local function open_flags(key, answered)
  local count = 0
  for _, flag in ipairs(redis.call('HVALS', key)) do
    if tonumber(string.match(flag, '^%d+')) > tonumber(answered or 0) then count = count + 1 end
  end
  return count
end

-- Count the networks they came from: several browsers in one network count once.
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
