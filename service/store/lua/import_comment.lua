-- Keep a comment that comes from elsewhere, once; what is derived from it is made by mend_comment.
--
-- KEYS[1] comment (hash)   KEYS[2] body (string)   KEYS[3] votes (hash)   KEYS[4] flags (hash)
-- KEYS[5] author (hash)    KEYS[6] log (stream)
-- ARGV[1] comment id       ARGV[2] status          ARGV[3] created in ms  ARGV[4] body
-- ARGV[5] votes as JSON    ARGV[6] flags as JSON   ARGV[7…] field, value, … of the comment hash
--
-- Returns "kept", or "there" where the id is known.

if redis.call('EXISTS', KEYS[1]) == 1 then return 'there' end
local fields = {}
for i = 7, #ARGV do table.insert(fields, ARGV[i]) end
redis.call('HSET', KEYS[1], unpack(fields))
redis.call('SET', KEYS[2], ARGV[4])
for voter, vote in pairs(cjson.decode(ARGV[5])) do redis.call('HSET', KEYS[3], voter, vote) end
for reader, flag in pairs(cjson.decode(ARGV[6])) do redis.call('HSET', KEYS[4], reader, flag) end
redis.call('HSETNX', KEYS[5], 'first', ARGV[3])
if ARGV[2] ~= 'pending' then
  redis.call('HINCRBY', KEYS[5], ARGV[2], 1)
  local entry = redis.call('XADD', KEYS[6], '*', 'comment', ARGV[1], 'old', '', 'new', ARGV[2],
    'by', 'import', 'why', '', 'scores', '', 'reasons', '', 'model', '', 'prev', '')
  redis.call('HSET', KEYS[1], 'l', entry)
end
return 'kept'
