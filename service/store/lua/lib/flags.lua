-- A flag is "MS REASON/NETWORK NOTE"; older ones have no network. What an import brought is no reason
-- to stop: a flag without a time counts as an old one.
local function time_of(flag) return tonumber(string.match(flag, '^%d+') or 0) end

-- Count the flags after a person last approved the comment (`answered`, ms or false).
local function open_flags(key, answered)
  local count = 0
  for _, flag in ipairs(redis.call('HVALS', key)) do
    if time_of(flag) > tonumber(answered or 0) then count = count + 1 end
  end
  return count
end

-- Count the networks they came from: several browsers in one network count once.
local function open_networks(key, answered)
  local count, met = 0, {}
  for _, flag in ipairs(redis.call('HVALS', key)) do
    local network = string.match(flag, '^%d+ [^%s/]+/?(%S*)') or ''
    if time_of(flag) > tonumber(answered or 0) and not (network ~= '' and met[network]) then
      count = count + 1
      met[network] = true
    end
  end
  return count
end

-- Return the time in ms to which flags are answered if all of them are: now, or that of a flag from
-- before the clock was set back.
local function all_answered(key, now)
  local latest = tonumber(now)
  for _, flag in ipairs(redis.call('HVALS', key)) do
    latest = math.max(latest, time_of(flag))
  end
  return string.format('%.0f', latest)
end

-- Keep this many flags of one network, and in all; return how many were let go. Notices of illegal
-- content stay before others, of each network the first flags.
local function trim_flags(key, most_of_network, most)
  if redis.call('HLEN', key) <= math.min(most_of_network, most) then return 0 end
  local rows, kept, of_network = redis.call('HGETALL', key), {}, {}
  for i = 1, #rows, 2 do
    local reason, network = string.match(rows[i + 1], '^%d+ ([^%s/]+)/?(%S*)')
    table.insert(kept, {
      reader = rows[i], at = time_of(rows[i + 1]), network = network or '',
      rank = reason == 'illegal' and 0 or 1,
    })
  end
  table.sort(kept, function(a, b)
    if a.rank ~= b.rank then return a.rank < b.rank end
    if a.at ~= b.at then return a.at < b.at end
    return a.reader < b.reader
  end)
  for _, flag in ipairs(kept) do
    local place = (of_network[flag.network] or 0) + 1
    of_network[flag.network] = place
    flag.surplus = flag.network ~= '' and place > most_of_network
    flag.place = place
  end
  -- Where there are too many in all, the second flag of a network goes before the first of another.
  table.sort(kept, function(a, b)
    if a.surplus ~= b.surplus then return b.surplus end
    if a.rank ~= b.rank then return a.rank < b.rank end
    if a.place ~= b.place then return a.place < b.place end
    if a.at ~= b.at then return a.at < b.at end
    return a.reader < b.reader
  end)
  local gone = 0
  for i, flag in ipairs(kept) do
    if flag.surplus or i > most then
      redis.call('HDEL', key, flag.reader)
      gone = gone + 1
    end
  end
  return gone
end
