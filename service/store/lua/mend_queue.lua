-- Take a comment out of a facet of the queue where it does not belong.
--
-- KEYS[1] the facet (zset)   KEYS[2] comment (hash)   KEYS[3] what the facets begin with
-- ARGV[1] comment id
--
-- Returns "stray" if it was taken out, else "right".

--@include queue

if redis.call('HGET', KEYS[2], 's') == 'held' and facets(KEYS[3], KEYS[2], 0)[KEYS[1]] then
  return 'right'
end
redis.call('ZREM', KEYS[1], ARGV[1])
return 'stray'
