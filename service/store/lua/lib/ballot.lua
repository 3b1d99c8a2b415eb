-- Votes that count: voter -> "DIRECTION", or "DIRECTION LESS" if it weighs less by so many thousandths.

local function read_vote(vote)
  local direction, less = string.match(vote or '0', '^(%S+) ?(%d*)$')
  return direction, tonumber(less) or 0
end

local function write_vote(direction, less)
  return less > 0 and direction .. ' ' .. less or direction
end

-- Change what a voter's vote adds to the tally. `ballot` has the keys target and votes.
local function count_vote(ballot, voter, direction, less)
  local before, less_before = read_vote(redis.call('HGET', ballot.votes, voter))
  local tally, missing = { ['1'] = 'u', ['-1'] = 'd' }, { ['1'] = 'j', ['-1'] = 'q' }
  local function add(way, votes, thousandths)
    redis.call('HINCRBY', ballot.target, tally[way], votes)
    if thousandths ~= 0 then redis.call('HINCRBY', ballot.target, missing[way], thousandths) end
  end
  if before ~= '0' then add(before, -1, -less_before) end
  if direction == '0' then
    redis.call('HDEL', ballot.votes, voter)
  else
    redis.call('HSET', ballot.votes, voter, write_vote(direction, less))
    add(direction, 1, less)
  end
end

-- Add up the votes that count, as the tally should have them.
local function recount(votes)
  local count = { ['1'] = 0, ['-1'] = 0 }
  local missing = { ['1'] = 0, ['-1'] = 0 }
  for _, vote in ipairs(redis.call('HVALS', votes)) do
    local direction, less = read_vote(vote)
    if direction ~= '1' then direction = '-1' end
    count[direction] = count[direction] + 1
    missing[direction] = missing[direction] + less
  end
  return count['1'], count['-1'], missing['1'], missing['-1']
end

-- Correct a tally by its votes; return whether it was wrong.
local function mend_tally(target, votes)
  local right, found = { recount(votes) }, redis.call('HMGET', target, 'u', 'd', 'j', 'q')
  local wrong = false
  for i = 1, 4 do wrong = wrong or right[i] ~= tonumber(found[i] or 0) end
  if wrong then
    redis.call('HSET', target, 'u', right[1], 'd', right[2], 'j', right[3], 'q', right[4])
  end
  return wrong
end
