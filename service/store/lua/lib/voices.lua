-- The voices on one comment or article: network -> "VOTES SINCE", and `*` -> how many households.
-- What is forgotten of a hot comment are the networks with the fewest votes.
local MOST_VOICES, KEPT_VOICES = 1024, 384

local function votes_of_network(key, network)
  local votes, since = string.match(redis.call('HGET', key, network) or '', '^(%d+) (%d+)$')
  return tonumber(votes or 0), since
end

local function forget_small_voices(key)
  if redis.call('HLEN', key) <= MOST_VOICES then return end
  local rows, voices = redis.call('HGETALL', key), {}
  for i = 1, #rows, 2 do
    local votes = tonumber(string.match(rows[i + 1], '^%d+'))
    if rows[i] ~= '*' then table.insert(voices, { votes, rows[i] }) end
  end
  table.sort(voices, function(a, b) return a[1] > b[1] or a[1] == b[1] and a[2] < b[2] end)
  local small = {}
  for i = KEPT_VOICES + 1, #voices do table.insert(small, voices[i][2]) end
  redis.call('HDEL', key, unpack(small))
end

-- Count one more vote of these networks, unless one of them may have no more. Return how much of the
-- vote's weight is missing, in thousandths, or nil. `networks` has the network, how many of its votes
-- may count, and how many have full weight, the narrowest first.
local function add_voice(key, networks, now, lasts)
  local weight = 1
  for i = 1, #networks, 3 do
    local votes = votes_of_network(key, networks[i])
    if votes >= tonumber(networks[i + 1]) then return nil end
    weight = math.min(weight, tonumber(networks[i + 2]) / (votes + 1))
  end
  for i = 1, #networks, 3 do
    local votes, since = votes_of_network(key, networks[i])
    redis.call('HSET', key, networks[i], votes + 1 .. ' ' .. (since or now))
    if i == 1 and not since then redis.call('HINCRBY', key, '*', 1) end
  end
  if #networks > 0 then
    redis.call('PEXPIRE', key, lasts)
    forget_small_voices(key)
  end
  return math.floor(1000 * (1 - weight) + 0.5)
end

-- A vote of these networks was withdrawn.
local function drop_voice(key, networks)
  for i = 1, #networks, 3 do
    local votes, since = votes_of_network(key, networks[i])
    if votes > 0 then redis.call('HSET', key, networks[i], votes - 1 .. ' ' .. since) end
  end
end
