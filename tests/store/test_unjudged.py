"""Leases: one worker holds a comment, and a dead worker's lease ends."""

from datetime import timedelta

import pytest

from service.store.comments import intakes, unjudged
from tests.factories import a_comment, a_moment, an_intake


@pytest.fixture
def three(record):
    made = [a_comment() for _ in range(3)]
    for comment in made:
        intakes.accept(record, an_intake(comment))
    return [comment.id for comment in made]


def test_a_leased_comment_is_not_handed_out_again(record, three):
    now = a_moment(1)
    assert [id_ for id_, _ in unjudged.claim(record, limit=2, now=now)] == three[:2]
    assert [id_ for id_, _ in unjudged.claim(record, limit=2, now=now)] == three[2:]
    assert unjudged.claim(record, limit=2, now=now) == []


def test_after_the_lease_each_comes_alone(record, three):
    now = a_moment(1)
    unjudged.claim(record, limit=3, now=now)
    later = now + unjudged.LEASE + timedelta(seconds=1)
    again = [unjudged.claim(record, limit=3, now=later) for _ in range(3)]
    assert again == [[(id_, 2)] for id_ in three]


def test_a_suspect_does_not_travel_with_others(record, three):
    unjudged.claim(record, limit=1, now=a_moment(1))
    unjudged.release(record, three[0], now=a_moment(2))
    batches = [unjudged.claim(record, limit=3, now=a_moment(3)) for _ in range(2)]
    assert batches == [[(three[1], 1), (three[2], 1)], [(three[0], 2)]]
