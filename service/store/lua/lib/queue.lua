-- Held comments are in a sorted set for each way moderators select them: q:thread:T, q:author:A,
-- q:language:L, q:reason:PHASE/CODE, q:host:SHA (by age), q:score:ATTRIBUTE (0 to 1000), q:most
-- (the highest score), q:margin (distance to the nearest threshold). All derive from the hash. The
-- last two have every held comment: without a score it is last in q:most and first in q:margin.
local UNKNOWN = -1
local attributes = { 'TOXICITY', 'SEVERE_TOXICITY', 'INSULT', 'PROFANITY', 'THREAT',
  'IDENTITY_ATTACK', 'SEXUALLY_EXPLICIT', 'SPAM' }

-- Return the facets of a comment as {key = score, …}; `base` is the prefix of their keys.
local function facets(base, comment, created)
  local places = {}
  local function by_age(name) places[base .. name] = tonumber(created) end
  local thread, author, scores, reasons, language, margin, hosts =
    unpack(redis.call('HMGET', comment, 't', 'a', 'z', 'y', 'i', 'k', 'h'))
  by_age('thread:' .. thread)
  by_age('author:' .. author)
  if language and language ~= '' then by_age('language:' .. language) end
  for reason in string.gmatch(reasons or '', '[^,]+') do by_age('reason:' .. reason) end
  -- Keys never contain outside text.
  for host in string.gmatch(hosts or '', '%S+') do
    by_age('host:' .. string.sub(redis.sha1hex(host), 1, 16))
  end
  local place, most = 0, UNKNOWN
  for score in string.gmatch((scores or '') .. ',', '([^,]*),') do
    place = place + 1
    if score ~= '' and attributes[place] then
      places[base .. 'score:' .. attributes[place]] = tonumber(score)
      most = math.max(most, tonumber(score))
    end
  end
  places[base .. 'most'] = most
  places[base .. 'margin'] = tonumber(margin or '') or UNKNOWN
  return places
end

local function enter_queue(base, comment, id, created)
  for key, score in pairs(facets(base, comment, created)) do redis.call('ZADD', key, score, id) end
end

local function leave_queue(base, comment, id, created)
  for key in pairs(facets(base, comment, created)) do redis.call('ZREM', key, id) end
end
