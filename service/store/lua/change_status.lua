-- Move a comment from one status to another: the only door through which a status changes.
--
-- KEYS[1] comment (hash)      KEYS[2] log (stream)       KEYS[3] unjudged (zset)
-- KEYS[4] tries (hash)        KEYS[5] author (hash)      KEYS[6] body (string)
-- KEYS[7] thread new (zset)   KEYS[8] thread best (zset) KEYS[9] flagged (zset)
-- KEYS[10] the home it leaves (zset)  KEYS[11] the home it enters (zset)
-- KEYS[12] claim (string)     KEYS[13] flags (hash)       KEYS[14] the root of its exchange (hash)
-- KEYS[15] answers (zset)     KEYS[16] thread roots (zset) KEYS[17] thread roots best (zset)
-- KEYS[18] turn (string)       KEYS[19] what the facets of the queue begin with
-- KEYS[20] sent to a colleague (hash)
-- ARGV[1] comment id          ARGV[2] expected status    ARGV[3] new status
-- ARGV[4] who                 ARGV[5] why, in words        ARGV[6] now in ms
-- ARGV[7] expected revision
-- ARGV[8] scores, "" to leave
-- ARGV[9] reasons, each with what it asks for: `phase/code=outcome,…`; the comment keeps the codes
-- ARGV[10] "1": it has been judged
-- ARGV[11] the author's new text, which is to be judged; "" for none
-- ARGV[12] the model that gave the scores               ARGV[13] created in ms
-- ARGV[14] root                                         ARGV[15] root's created in ms
-- ARGV[16] language           ARGV[17] margin            ARGV[18] hosts, all three of a verdict
-- ARGV[19] expected last log entry, "" for any
-- ARGV[20] until when flags are answered: ms, "0" for never, "" to leave it to the rules
--
-- Returns {"ok", log entry, until when flags were answered or ""}, {"missing"}, or {"stale", status, who, log entry}.

--@include wilson
--@include flags
--@include exchange
--@include queue

local id, expected, new, now = ARGV[1], ARGV[2], ARGV[3], ARGV[6]
local created = ARGV[13]
local status, revision, last, up, down, answered =
  unpack(redis.call('HMGET', KEYS[1], 's', 'r', 'l', 'u', 'd', 'g'))
if not status then return { 'missing' } end
local is_other = ARGV[19] ~= '' and ARGV[19] ~= last
-- A worker may hold a comment in hand that a person has decided meanwhile: his decision stands.
local is_decided = ARGV[10] == '1' and not redis.call('ZSCORE', KEYS[3], id)
if status ~= expected or is_other or is_decided or ARGV[7] ~= (revision or '0') then
  local who = ''
  if last then
    local entry = redis.call('XRANGE', KEYS[2], last, last)[1]
    if entry then
      for i = 1, #entry[2], 2 do if entry[2][i] == 'by' then who = entry[2][i + 1] end end
    end
  end
  return { 'stale', status, who, last or '' }
end

if status == 'held' then leave_queue(KEYS[19], KEYS[1], id, created) end
if ARGV[20] == '0' then
  redis.call('HDEL', KEYS[1], 'g')
elseif ARGV[20] ~= '' then
  redis.call('HSET', KEYS[1], 'g', ARGV[20])
end
-- What was published at once and is approved after stays where it is.
if status ~= new then
  redis.call('ZREM', KEYS[10], id)
  if status == 'approved' then
    redis.call('ZREM', KEYS[7], id)
    redis.call('ZREM', KEYS[8], id)
    redis.call('ZREM', KEYS[9], id)
  end
  if status ~= 'pending' then redis.call('HINCRBY', KEYS[5], status, -1) end

  if new ~= 'pending' then
    redis.call('ZADD', KEYS[11], created, id)
    redis.call('HINCRBY', KEYS[5], new, 1)
  end
  -- What its author took back himself, which is for good, does not speak against him.
  if new == 'removed' and ARGV[4] == 'author' then redis.call('HINCRBY', KEYS[5], 'withdrawn', 1) end
  if new == 'approved' then
    -- Whoever lets a held comment stand has answered the flags on it.
    if status == 'held' and ARGV[20] == '' then redis.call('HSET', KEYS[1], 'g', now) end
    redis.call('ZADD', KEYS[7], created, id)
    redis.call('ZADD', KEYS[8], wilson(tonumber(up or 0), tonumber(down or 0)), id)
  end
end
if new == 'approved' then
  local flags = open_flags(KEYS[13], redis.call('HGET', KEYS[1], 'g'))
  if flags > 0 then redis.call('ZADD', KEYS[9], flags, id) else redis.call('ZREM', KEYS[9], id) end
end
-- A verdict, or a decision on what no worker has judged: nothing is left to judge.
if new ~= 'pending' then
  redis.call('ZREM', KEYS[3], id)
  redis.call('HDEL', KEYS[4], id)
end
redis.call('DEL', KEYS[12])
redis.call('HDEL', KEYS[20], id)

local entry = redis.call('XADD', KEYS[2], '*', 'comment', id, 'old', status, 'new', new,
  'by', ARGV[4], 'why', ARGV[5], 'scores', ARGV[8], 'reasons', ARGV[9], 'model', ARGV[12],
  'prev', last or '')
redis.call('HSET', KEYS[1], 's', new, 'l', entry)
if status ~= new and (status == 'approved' or new == 'approved') then
  settle_exchange({ comment = KEYS[14], answers = KEYS[15], roots = KEYS[16], best = KEYS[17],
    root = ARGV[14], created = ARGV[15] }, id, created, new == 'approved')
  redis.call('INCR', KEYS[18])
end
if ARGV[8] ~= '' then redis.call('HSET', KEYS[1], 'z', ARGV[8]) end
if ARGV[9] ~= '' or ARGV[10] == '1' then
  local codes = string.gsub(ARGV[9], '=%a+', '')
  redis.call('HSET', KEYS[1], 'y', codes)
end
if ARGV[10] == '1' then
  for place, field in ipairs({ 'i', 'k', 'h' }) do
    if ARGV[15 + place] == '' then
      redis.call('HDEL', KEYS[1], field)
    else
      redis.call('HSET', KEYS[1], field, ARGV[15 + place])
    end
  end
end
if new == 'pending' then redis.call('ZADD', KEYS[3], now, id) end
if ARGV[11] ~= '' then
  redis.call('SET', KEYS[6], ARGV[11])
  redis.call('HDEL', KEYS[4], id)
  redis.call('HINCRBY', KEYS[1], 'r', 1)
  redis.call('HSET', KEYS[1], 'm', now)
end
if new == 'held' then enter_queue(KEYS[19], KEYS[1], id, created) end
return { 'ok', entry, answered or '' }
