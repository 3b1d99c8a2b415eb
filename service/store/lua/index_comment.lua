-- Index a published comment that is missing from the search index.
--
-- KEYS
--   comment      (hash)
--   search_next  the first free column (string)
--   search_ids   prefix of the keys of the blocks' ids (string)
--   search_bits  prefix of the keys of the blocks' bits (string)
-- ARGV
--   id    of the comment
--   rows  the rows of its words, "3 17 200"
--
-- Returns "indexed", or "missing".

--@include index

-- It may have been purged meanwhile, and must not come back.
if redis.call('HEXISTS', keys.comment, 's') == 0 then return 'missing' end
make_findable({ next = keys.search_next, ids = keys.search_ids, bits = keys.search_bits },
  keys.comment, args.id, args.rows)
return 'indexed'
