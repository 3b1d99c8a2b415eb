-- Correct an article's tally by its votes.
--
-- KEYS
--   thread  (hash)
--   votes   (hash)
--   turn    (string)
--   moves   articles that have moved and have something to take along (zset)
-- ARGV
--   id  of the article
--
-- Returns the names of the faults, empty if there were none.

if redis.call('HEXISTS', keys.thread, 'to') == 1 then
  -- A vote may come in just when the article moves.
  if redis.call('EXISTS', keys.votes) == 0 then return {} end
  redis.call('ZADD', keys.moves, 'NX', 0, args.id)
  return { 'moved' }
end
local ups, downs = 0, 0
for _, vote in ipairs(redis.call('HVALS', keys.votes)) do
  if vote == '1' then ups = ups + 1 else downs = downs + 1 end
end
local up, down = unpack(redis.call('HMGET', keys.thread, 'u', 'd'))
if ups == tonumber(up or 0) and downs == tonumber(down or 0) then return {} end
redis.call('HSET', keys.thread, 'u', ups, 'd', downs)
redis.call('INCR', keys.turn)
return { 'tally' }
