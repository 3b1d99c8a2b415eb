-- Take the letter that has been due the longest, and lease it to the caller: if the caller dies,
-- the letter is due again.
--
-- KEYS
--   outbox   (zset)
--   letters  (hash)
-- ARGV
--   now     in ms
--   until   when the lease ends, in ms
--   skew    how much clocks may differ, in ms
--   waits…  the longest wait after no, one, two, … tries, in ms
--
-- Returns the id of the letter, or nothing.

local waits, now = args.waits, tonumber(args.now)

-- Find a letter that waits longer than any letter is made to: the clock was set back.
local function find_lost()
  local later = redis.call('ZREVRANGEBYSCORE', keys.outbox, '+inf', '(' .. args.until, 'WITHSCORES',
    'LIMIT', 0, 100)
  for i = 1, #later, 2 do
    local tries = tonumber(string.match(redis.call('HGET', keys.letters, later[i]) or '',
      '"tries":%s*(%d+)')) or 0
    local longest = tonumber(waits[math.min(tries + 1, #waits)])
    if tonumber(later[i + 1]) > now + longest + tonumber(args.skew) then return later[i] end
  end
end

local due = redis.call('ZRANGEBYSCORE', keys.outbox, '-inf', args.now, 'LIMIT', 0, 1)[1]
  or find_lost()
if due then redis.call('ZADD', keys.outbox, args.until, due) end
return due
