-- The search index, as service/store/comments/index.py describes it: blocks of WIDTH comments, each
-- a string of ids and a string of HEIGHT rows of bits. A comment never changes its column.
local WIDTH, HEIGHT = 1024, 320

-- Index a comment by the rows of its words ("3 17 200"); a second call changes nothing.
-- `index` has the key next (the first free column), and the prefixes of the blocks' ids and bits.
local function make_findable(index, comment, id, rows)
  local column = tonumber(redis.call('HGET', comment, 'x'))
  if not column then
    column = redis.call('INCR', index.next) - 1
    redis.call('HSET', comment, 'x', column)
  end
  local offset = column % WIDTH
  local block = (column - offset) / WIDTH
  local ids, bits = index.ids .. block, index.bits .. block
  -- Allocate a new block at its full length: growing it bit by bit would need half as much again.
  if redis.call('EXISTS', bits) == 0 then
    redis.call('SETBIT', bits, HEIGHT * WIDTH - 1, 0)
    redis.call('SETRANGE', ids, WIDTH * #id - 1, '\0')
  end
  redis.call('SETRANGE', ids, offset * #id, id)
  for row in string.gmatch(rows, '%d+') do redis.call('SETBIT', bits, row * WIDTH + offset, 1) end
end
