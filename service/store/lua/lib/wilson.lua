-- Lower bound of the 95 % Wilson score interval for the share of up votes (Wilson 1927).
local function wilson(up, down)
  local n = up + down
  if n == 0 then return 0 end
  local z, share = 1.96, up / n
  return (share + z * z / (2 * n) - z * math.sqrt((share * (1 - share) + z * z / (4 * n)) / n))
    / (1 + z * z / n)
end
