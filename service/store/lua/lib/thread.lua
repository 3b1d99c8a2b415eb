-- An article that has moved names its new thread in `to`. A move turns all older names at the same
-- time, so one step always leads to the thread that holds the comments.

-- Return the thread that an article's comments are in now; `threads` is the prefix of the keys.
local function thread_now(threads, id)
  return redis.call('HGET', threads .. id, 'to') or id
end

-- Return the keys of a thread's lists.
local function lists_of(threads, id)
  local key = threads .. id
  return {
    new = key .. ':new',
    best = key .. ':best',
    roots = key .. ':roots',
    roots_best = key .. ':roots:best',
  }
end

-- Return the thread of a comment, which follows if a move has left it behind: moves take along only
-- what is in a list of its article. A held comment must have left its queues before.
local function thread_of(threads, comment)
  local before = redis.call('HGET', comment, 't')
  local now = thread_now(threads, before)
  if now ~= before then redis.call('HSET', comment, 't', now) end
  return now
end

-- Give an article the title that an approved comment proposes, if it has none. A proposal is
-- "FITNESS TITLE": 2 was judged harmless, 1 is for a person to approve, 0 waits for the desk.
-- Return whether it was given.
local function take_title(proposal, thread, is_person)
  local fitness, title = string.match(redis.call('GET', proposal) or '', '^(%d) (.+)$')
  if not (fitness == '2' or (fitness == '1' and is_person)) then return false end
  redis.call('DEL', proposal)
  return redis.call('HSETNX', thread, 'title', title) == 1
end

-- Return whether nothing would be missed if an article was forgotten: it has no comments that are
-- published or wait, and the newsroom did nothing with it (`k`).
local function is_idle(threads, facets, id)
  local key = threads .. id
  if redis.call('HEXISTS', key, 'k') == 1 then return false end
  local lists = lists_of(threads, id)
  return redis.call('ZCARD', lists.new) + redis.call('ZCARD', lists.roots)
    + redis.call('ZCARD', facets .. 'thread:' .. id) == 0
end
