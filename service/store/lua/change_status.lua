-- Change a comment's status: the only door through which a status changes.
-- Approved comments are indexed in the same write, so search finds all that readers see.
--
-- KEYS
--   comment            (hash)
--   log                (stream)
--   unjudged           (zset)
--   tries              (hash)
--   author             (hash)
--   body               (string)
--   threads            prefix of the keys of the articles (hash)
--   proposal           the title that it proposes for its article (string)
--   flagged            (zset)
--   left               the set of the status it leaves (zset)
--   entered            the set of the status it enters (zset)
--   claim              (string)
--   flags              (hash)
--   root               the root of its exchange (hash)
--   answers            of that exchange (zset)
--   turn               (string)
--   facets             prefix of the keys of the queue's facets (zset)
--   sent               referrals to colleagues (hash)
--   search_next        the first free column of the search index (string)
--   search_ids         prefix of the keys of its blocks' ids (string)
--   search_bits        prefix of the keys of its blocks' bits (string)
-- ARGV
--   id            of the comment
--   expected      the status it must have
--   status        the new one
--   by            who changes it
--   why           in words
--   now           in ms
--   revision      that it must have
--   scores        "" to leave them
--   opinions      `phase/code=outcome,…`: what the phases asked for; the comment stores the codes
--   judged        "1" if this is a verdict
--   text          the author's new text, to be judged; "" for none
--   model         that computed the scores
--   depth         how thoroughly it read the text
--   created       in ms
--   root_id
--   root_created  in ms
--   language      of a verdict, as are margin and hosts
--   margin
--   hosts
--   entry         the last log entry that it must have, "" for any
--   answered      time to which flags are answered: ms, "0" for none, "all", "" to apply the rules
--   is_person     "1" if a person decides
--   rows          the rows of its words in the search index, "3 17 200"; if approved
--
-- Returns {"ok", log entry, earlier time to which flags were answered or ""}, {"missing"},
-- or {"stale", status, who, log entry}.

--@include wilson
--@include flags
--@include exchange
--@include index
--@include queue
--@include thread

local id, expected, new, now = args.id, args.expected, args.status, args.now
local created = args.created
local status, revision, last, answered =
  unpack(redis.call('HMGET', keys.comment, 's', 'r', 'l', 'g'))
if not status then return { 'missing' } end
local is_other = args.entry ~= '' and args.entry ~= last
-- A person may have decided while a worker was judging: their decision prevails.
local is_decided = args.judged == '1' and not redis.call('ZSCORE', keys.unjudged, id)
if status ~= expected or is_other or is_decided or args.revision ~= (revision or '0') then
  local who = ''
  if last then
    local entry = redis.call('XRANGE', keys.log, last, last)[1]
    if entry then
      for i = 1, #entry[2], 2 do if entry[2][i] == 'by' then who = entry[2][i + 1] end end
    end
  end
  return { 'stale', status, who, last or '' }
end

if new == 'approved' then
  make_findable({ next = keys.search_next, ids = keys.search_ids, bits = keys.search_bits },
    keys.comment, id, args.rows)
end
if status == 'held' then leave_queue(keys.facets, keys.comment, id, created) end
local thread_id = thread_of(keys.threads, keys.comment)
local thread, lists = keys.threads .. thread_id, lists_of(keys.threads, thread_id)
if args.answered == '0' then
  redis.call('HDEL', keys.comment, 'g')
elseif args.answered == 'all' then
  redis.call('HSET', keys.comment, 'g', all_answered(keys.flags, now))
elseif args.answered ~= '' then
  redis.call('HSET', keys.comment, 'g', args.answered)
end
-- A comment that was published at once and is then approved stays in place.
if status ~= new then
  redis.call('ZREM', keys.left, id)
  if status == 'approved' then
    redis.call('ZREM', lists.new, id)
    redis.call('ZREM', lists.best, id)
    redis.call('ZREM', keys.flagged, id)
  end
  if status ~= 'pending' then redis.call('HINCRBY', keys.author, status, -1) end

  if new ~= 'pending' then
    redis.call('ZADD', keys.entered, created, id)
    redis.call('HINCRBY', keys.author, new, 1)
  end
  -- A withdrawal, which is final, does not count against the author.
  if new == 'removed' and args.by == 'author' then
    redis.call('HINCRBY', keys.author, 'withdrawn', 1)
  end
  if new == 'approved' then
    -- Approving a held comment answers the flags on it.
    if status == 'held' and args.answered == '' then
      redis.call('HSET', keys.comment, 'g', all_answered(keys.flags, now))
    end
    redis.call('ZADD', lists.new, created, id)
    redis.call('ZADD', lists.best, wilson_of(keys.comment), id)
  end
end
if new == 'approved' then
  if take_title(keys.proposal, thread, args.is_person == '1') then redis.call('INCR', keys.turn) end
  local flags = open_flags(keys.flags, redis.call('HGET', keys.comment, 'g'))
  if flags > 0 then
    redis.call('ZADD', keys.flagged, flags, id)
  else
    redis.call('ZREM', keys.flagged, id)
  end
end
-- After a verdict, or a decision on an unjudged comment, nothing is left to judge.
if new ~= 'pending' then
  redis.call('ZREM', keys.unjudged, id)
  redis.call('HDEL', keys.tries, id)
end
redis.call('DEL', keys.claim)
redis.call('HDEL', keys.sent, id)

local entry = redis.call('XADD', keys.log, '*', 'comment', id, 'old', status, 'new', new,
  'by', args.by, 'why', args.why, 'scores', args.scores, 'reasons', args.opinions,
  'model', args.model, 'depth', args.depth, 'prev', last or '')
redis.call('HSET', keys.comment, 's', new, 'l', entry)
if status ~= new and (status == 'approved' or new == 'approved') then
  settle_exchange({
    comment = keys.root,
    answers = keys.answers,
    roots = lists.roots,
    best = lists.roots_best,
    root = args.root_id,
    created = args.root_created,
  }, id, created, new == 'approved')
  redis.call('INCR', keys.turn)
end
if args.scores ~= '' then redis.call('HSET', keys.comment, 'z', args.scores) end
if args.opinions ~= '' or args.judged == '1' then
  local codes = string.gsub(args.opinions, '=%a+', '')
  redis.call('HSET', keys.comment, 'y', codes)
end
if args.judged == '1' then
  for _, finding in ipairs({ { 'i', args.language }, { 'k', args.margin }, { 'h', args.hosts } }) do
    local field, value = unpack(finding)
    if value == '' then
      redis.call('HDEL', keys.comment, field)
    else
      redis.call('HSET', keys.comment, field, value)
    end
  end
end
if new == 'pending' then redis.call('ZADD', keys.unjudged, now, id) end
if args.text ~= '' then
  redis.call('SET', keys.body, args.text)
  redis.call('HDEL', keys.tries, id)
  redis.call('HINCRBY', keys.comment, 'r', 1)
  redis.call('HSET', keys.comment, 'm', now)
end
if new == 'held' then enter_queue(keys.facets, keys.comment, id, created) end
return { 'ok', entry, answered or '' }
