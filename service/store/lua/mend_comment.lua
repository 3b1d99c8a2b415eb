-- Make everything that is derived from a comment agree with the comment and its votes again.
--
-- KEYS[1] comment (hash)       KEYS[2] votes (hash)        KEYS[3] flags (hash)
-- KEYS[4] flagged (zset)       KEYS[5] thread new (zset)   KEYS[6] thread best (zset)
-- KEYS[7] unjudged (zset)      KEYS[8…11] the homes of held, approved, rejected, removed (zset)
-- KEYS[12] the root of its exchange (hash)                 KEYS[13] answers (zset)
-- KEYS[14] thread roots (zset) KEYS[15] thread roots best (zset)
-- KEYS[16] turn (string)       KEYS[17] what the facets of the queue begin with
-- KEYS[18] the author's latest comments (zset)
-- ARGV[1] comment id           ARGV[2] now in ms           ARGV[3] created in ms
-- ARGV[4] root                 ARGV[5] root's created in ms
--
-- Returns the names of what was wrong; none if all was right.

--@include wilson
--@include flags
--@include exchange
--@include queue
--@include latest

local id, created, wrong = ARGV[1], tonumber(ARGV[3]), {}
local status, up, down, answered = unpack(redis.call('HMGET', KEYS[1], 's', 'u', 'd', 'g'))
if not status then return wrong end

local function is_at(found, score)
  return found and math.abs(found - score) < 1e-9
end

local function place(key, score, name)
  local found = redis.call('ZSCORE', key, id)
  if score and not is_at(found, score) then
    redis.call('ZADD', key, score, id)
    table.insert(wrong, name)
  elseif found and not score then
    redis.call('ZREM', key, id)
    table.insert(wrong, name)
  end
end

local ups, downs = 0, 0
for _, vote in ipairs(redis.call('HVALS', KEYS[2])) do
  if vote == '1' then ups = ups + 1 else downs = downs + 1 end
end
if ups ~= tonumber(up or 0) or downs ~= tonumber(down or 0) then
  redis.call('HSET', KEYS[1], 'u', ups, 'd', downs)
  table.insert(wrong, 'tally')
end

local approved = status == 'approved'
local flags = approved and open_flags(KEYS[3], answered) or 0
for i, home in ipairs({ 'held', 'approved', 'rejected', 'removed' }) do
  place(KEYS[7 + i], status == home and created, home)
end
place(KEYS[4], flags > 0 and flags, 'flagged')
place(KEYS[5], approved and created, 'thread')
place(KEYS[6], approved and wilson(ups, downs), 'best')
local before = redis.call('ZSCORE', KEYS[13], id)
local root, best = redis.call('ZSCORE', KEYS[14], ARGV[4]), redis.call('ZSCORE', KEYS[15], ARGV[4])
settle_exchange({ comment = KEYS[12], answers = KEYS[13], roots = KEYS[14], best = KEYS[15],
  root = ARGV[4], created = ARGV[5] }, id, created, approved)
if before ~= redis.call('ZSCORE', KEYS[13], id) or root ~= redis.call('ZSCORE', KEYS[14], ARGV[4])
  or best ~= redis.call('ZSCORE', KEYS[15], ARGV[4]) then
  table.insert(wrong, 'exchange')
end
if status == 'pending' and not redis.call('ZSCORE', KEYS[7], id) then
  redis.call('ZADD', KEYS[7], ARGV[2], id)
  table.insert(wrong, 'unjudged')
end
if #wrong > 0 then redis.call('INCR', KEYS[16]) end
for key, score in pairs(facets(KEYS[17], KEYS[1], created)) do
  place(key, status == 'held' and score, 'queue')
end
local oldest = redis.call('ZRANGE', KEYS[18], 0, 0, 'WITHSCORES')[2]
local is_late = redis.call('ZCARD', KEYS[18]) < 50 or created > tonumber(oldest)
if is_late and not redis.call('ZSCORE', KEYS[18], id) then
  note_latest(KEYS[18], id, created)
  table.insert(wrong, 'latest')
end
return wrong
