-- Store a new comment once: the idempotency key, the captcha's use and the comment are one write.
-- A comment that is published at once is indexed at once.
--
-- KEYS
--   idempotency        (string)
--   captcha            (string)
--   comment            (hash)
--   body               (string)
--   threads            prefix of the keys of the articles (hash)
--   voted              articles that expire (zset)
--   proposal           the title that it proposes for its article (string)
--   parent             the comment it answers (hash)
--   unjudged           (zset)
--   bell               (string)
--   author             (hash)
--   log                (stream)
--   approved           the set of that status (zset)
--   root               the root of its exchange (hash)
--   answers            of that exchange (zset)
--   turn               (string)
--   latest             the author's latest comments (zset)
--   search_next        the first free column of the search index (string)
--   search_ids         prefix of the keys of its blocks' ids (string)
--   search_bits        prefix of the keys of its blocks' bits (string)
-- ARGV
--   id             of the comment
--   fingerprint    of the submission, "" without idempotency key
--   now            in ms
--   captcha        "off", "right" or "wrong"
--   captcha_lasts  how long it can still be answered, in ms
--   captcha_tries  wrong answers allowed
--   mode           "check" (find faults, store nothing) or "keep"
--   has_parent     "1" if it answers a comment
--   publish        "1" to publish at once
--   url            the thread's address
--   title          the thread's title, "" for none
--   is_ours        "1" if the newsroom says so, else a title is only proposed
--   title_lasts    lifetime of a proposal in ms
--   text           the body
--   key_lasts      lifetime of an idempotency key in ms
--   bell_lasts     lifetime of a bell in ms
--   closes_after   age in ms at which threads close, "" for never
--   thread_id
--   root_id
--   root_created   in ms
--   rows           the rows of its words in the search index, "3 17 200"; if published
--   fields…        field, value, … of the comment hash
--
-- Returns {"kept", "1" if the caller must ring the bell}, {"repeat", id, fingerprint},
-- or {"faults", "field:code", …}.

--@include wilson
--@include exchange
--@include index
--@include latest
--@include thread

local id, now = args.id, tonumber(args.now)
-- The article may have moved since the caller looked.
local thread_id = thread_now(keys.threads, args.thread_id)
local thread, lists = keys.threads .. thread_id, lists_of(keys.threads, thread_id)

if args.fingerprint ~= '' then
  local before = redis.call('GET', keys.idempotency)
  if before then return { 'repeat', string.match(before, '^(%S+) (%S+)$') } end
end

local faults = {}

local captcha = args.captcha
if captcha ~= 'off' then
  local state = redis.call('GET', keys.captcha)
  if state == 'used' then
    captcha = 'used'
  elseif state and tonumber(state) >= tonumber(args.captcha_tries) then
    captcha = 'exhausted'
  elseif captcha == 'wrong' then
    local wrong = redis.call('INCR', keys.captcha)
    redis.call('PEXPIRE', keys.captcha, args.captcha_lasts)
    if wrong >= tonumber(args.captcha_tries) then captcha = 'exhausted' end
  end
  if captcha ~= 'right' then table.insert(faults, 'captcha:' .. captcha) end
end

if args.has_parent == '1' then
  local status, place = unpack(redis.call('HMGET', keys.parent, 's', 't'))
  if status ~= 'approved' or thread_now(keys.threads, place) ~= thread_id then
    table.insert(faults, 'parent:unknown')
  end
end

local opened, state = unpack(redis.call('HMGET', thread, 'c', 'state'))
local closes = args.closes_after ~= '' and opened and tonumber(opened) + tonumber(args.closes_after)
if state == 'closed' or (closes and now > closes) then table.insert(faults, 'thread:closed') end

if #faults > 0 then return { 'faults', unpack(faults) } end
if args.mode == 'check' then return { 'kept', '0' } end

if captcha ~= 'off' then
  redis.call('SET', keys.captcha, 'used', 'PX', args.captcha_lasts)
end
if args.fingerprint ~= '' then
  redis.call('SET', keys.idempotency, id .. ' ' .. args.fingerprint, 'PX', args.key_lasts)
end

redis.call('HSET', keys.comment, unpack(args.fields))
redis.call('HSET', keys.comment, 't', thread_id)
redis.call('SET', keys.body, args.text)
redis.call('HSETNX', thread, 'c', now)
redis.call('HSETNX', thread, 'url', args.url)
redis.call('ZREM', keys.voted, thread_id)
if args.title ~= '' and args.is_ours == '1' then
  redis.call('HSET', thread, 'title', args.title, 'k', 1)
elseif args.title ~= '' and redis.call('HEXISTS', thread, 'title') == 0 then
  redis.call('SET', keys.proposal, '0 ' .. args.title, 'PX', args.title_lasts)
end
redis.call('HSETNX', keys.author, 'first', now)
note_latest(keys.latest, id, now)

if args.publish == '1' then
  make_findable({ next = keys.search_next, ids = keys.search_ids, bits = keys.search_bits },
    keys.comment, id, args.rows)
  local entry = redis.call('XADD', keys.log, '*', 'comment', id, 'old', '', 'new', 'approved',
    'by', 'mode', 'why', '', 'scores', '', 'reasons', '', 'model', '', 'prev', '')
  redis.call('HSET', keys.comment, 'l', entry)
  redis.call('ZADD', keys.approved, now, id)
  redis.call('ZADD', lists.new, now, id)
  redis.call('ZADD', lists.best, 0, id)
  redis.call('HINCRBY', keys.author, 'approved', 1)
  settle_exchange({
    comment = keys.root,
    answers = keys.answers,
    roots = lists.roots,
    best = lists.roots_best,
    root = args.root_id,
    created = args.root_created,
  }, id, now, true)
  redis.call('INCR', keys.turn)
end

redis.call('ZADD', keys.unjudged, now, id)
local rung = redis.call('SET', keys.bell, '1', 'NX', 'PX', args.bell_lasts)
-- A bell lasts longer than it can if the store's clock was set back after it was rung.
if not rung and redis.call('PTTL', keys.bell) > 2 * tonumber(args.bell_lasts) then
  rung = redis.call('SET', keys.bell, '1', 'PX', args.bell_lasts)
end
return { 'kept', rung and '1' or '0' }
