"""A backup is complete, reports damaged data, and loads on either server."""

import io

import pytest

from service.core import utc_now
from service.domain import moments
from service.domain.appeal import Appeal
from service.domain.comment import Status
from service.domain.flag import Flag, FlagReason, Notice
from service.domain.verdict import Outcome
from service.domain.vote import Direction
from service.store.comments import comments, intakes, search
from service.store.people import appeals, badges, flags, votes
from service.store.upkeep import dump, repair
from tests.factories import NOON, a_ballot, a_comment, a_verdict, an_intake


@pytest.fixture
def town(record, news):
    made = []
    for outcome in (*Outcome, None, Outcome.APPROVE):
        comment = a_comment(body="Über den Fluß 🚋\n\n" + "x" * 300)
        intake = an_intake(comment, idempotency=comment.id, fingerprint="f")
        intakes.accept(record, intake)
        if outcome:
            comments.judge(record, comment, a_verdict(outcome, TOXICITY=0.5), now=NOON)
        made.append(comment)
    flag = Flag(reader="cai", reason=FlagReason.ABUSE, note="Not nice.", at=NOON)
    flags.raise_flag(record, made[0].id, flag)
    notice = Notice(place="https://news.example/tram", name="Dee", good_faith=True)
    flag = Flag(reader="dee", reason=FlagReason.ILLEGAL, note="A threat.", at=NOON, notice=notice)
    flags.raise_flag(record, made[0].id, flag)
    appeal = Appeal(comment=made[2].id, text="Please look again.", at=NOON)
    assert appeals.lodge(record, appeal, against=Status.REJECTED)
    badges.keep(record, {"janedoe"})
    votes.cast_vote(record, made[0].thread, made[0].id, "bob", Direction.UP, a_ballot())
    votes.cast_article_vote(record, made[0].thread, "bob", Direction.DOWN, a_ballot())
    return made


def written(redis):
    file = io.StringIO()
    list(dump.write(redis, file, now_ms=moments.to_ms(utc_now())))
    return file.getvalue()


def picture(redis):
    """Everything in the store except what a backup omits."""
    content = {}
    for key in redis.keys("fm:*"):
        if ":search:" in key or ":bell" in key:
            continue
        read = {"string": redis.get, "hash": redis.hgetall, "stream": redis.xrange}
        kind = redis.type(key)
        content[key] = (
            redis.zrange(key, 0, -1, withscores=True) if kind == "zset" else read[kind](key)
        )
        if kind == "hash":
            content[key].pop("x", None)
    return content


def test_what_comes_back_is_what_was(record, town):
    text, before = written(record.redis), picture(record.redis)
    record.redis.flushdb()
    list(dump.restore(record.redis, dump.read(io.StringIO(text))))
    repair.mend(record, now=NOON)
    assert picture(record.redis) == before
    assert record.redis.ttl(record.keys.idempotency(town[0].id)) > 3600
    hits = [comment.id for comment in search.find(record, "fluß", limit=9)[0]]
    assert set(hits) == {town[0].id, town[-1].id}


def damages(text):
    lines = text.splitlines(keepends=True)
    yield "changed", text.replace("Not nice", "Not Nice")
    yield "cut off", "".join(lines[:-1])
    yield "cut short", text[:-20]
    yield "one line lost", "".join(lines[:3] + lines[4:])
    yield "something after the end", text + lines[0]
    yield "no backup at all", "hello\n"
    yield "empty", ""
    yield "numbers", "1\n"


def test_each_damage_is_named_with_its_line(redis, town):
    text = written(redis)
    for _, damaged in damages(text):
        with pytest.raises(dump.DumpDamaged, match=r"line \d+: "):
            list(dump.read(io.StringIO(damaged)))


def test_a_store_with_nothing_of_ours_is_fresh(redis, town):
    assert not dump.is_fresh(redis)
    redis.flushdb()
    assert dump.is_fresh(redis)
