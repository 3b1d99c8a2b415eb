"""Invariants of a site's record: those that always hold, and those that hold when all is quiet.

Each check returns sentences about violations; tests expect an empty list.
"""

from collections import Counter

from service.domain import ids
from service.domain.comment import Status
from service.domain.moments import to_ms
from service.domain.queue_filters import host_digest
from service.store.comments import comments, history, index
from service.store.people import authors

HOMES = [status for status in Status if status is not Status.PENDING]


def broken(core, site):
    """Compare statuses with sets, records, log and index, and tallies with votes; always true."""
    record = core.at(site)
    stored = all_comments(core, site)
    return [
        *_sets(record, stored),
        *_exchanges(record, stored),
        *_records(record, stored),
        *_log(record, stored),
        *_tallies(record, stored),
        *_flags(record, stored),
        *_queues(record, stored),
        *_latest(record, stored),
        *_keys_of_senders(record, stored),
        *_unsearchable(record, stored),
    ]


def unfinished(core, site):
    """Return the comments that have no verdict yet."""
    record = core.at(site)
    stored = all_comments(core, site)
    return [
        *(f"{c.id} is pending" for c in stored.values() if c.status is Status.PENDING),
        *(f"{id_} is unjudged" for id_ in record.redis.zrange(record.keys.unjudged(), 0, -1)),
        *(f"{id_} has tries left" for id_ in record.redis.hkeys(record.keys.tries())),
    ]


def unlike(core, site, load):
    """Compare the record with the answers to a load: one comment per key, every vote as cast."""
    record = core.at(site)
    acknowledged = set().union(*load.acknowledged.values())
    stored = all_comments(core, site).keys() - set(load.seeds)
    faults = [f"{key} made {made}" for key, made in load.acknowledged.items() if len(made) != 1]
    faults += [f"{id_} was acknowledged and lost" for id_ in acknowledged - stored]
    faults += [f"{id_} is nobody's" for id_ in stored - acknowledged]
    for (target, voter), direction in load.votes.items():
        stored_vote = record.redis.hget(record.keys.votes(target), voter)
        if stored_vote != (str(direction) if direction else None):
            faults.append(f"vote of {voter} on {target}: {stored_vote}, not {direction}")
    return faults


def all_comments(core, site):
    """Read every comment, by id."""
    record = core.at(site)
    start = len(record.keys.comment(""))
    names = record.redis.scan_iter(match=record.keys.comment("*"), count=1000)
    stored = comments.get_many(record, {name[start:] for name in names})
    return {comment.id: comment for comment in stored}


def _sets(record, stored):
    for status in HOMES:
        stand = {c.id: to_ms(c.created_at) for c in stored.values() if c.status is status}
        yield from _differ(f"set of {status}", _zset(record.redis, record.keys.home(status)), stand)
    for thread in {comment.thread for comment in stored.values()}:
        of_thread = [c for c in stored.values() if c.thread == thread]
        approved = {c.id for c in of_thread if c.status is Status.APPROVED}
        for place in (record.keys.thread_new(thread), record.keys.thread_best(thread)):
            yield from _differ(place, set(record.redis.zrange(place, 0, -1)), approved)


def _exchanges(record, stored):
    for thread in {comment.thread for comment in stored.values()}:
        shown = [c for c in stored.values() if (c.thread, c.status) == (thread, Status.APPROVED)]
        roots = {comment.root or comment.id for comment in shown}
        for place in (record.keys.thread_roots(thread), record.keys.thread_roots_best(thread)):
            yield from _differ(place, set(record.redis.zrange(place, 0, -1)), roots)
        for root in roots:
            answers = {c.id: to_ms(c.created_at) for c in shown if c.root == root}
            yield from _differ(
                f"answers to {root}", _zset(record.redis, record.keys.answers(root)), answers
            )


def _records(record, stored):
    for author in {comment.author for comment in stored.values()}:
        expected = Counter(c.status for c in stored.values() if c.author == author)
        [known] = authors.records(record, [author])
        for status in HOMES:
            what = f"record of {author}: {status}"
            yield from _differ(what, getattr(known, status.value), expected[status])


def _log(record, stored):
    entries = {entry.id: entry for entry in history.latest(record, limit=10**6)}
    chained = Counter()
    for comment in stored.values():
        expected, last = comment.status, comment.last_entry
        if expected is not Status.PENDING and not last:
            yield f"{comment.id} is {expected} without an entry in the log"
        while last:
            entry = entries.get(last)
            if entry is None or (entry.comment, entry.new) != (comment.id, expected):
                yield f"{comment.id} is {expected}, its entry {last} says {entry}"
                break
            chained[comment.id] += 1
            expected, last = entry.old or expected, entry.prev
    logged = Counter(e.comment for e in entries.values() if e.comment in stored)
    yield from _differ("entries of the log", logged, chained)


def _tallies(record, stored):
    tallies = {comment.id: (comment.up, comment.down) for comment in stored.values()}
    for thread in {comment.thread for comment in stored.values()}:
        up, down = record.redis.hmget(record.keys.thread(thread), "u", "d")
        tallies[thread] = int(up or 0), int(down or 0)
    for target, tally in tallies.items():
        cast = Counter(vote.split()[0] for vote in record.redis.hvals(record.keys.votes(target)))
        yield from _differ(f"tally of {target}", tally, (cast["1"], cast["-1"]))


def _flags(record, stored):
    flagged = _zset(record.redis, record.keys.flagged())
    for id_, comment in stored.items():
        answered = int(record.redis.hget(record.keys.comment(id_), "g") or 0)
        raised = (int(flag.split()[0]) for flag in record.redis.hvals(record.keys.flags(id_)))
        waiting = sum(at > answered for at in raised)
        expected = waiting if comment.status is Status.APPROVED else 0
        yield from _differ(f"flags of {id_}", flagged.pop(id_, 0), expected)
    yield from (f"{id_} is flagged and unknown" for id_ in flagged)


def _keys_of_senders(record, stored):
    names = record.redis.scan_iter(match=record.keys.idempotency("*"), count=1000)
    made = Counter(record.redis.get(name).split()[0] for name in names)
    yield from (f"{id_} belongs to {n} keys" for id_, n in made.items() if n > 1)
    yield from (f"a key names {id_}, which is not there" for id_ in made.keys() - stored.keys())


def _queues(record, stored):
    """Compare the facets of held comments with the comments themselves."""
    expected = {}
    for comment in stored.values():
        if comment.status is Status.HELD:
            for name, score in facets(comment).items():
                expected.setdefault(record.keys.facet(name), {})[comment.id] = score
    stored_scores = {
        place: _zset(record.redis, place)
        for place in record.redis.scan_iter(match=record.keys.facet("*"))
    }
    yield from _differ("queues", stored_scores, expected)
    for comment in record.redis.hkeys(record.keys.sent()):
        if comment not in stored:
            yield f"{comment} was sent to somebody and is gone"


def facets(comment):
    """Return the facets of a comment as lib/queue.lua does, with its score in each."""
    names = [f"thread:{comment.thread}", f"author:{comment.author}"]
    names += [f"language:{comment.language}"] * bool(comment.language)
    names += [f"reason:{reason}" for reason in comment.reasons]
    names += [f"host:{host_digest(host)}" for host in comment.hosts]
    scores = {f"score:{a}": round(p * 1000) for a, p in comment.scores.items() if p is not None}
    margin = -1 if comment.margin is None else round(comment.margin * 1000)
    derived = {"most": max(scores.values(), default=-1), "margin": margin}
    return dict.fromkeys(names, to_ms(comment.created_at)) | scores | derived


def _latest(record, stored):
    """Check that each author's latest comments hold their newest one, and no foreign one."""
    for author in {comment.author for comment in stored.values()}:
        own = {c.id: to_ms(c.created_at) for c in stored.values() if c.author == author}
        latest = _zset(record.redis, record.keys.latest(author))
        if max(own) not in latest or not latest.items() <= own.items() or len(latest) > 50:
            yield f"latest of {author}: {latest}, of {own}"


def _unsearchable(record, stored):
    for comment in stored.values():
        if comment.status is not Status.APPROVED:
            continue
        block, place = divmod(-1 if comment.column is None else comment.column, index.WIDTH)
        start = place * ids.LENGTH
        end = start + ids.LENGTH - 1
        if record.redis.getrange(record.keys.search_ids(block), start, end) != comment.id:
            yield f"{comment.id} cannot be found"


def _zset(redis, place):
    return dict(redis.zrange(place, 0, -1, withscores=True))


def _differ(what, stored, expected):
    if stored != expected:
        yield f"{what}: {stored}, not {expected}"
