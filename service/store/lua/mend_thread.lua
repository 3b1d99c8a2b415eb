-- Correct an article's tally by its votes.
--
-- KEYS
--   thread  (hash)
--   votes   (hash)
--   turn    (string)
--
-- Returns the names of the faults, empty if there were none.

--@include ballot

if not mend_tally(keys.thread, keys.votes) then return {} end
redis.call('INCR', keys.turn)
return { 'tally' }
