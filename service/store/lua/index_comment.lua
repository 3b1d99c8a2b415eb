-- Put an approved comment's signature into the search index; a comment keeps its column for good.
--
-- KEYS[1] comment (hash)   KEYS[2] next free column (string)
-- KEYS[3] ids of the block (string)   KEYS[4] bits of the block (string)
-- ARGV[1] comment id       ARGV[2] the column it is thought to get   ARGV[3] comments in a block
-- ARGV[4] rows in a block   ARGV[5…] the rows whose bits are set
--
-- Returns -1 if done or if there is no such comment, or the column that it really gets: the keys
-- must be those of its block.

-- A worker may come with one that was purged meanwhile; nothing of it must come back.
if redis.call('HEXISTS', KEYS[1], 's') == 0 then return -1 end
local column = redis.call('HGET', KEYS[1], 'x') or redis.call('GET', KEYS[2]) or '0'
if column ~= ARGV[2] then return tonumber(column) end
if redis.call('HSETNX', KEYS[1], 'x', column) == 1 then
  redis.call('SET', KEYS[2], tonumber(column) + 1)
end

local width = tonumber(ARGV[3])
local offset = tonumber(column) % width
-- A new block takes its whole length at once: grown bit by bit it would get half as much again.
if redis.call('EXISTS', KEYS[4]) == 0 then
  redis.call('SETBIT', KEYS[4], tonumber(ARGV[4]) * width - 1, 0)
  redis.call('SETRANGE', KEYS[3], width * #ARGV[1] - 1, '\0')
end
redis.call('SETRANGE', KEYS[3], offset * #ARGV[1], ARGV[1])
for i = 5, #ARGV do redis.call('SETBIT', KEYS[4], tonumber(ARGV[i]) * width + offset, 1) end
return -1
