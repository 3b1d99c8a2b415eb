-- Store an imported comment once; mend_comment makes the data derived from it.
-- Approved comments are indexed at once.
--
-- KEYS
--   comment      (hash)
--   body         (string)
--   votes        (hash)
--   flags        (hash)
--   author       (hash)
--   log          (stream)
--   search_next  the first free column of the search index (string)
--   search_ids   prefix of the keys of its blocks' ids (string)
--   search_bits  prefix of the keys of its blocks' bits (string)
-- ARGV
--   id       of the comment
--   status
--   created  in ms
--   text     the body
--   votes    as JSON
--   flags    as JSON
--   rows     the rows of its words in the search index, "3 17 200"; if approved
--   fields…  field, value, … of the comment hash
--
-- Returns "kept", or "there" if the id exists.

--@include index

if redis.call('EXISTS', keys.comment) == 1 then return 'there' end
redis.call('HSET', keys.comment, unpack(args.fields))
if args.status == 'approved' then
  make_findable({ next = keys.search_next, ids = keys.search_ids, bits = keys.search_bits },
    keys.comment, args.id, args.rows)
end
redis.call('SET', keys.body, args.text)
for voter, vote in pairs(cjson.decode(args.votes)) do
  redis.call('HSET', keys.votes, voter, vote)
end
for reader, flag in pairs(cjson.decode(args.flags)) do
  redis.call('HSET', keys.flags, reader, flag)
end
redis.call('HSETNX', keys.author, 'first', args.created)
if args.status ~= 'pending' then
  redis.call('HINCRBY', keys.author, args.status, 1)
  local entry = redis.call('XADD', keys.log, '*', 'comment', args.id, 'old', '', 'new', args.status,
    'by', 'import', 'why', '', 'scores', '', 'reasons', '', 'model', '', 'prev', '')
  redis.call('HSET', keys.comment, 'l', entry)
end
return 'kept'
