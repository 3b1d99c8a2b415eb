-- Answer an open appeal, once.
--
-- KEYS
--   appeal            (hash)
--   appeals_open      (zset)
--   appeals_answered  (zset)
--   acts              (stream)
-- ARGV
--   id      of the comment
--   state   "upheld" or "declined"
--   answer  in words
--   by      who answers
--   now     in ms
--
-- Returns "answered", "closed" (it was answered already), or "missing".

local state = redis.call('HGET', keys.appeal, 'state')
if not state then return 'missing' end
if state ~= 'open' then return 'closed' end
redis.call('HSET', keys.appeal, 'state', args.state, 'answer', args.answer, 'by', args.by,
  'answered', args.now)
redis.call('ZREM', keys.appeals_open, args.id)
redis.call('ZADD', keys.appeals_answered, args.now, args.id)
-- Both times, so that waits can be counted from the stream alone.
redis.call('XADD', keys.acts, '*', 'what', 'answer', 'by', args.by, 'about', args.id,
  'how', args.state, 'old', redis.call('HGET', keys.appeal, 'at'), 'new', args.now)
return 'answered'
