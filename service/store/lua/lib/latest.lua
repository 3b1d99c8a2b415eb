-- Add a comment to its author's latest, of which 50 are kept.
local function note_latest(key, id, created)
  redis.call('ZADD', key, created, id)
  redis.call('ZREMRANGEBYRANK', key, 0, -51)
end
