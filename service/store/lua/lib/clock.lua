-- Clocks may be set back, and those of several machines differ by a little.
local SKEW = 10000

-- Return the later of a stored time and now; a stored time that lies further ahead than clocks differ
-- was written before the clock was set back, and does not count.
local function at_least(stored, now)
  if stored > now and stored - now <= SKEW then return stored end
  return now
end
