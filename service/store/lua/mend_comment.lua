-- Correct everything that is derived from a comment and its votes.
--
-- KEYS
--   comment            (hash)
--   votes              (hash)
--   flags              (hash)
--   flagged            (zset)
--   threads            prefix of the keys of the articles (hash)
--   unjudged           (zset)
--   held               the set of that status (zset)
--   approved           the set of that status (zset)
--   rejected           the set of that status (zset)
--   removed            the set of that status (zset)
--   root               the root of its exchange (hash)
--   answers            of that exchange (zset)
--   turn               (string)
--   facets             prefix of the keys of the queue's facets (zset)
--   latest             the author's latest comments (zset)
-- ARGV
--   id            of the comment
--   now           in ms
--   created       in ms
--   root_id
--   root_created  in ms
--   most_of_network  flags of one network that are kept
--   most_flags    that are kept in all
--
-- Returns the names of the faults, empty if there were none.

--@include wilson
--@include ballot
--@include flags
--@include exchange
--@include queue
--@include latest
--@include thread

local id, created, wrong = args.id, tonumber(args.created), {}
local status, answered = unpack(redis.call('HMGET', keys.comment, 's', 'g'))
if not status then return wrong end
local lists = lists_of(keys.threads, thread_of(keys.threads, keys.comment))

local function is_same(before, score)
  return before and math.abs(before - score) < 1e-9
end

local function place(key, score, name)
  local before = redis.call('ZSCORE', key, id)
  if score and not is_same(before, score) then
    redis.call('ZADD', key, score, id)
    table.insert(wrong, name)
  elseif before and not score then
    redis.call('ZREM', key, id)
    table.insert(wrong, name)
  end
end

if mend_tally(keys.comment, keys.votes) then table.insert(wrong, 'tally') end

local gone = trim_flags(keys.flags, tonumber(args.most_of_network), tonumber(args.most_flags))
if gone > 0 then
  redis.call('HINCRBY', keys.comment, 'f', gone)
  table.insert(wrong, 'flags')
end

local approved = status == 'approved'
local flags = approved and open_flags(keys.flags, answered) or 0
place(keys.held, status == 'held' and created, 'held')
place(keys.approved, approved and created, 'approved')
place(keys.rejected, status == 'rejected' and created, 'rejected')
place(keys.removed, status == 'removed' and created, 'removed')
place(keys.flagged, flags > 0 and flags, 'flagged')
place(lists.new, approved and created, 'thread')
place(lists.best, approved and wilson_of(keys.comment), 'best')

local function exchange_places()
  return {
    redis.call('ZSCORE', keys.answers, id),
    redis.call('ZSCORE', lists.roots, args.root_id),
    redis.call('ZSCORE', lists.roots_best, args.root_id),
  }
end

local before = exchange_places()
settle_exchange({
  comment = keys.root,
  answers = keys.answers,
  roots = lists.roots,
  best = lists.roots_best,
  root = args.root_id,
  created = args.root_created,
}, id, created, approved)
local after = exchange_places()
if before[1] ~= after[1] or before[2] ~= after[2] or before[3] ~= after[3] then
  table.insert(wrong, 'exchange')
end
if status == 'pending' and not redis.call('ZSCORE', keys.unjudged, id) then
  redis.call('ZADD', keys.unjudged, args.now, id)
  table.insert(wrong, 'unjudged')
end
if #wrong > 0 then redis.call('INCR', keys.turn) end
for key, score in pairs(facets(keys.facets, keys.comment, created)) do
  place(key, status == 'held' and score, 'queue')
end
local oldest = redis.call('ZRANGE', keys.latest, 0, 0, 'WITHSCORES')[2]
local is_late = redis.call('ZCARD', keys.latest) < 50 or created > tonumber(oldest)
if is_late and not redis.call('ZSCORE', keys.latest, id) then
  note_latest(keys.latest, id, created)
  table.insert(wrong, 'latest')
end
return wrong
