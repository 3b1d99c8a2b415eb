-- An exchange is a comment that answers nobody (its root) with everything that answers it.
-- The root stands in its article's list while readers see it, or an answer to it: what was answered
-- and then removed leaves a gap, not a hole into which its answers fall.

-- Put a comment among the answers of its exchange, or take it out, and make the root's place true.
-- `e` names comment (the root's hash), answers, roots, best; ids, and created in ms.
local function settle_exchange(e, id, created, is_approved)
  if id ~= e.root then
    if is_approved then
      redis.call('ZADD', e.answers, created, id)
    else
      redis.call('ZREM', e.answers, id)
    end
  end
  local status, up, down = unpack(redis.call('HMGET', e.comment, 's', 'u', 'd'))
  if status == 'approved' or redis.call('ZCARD', e.answers) > 0 then
    redis.call('ZADD', e.roots, e.created, e.root)
    redis.call('ZADD', e.best, wilson(tonumber(up or 0), tonumber(down or 0)), e.root)
  else
    redis.call('ZREM', e.roots, e.root)
    redis.call('ZREM', e.best, e.root)
  end
end
