-- Store an author's appeal against a refusal, one per comment.
--
-- KEYS
--   comment       (hash)
--   appeal        (hash)
--   appeals_open  (zset)
--   acts          (stream)
-- ARGV
--   id      of the comment
--   status  the appeal is against
--   text    the author's words
--   now     in ms
--
-- Returns "kept", "there" (there is an appeal already), or "stale" (the status has changed).

if redis.call('EXISTS', keys.appeal) == 1 then return 'there' end
if redis.call('HGET', keys.comment, 's') ~= args.status then return 'stale' end
redis.call('HSET', keys.appeal, 'state', 'open', 'text', args.text, 'at', args.now)
redis.call('ZADD', keys.appeals_open, args.now, args.id)
redis.call('XADD', keys.acts, '*', 'what', 'appeal', 'by', 'author', 'about', args.id,
  'how', args.status, 'old', '', 'new', '')
return 'kept'
