-- An exchange is a top-level comment (its root) with all answers below it.
-- The root is in its article's list while it or an answer is visible: a removed root is shown as a
-- gap, so that its answers stay visible.

-- Add a comment to the answers of its exchange, or remove it, and update the root's place.
-- `e` has the keys comment (the root's hash), answers, roots and best, the ids, and created in ms.
local function settle_exchange(e, id, created, is_approved)
  if id ~= e.root then
    if is_approved then
      redis.call('ZADD', e.answers, created, id)
    else
      redis.call('ZREM', e.answers, id)
    end
  end
  local status = redis.call('HGET', e.comment, 's')
  if status == 'approved' or redis.call('ZCARD', e.answers) > 0 then
    redis.call('ZADD', e.roots, e.created, e.root)
    redis.call('ZADD', e.best, wilson_of(e.comment), e.root)
  else
    redis.call('ZREM', e.roots, e.root)
    redis.call('ZREM', e.best, e.root)
  end
end
