"""Articles that only strangers' requests made known: they expire, and there are never too many."""

from datetime import timedelta

import pytest

from service.domain.comment import Status
from service.domain.thread import Thread, thread_id
from service.domain.thread_state import ThreadState
from service.domain.verdict import Outcome
from service.domain.vote import Direction
from service.store.comments import comments, intakes, threads
from service.store.comments.threads import VOTES_LAST
from service.store.people import votes
from service.store.upkeep import repair, retention
from tests.factories import NOON, a_ballot, a_comment, a_verdict, an_intake

LATER = NOON + VOTES_LAST + timedelta(seconds=1)


def article(number=0):
    url = f"https://news.example/{number}"
    return Thread(id=thread_id(url), url=url)


@pytest.fixture
def vote(record):
    def vote(thread=None, now=NOON):
        thread = threads.open_(record, thread or article(), now=now)
        votes.cast_article_vote(record, thread.id, "bob", Direction.UP, a_ballot())
        return thread

    return vote


@pytest.fixture
def write(record):
    def write(outcome=Outcome.APPROVE, thread=None):
        thread = thread or article()
        comment = a_comment(thread=thread.id)
        intakes.accept(record, an_intake(comment, thread=thread, names_article=False))
        comments.judge(record, comment, a_verdict(outcome), now=NOON)
        return comments.get(record, comment.id)

    return write


def is_there(record, thread=None):
    thread = thread or article()
    kept = {record.keys.thread(thread.id), record.keys.votes(thread.id)}
    return record.redis.exists(*kept) == len(kept)


def test_votes_without_a_comment_expire(record, vote):
    vote()
    assert retention.purge_threads(record, now=NOON + VOTES_LAST - timedelta(seconds=1)) == 0
    assert is_there(record)
    assert retention.purge_threads(record, now=LATER) == 1
    assert record.redis.keys("fm:{news}:[tv]:*") == []


def test_every_vote_makes_them_last_longer(record, vote):
    vote()
    vote(now=NOON + timedelta(days=10))
    assert retention.purge_threads(record, now=LATER) == 0
    assert is_there(record)


@pytest.mark.parametrize("outcome", list(Outcome))
def test_an_article_with_a_comment_keeps_its_votes(record, vote, write, outcome):
    vote()
    write(outcome)
    retention.purge_threads(record, now=LATER)
    assert is_there(record)


def test_what_the_newsroom_named_or_closed_stays(record, vote):
    for thread in (vote(article(1)), vote(article(2))):
        change = {"title": "Named"} if thread == article(1) else {"state": ThreadState.CLOSED}
        threads.settle(record, thread, now=NOON, **change)
    assert retention.purge_threads(record, now=LATER) == 0
    assert is_there(record, article(1))
    assert is_there(record, article(2))


def test_an_article_whose_comments_were_all_refused_expires_with_the_last_of_them(record, write):
    write(Outcome.REJECT)
    after = NOON + timedelta(days=3650)
    assert retention.purge(record, refused_before=after, now=after) == 1
    assert retention.purge_threads(record, now=after) == 0
    assert retention.purge_threads(record, now=after + timedelta(days=2)) == 1
    assert record.redis.keys("fm:{news}:t:*") == []


def test_it_does_not_expire_if_another_comment_comes_back(record, write):
    write(Outcome.REJECT)
    after = NOON + timedelta(days=3650)
    retention.purge(record, refused_before=after, now=after)
    other = write(Outcome.REJECT)
    comments.change_status(record, other, Status.APPROVED, by="ines", now=NOON)
    assert retention.purge_threads(record, now=after + timedelta(days=99)) == 0
    assert threads.get(record, article().url).comments == 1
    assert repair.mend(record, now=NOON) == {}


def test_of_too_many_the_least_recently_used_give_way(record, vote, monkeypatch):
    monkeypatch.setattr(threads, "MOST_VOTED", 3)
    for number in range(5):
        vote(article(number), now=NOON + timedelta(minutes=number))
        vote(article(0), now=NOON + timedelta(minutes=number, seconds=1))
    assert [number for number in range(5) if is_there(record, article(number))] == [0, 3, 4]
    assert record.redis.zcard(record.keys.voted()) == 3
