-- Remove a comment from a facet of the queue where it does not belong.
--
-- KEYS
--   facet    (zset)
--   comment  (hash)
--   facets   prefix of the facets' keys (zset)
-- ARGV
--   id  of the comment
--
-- Returns "stray" if it was removed, else "right".

--@include queue

local is_held = redis.call('HGET', keys.comment, 's') == 'held'
if is_held and facets(keys.facets, keys.comment, 0)[keys.facet] then
  return 'right'
end
redis.call('ZREM', keys.facet, args.id)
return 'stray'
