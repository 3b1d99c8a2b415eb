"""Migrations run step by step, may be interrupted and repeated, and never go back."""

import pytest

from service.domain.comment import Status
from service.domain.errors import SchemaMismatch
from service.store import keys as names
from service.store.comments import search
from service.store.server import schema
from service.store.server.migrations import MIGRATIONS, Migration, migrate
from service.store.upkeep import archive, repair
from tests.factories import NOON, a_comment


@pytest.fixture
def taken():
    return []


@pytest.fixture
def steps(taken, redis):
    redis.set(names.SCHEMA, "1")
    return tuple(
        Migration(to, f"step {to}", lambda redis, to=to: taken.append(to)) for to in (2, 3, 4)
    )


def test_each_missing_step_is_taken_once_in_order(redis, steps, taken):
    list(migrate(redis, steps[:2]))
    list(migrate(redis, steps))
    list(migrate(redis, steps))
    assert taken == [2, 3, 4]
    assert redis.get(names.SCHEMA) == "4"


def test_a_step_that_fails_is_taken_again(redis, steps, taken):
    def broken(redis):
        raise RuntimeError

    cut_off = (steps[0], Migration(3, "breaks", broken), steps[2])
    with pytest.raises(RuntimeError):
        list(migrate(redis, cut_off))
    assert redis.get(names.SCHEMA) == "2"
    list(migrate(redis, steps))
    assert taken == [2, 3, 4]


@pytest.mark.parametrize(("version", "remedy"), [("0", "folkmoot migrate"), ("99", "update")])
def test_another_version_is_refused(redis, version, remedy):
    redis.set(names.SCHEMA, version)
    with pytest.raises(SchemaMismatch, match=remedy):
        schema.ensure(redis)


def test_answers_of_an_older_record_find_their_exchange(record):
    from tests.store.test_exchanges import an_exchange

    root, answer, deeper = an_exchange(record)
    for comment in (root, answer, deeper):
        record.redis.hdel(record.keys.comment(comment.id), "o")
    record.redis.delete(record.keys.answers(root.id), record.keys.thread_roots(root.thread))
    record.redis.hset(names.SITES, record.keys.site, "{}")
    record.redis.set(names.SCHEMA, "1")
    assert [step.to for step in migrate(record.redis, MIGRATIONS[:1])] == [2]
    assert record.redis.zrange(record.keys.answers(root.id), 0, -1) == [answer.id, deeper.id]
    assert not repair.mend(record, now=NOON)


def test_words_that_are_read_otherwise_now_are_indexed_again(record):
    comment = a_comment(body="ထဲမှာရထားနောက်ကျတယ်", status=Status.APPROVED)
    archive.add_comments(record, [archive.Archived(comment=comment)], now=NOON)
    for number in range(600):
        body = f"tram {number}"
        published = a_comment(body=body, status=Status.APPROVED)
        archive.add_comments(record, [archive.Archived(comment=published)], now=NOON)
    # As if an older version had indexed nothing of it.
    record.redis.delete(record.keys.search_bits(0))
    record.redis.hset(names.SITES, record.keys.site, "{}")
    record.redis.set(names.SCHEMA, "3")
    assert [step.to for step in migrate(record.redis)] == [4, 5]
    assert [found.id for found in search.find(record, "ရထား", limit=10)[0]] == [comment.id]
    assert len(search.find(record, "tram", limit=700)[0]) == 600


def test_a_record_from_the_future_is_not_migrated(redis):
    redis.set(names.SCHEMA, "99")
    with pytest.raises(SchemaMismatch):
        list(migrate(redis))
