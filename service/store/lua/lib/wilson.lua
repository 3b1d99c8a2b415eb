-- Lower bound of the 95 % Wilson score interval for the share of up votes (Wilson 1927).
local function wilson(up, down)
  local n = up + down
  if n <= 0 then return 0 end
  local z, share = 1.96, up / n
  return (share + z * z / (2 * n) - z * math.sqrt((share * (1 - share) + z * z / (4 * n)) / n))
    / (1 + z * z / n)
end

-- Return that bound for a comment. Several votes of one network weigh less: `j` and `q` hold what is
-- missing of the votes up (`u`) and down (`d`), in thousandths.
local function wilson_of(comment)
  local up, down, less_up, less_down = unpack(redis.call('HMGET', comment, 'u', 'd', 'j', 'q'))
  return wilson(math.max(0, tonumber(up or 0) - tonumber(less_up or 0) / 1000),
    math.max(0, tonumber(down or 0) - tonumber(less_down or 0) / 1000))
end
