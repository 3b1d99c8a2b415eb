-- Keep a new comment, once: the idempotency key, the captcha's use and the comment are one write.
--
-- KEYS[1] idempotency (string)  KEYS[2] captcha (string)    KEYS[3] comment (hash)
-- KEYS[4] body (string)         KEYS[5] thread (hash)       KEYS[6] parent comment (hash)
-- KEYS[7] unjudged (zset)       KEYS[8] bell (string)       KEYS[9] author (hash)
-- KEYS[10] log (stream)         KEYS[11] approved (zset)    KEYS[12] thread new (zset)
-- KEYS[13] thread best (zset)   KEYS[14] the root of its exchange (hash)
-- KEYS[15] answers (zset)       KEYS[16] thread roots (zset)  KEYS[17] thread roots best (zset)
-- KEYS[18] turn (string)       KEYS[19] the author's latest comments (zset)
-- ARGV[1] comment id            ARGV[2] fingerprint of what was sent, "" without idempotency key
-- ARGV[3] now in ms             ARGV[4] captcha: "off", "right" or "wrong"
-- ARGV[5] captcha's end in ms   ARGV[6] wrong answers allowed
-- ARGV[7] "check" (find faults, keep nothing) or "keep"
-- ARGV[8] "1" if it has a parent   ARGV[9] "1" to publish at once
-- ARGV[10] thread's address     ARGV[11] thread's title     ARGV[12] body
-- ARGV[13] ms an idempotency key lives   ARGV[14] ms a bell lasts
-- ARGV[15] age in ms at which threads close, "" for never
-- ARGV[16] thread               ARGV[17] root               ARGV[18] root's created in ms
-- ARGV[19…] field, value, … of the comment hash
--
-- Returns {"kept", "1" if the bell is to be rung}, {"repeat", id, fingerprint},
-- or {"faults", "field:code", …}.

--@include wilson
--@include exchange
--@include latest

local id, now = ARGV[1], tonumber(ARGV[3])

if ARGV[2] ~= '' then
  local before = redis.call('GET', KEYS[1])
  if before then return { 'repeat', string.match(before, '^(%S+) (%S+)$') } end
end

local faults = {}

local captcha = ARGV[4]
if captcha ~= 'off' then
  local state = redis.call('GET', KEYS[2])
  if state == 'used' then
    captcha = 'used'
  elseif state and tonumber(state) >= tonumber(ARGV[6]) then
    captcha = 'exhausted'
  elseif captcha == 'wrong' then
    local wrong = redis.call('INCR', KEYS[2])
    redis.call('PEXPIREAT', KEYS[2], ARGV[5])
    if wrong >= tonumber(ARGV[6]) then captcha = 'exhausted' end
  end
  if captcha ~= 'right' then table.insert(faults, 'captcha:' .. captcha) end
end

if ARGV[8] == '1' then
  local status, thread = unpack(redis.call('HMGET', KEYS[6], 's', 't'))
  if status ~= 'approved' or thread ~= ARGV[16] then table.insert(faults, 'parent:unknown') end
end

local opened = redis.call('HGET', KEYS[5], 'c')
local too_old = ARGV[15] ~= '' and opened and now - tonumber(opened) > tonumber(ARGV[15])
if too_old then table.insert(faults, 'thread:closed') end

if #faults > 0 then return { 'faults', unpack(faults) } end
if ARGV[7] == 'check' then return { 'kept', '0' } end

if captcha ~= 'off' then
  redis.call('SET', KEYS[2], 'used')
  redis.call('PEXPIREAT', KEYS[2], ARGV[5])
end
if ARGV[2] ~= '' then redis.call('SET', KEYS[1], id .. ' ' .. ARGV[2], 'PX', ARGV[13]) end

local fields = {}
for i = 19, #ARGV do table.insert(fields, ARGV[i]) end
redis.call('HSET', KEYS[3], unpack(fields))
redis.call('SET', KEYS[4], ARGV[12])
redis.call('HSETNX', KEYS[5], 'c', now)
redis.call('HSETNX', KEYS[5], 'url', ARGV[10])
if ARGV[11] ~= '' then redis.call('HSETNX', KEYS[5], 'title', ARGV[11]) end
redis.call('HSETNX', KEYS[9], 'first', now)
note_latest(KEYS[19], id, now)

if ARGV[9] == '1' then
  local entry = redis.call('XADD', KEYS[10], '*', 'comment', id, 'old', '', 'new', 'approved',
    'by', 'mode', 'why', '', 'scores', '', 'reasons', '', 'model', '', 'prev', '')
  redis.call('HSET', KEYS[3], 'l', entry)
  redis.call('ZADD', KEYS[11], now, id)
  redis.call('ZADD', KEYS[12], now, id)
  redis.call('ZADD', KEYS[13], 0, id)
  redis.call('HINCRBY', KEYS[9], 'approved', 1)
  settle_exchange({ comment = KEYS[14], answers = KEYS[15], roots = KEYS[16], best = KEYS[17],
    root = ARGV[17], created = ARGV[18] }, id, now, true)
  redis.call('INCR', KEYS[18])
end

redis.call('ZADD', KEYS[7], now, id)
local rung = redis.call('SET', KEYS[8], '1', 'NX', 'PX', ARGV[14])
return { 'kept', rung and '1' or '0' }
