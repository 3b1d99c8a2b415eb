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

--@include ballot

if redis.call('HEXISTS', keys.thread, 'to') == 1 then
  -- A vote may come in just when the article moves.
  if redis.call('EXISTS', keys.votes) == 0 then return {} end
  redis.call('ZADD', keys.moves, 'NX', 0, args.id)
  return { 'moved' }
end
if not mend_tally(keys.thread, keys.votes) then return {} end
redis.call('INCR', keys.turn)
return { 'tally' }
