-- Take a comment out of a facet of the queue where it does not belong.
--
-- KEYS
--   facet    (zset)
--   comment  (hash)
--   facets   what the facets begin with (zset)
-- ARGV
--   id  of the comment
--
-- Returns "stray" if it was taken out, else "right".

--@include queue

local is_held = redis.call('HGET', keys.comment, 's') == 'held'
if is_held and facets(keys.facets, keys.comment, 0)[keys.facet] then
  return 'right'
end
redis.call('ZREM', keys.facet, args.id)
return 'stray'
