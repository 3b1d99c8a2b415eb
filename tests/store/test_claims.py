"""A claim expires: a forgotten one does not block a comment."""

from datetime import timedelta

import pytest

from service.desk.queue import decisions, pulse
from service.desk.queue.queue import open_queue
from service.domain.moderator import Moderator, Role
from service.domain.queue_filters import QueueFilters, State
from service.domain.verdict import Outcome
from service.store.comments import comments, intakes
from service.store.desk import claims
from tests.conftest import wait_for
from tests.factories import NOON, a_comment, a_moment, a_verdict, an_intake

ANN = Moderator(name="ann", role=Role.MODERATOR)
BEN = Moderator(name="ben", role=Role.MODERATOR)
A_BLINK = timedelta(milliseconds=50)


@pytest.fixture
def held(record):
    comment = a_comment()
    intakes.accept(record, an_intake(comment))
    comments.judge(record, comment, a_verdict(Outcome.HOLD, "spam/spam"), now=NOON)
    return comment.id


@pytest.fixture
def forgotten(record, core, news, held, monkeypatch):
    """A comment whose claim by Ann has just ended."""
    with monkeypatch.context() as short:
        short.setattr(claims, "LASTS", A_BLINK)
        assert decisions.claim(core, news, ANN, held).claimed_by == "ann"
    wait_for("the end of a claim", lambda: not record.redis.exists(record.keys.claim(held)), 5)
    return held


def test_when_a_claim_is_over_nobody_is_named_any_more(record, core, news, forgotten):
    assert claims.current(record, now=core.now()) == {}
    pulse_answer = pulse.take_pulse(core, news, ANN)
    assert (pulse_answer.claims, pulse_answer.counts[State.MINE]) == ({}, 0)
    [card] = open_queue(core, news, BEN, QueueFilters()).cards
    assert (card.comment.id, card.claimed_by) == (forgotten, None)


def test_when_a_claim_is_over_a_colleague_gets_the_comment(core, news, forgotten):
    assert decisions.claim(core, news, BEN, forgotten).claimed_by == "ben"
    assert pulse.take_pulse(core, news, ANN).claims == {forgotten: "ben"}
    assert decisions.claim(core, news, ANN, forgotten).claimed_by == "ben"


def test_a_claim_lasts_five_minutes_from_when_it_was_taken(record, held):
    claims.take(record, held, "ann", now=NOON)
    assert claims.current(record, now=a_moment(4.9)) == {held: "ann"}
    assert claims.current(record, now=a_moment(5.1)) == {}
    assert 290_000 < record.redis.pttl(record.keys.claim(held)) <= 300_000


def test_who_looks_on_has_it_for_longer(record, held):
    claims.take(record, held, "ann", now=NOON)
    nearly_over(record, held)
    assert claims.take(record, held, "ann", now=a_moment(4)) == "ann"
    assert claims.current(record, now=a_moment(8)) == {held: "ann"}
    assert record.redis.pttl(record.keys.claim(held)) > 290_000


def test_who_asks_in_vain_does_not_lengthen_it(record, held):
    claims.take(record, held, "ann", now=NOON)
    nearly_over(record, held)
    assert claims.take(record, held, "ben", now=a_moment(4)) == "ann"
    assert claims.current(record, now=a_moment(6)) == {}
    assert record.redis.pttl(record.keys.claim(held)) <= 60_000


def test_what_is_over_is_swept_with_the_next_claim(record, held):
    claims.take(record, held, "ann", now=NOON)
    next_ = a_comment().id
    claims.take(record, next_, "ben", now=a_moment(6))
    assert record.redis.zrange(record.keys.claims(), 0, -1) == [next_]


def nearly_over(record, comment):
    """Move a claim four of its five minutes into the past."""
    record.redis.pexpire(record.keys.claim(comment), 60_000)
