-- Make a published comment findable that is not, e.g. since its column was lost.
--
-- KEYS
--   comment      (hash)
--   search_next  the first free column (string)
--   search_ids   what the ids of the blocks begin with (string)
--   search_bits  what the bits of the blocks begin with (string)
-- ARGV
--   id    of the comment
--   rows  the rows of its words, "3 17 200"
--
-- Returns "indexed", or "missing".

--@include index

-- It may have been purged meanwhile; nothing of it must come back.
if redis.call('HEXISTS', keys.comment, 's') == 0 then return 'missing' end
make_findable({ next = keys.search_next, ids = keys.search_ids, bits = keys.search_bits },
  keys.comment, args.id, args.rows)
return 'indexed'
