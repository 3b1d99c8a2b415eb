"""Proof of work is enough, unless there is a suspicion."""

from datetime import timedelta

import pytest

from service.readers.suspicion import (
    HIGHEST,
    SubmissionFacts,
    Suspicion,
    effort,
    is_settled,
    suspicions,
)
from tests.factories import NOON


@pytest.mark.parametrize(
    ("facts", "found"),
    [
        (SubmissionFacts(), set()),
        (SubmissionFacts(from_address=4, on_thread=59), set()),
        (SubmissionFacts(from_address=5), {Suspicion.ADDRESS}),
        (SubmissionFacts(from_address=5, approved=9), {Suspicion.ADDRESS}),
        (SubmissionFacts(on_thread=60), {Suspicion.FLOOD}),
        (SubmissionFacts(on_thread=60, approved=1), set()),
        (SubmissionFacts(links=1), {Suspicion.LINKS}),
        (SubmissionFacts(links=9, approved=1), set()),
        (SubmissionFacts(same_words=1), {Suspicion.REPEATED}),
        (SubmissionFacts(same_words=1, approved=1), set()),
        (SubmissionFacts(is_blocked=True), {Suspicion.BLOCKED}),
        (SubmissionFacts(is_blocked=True, approved=1), set()),
        (SubmissionFacts(refused=1), set()),
        (SubmissionFacts(refused=2), {Suspicion.RECORD}),
        (SubmissionFacts(refused=2, approved=2), set()),
        (SubmissionFacts(refused=3, approved=2), {Suspicion.RECORD}),
        (SubmissionFacts(links=1, same_words=2), {Suspicion.LINKS, Suspicion.REPEATED}),
        (SubmissionFacts(from_network=30), {Suspicion.NETWORK}),
        (SubmissionFacts(issued=20), {Suspicion.ISSUED}),
        (SubmissionFacts(is_spam=True), {Suspicion.SPAM}),
        (SubmissionFacts(is_spam=True, approved=1), set()),
        (SubmissionFacts(age=timedelta(seconds=1.9)), {Suspicion.HASTE}),
        (SubmissionFacts(age=timedelta(seconds=2)), set()),
        (SubmissionFacts(is_trapped=True, approved=9), {Suspicion.TRAP}),
    ],
)
def test_a_submission_is_weighed(facts, found):
    assert suspicions(facts) == found


@pytest.mark.parametrize(
    ("signs", "doubts", "level"),
    [
        ((), 0, 0),
        ((Suspicion.LINKS,), 0, 1),
        ((Suspicion.REPEATED,), 0, 2),
        ((Suspicion.LINKS, Suspicion.REPEATED), 0, 3),
        ((Suspicion.LINKS, Suspicion.REPEATED, Suspicion.SPAM), 0, HIGHEST),
        ((Suspicion.TRAP,), 0, HIGHEST),
        ((), 2, 2),
        ((Suspicion.ADDRESS,), 9, HIGHEST),
    ],
)
def test_the_work_rises_with_the_signs(signs, doubts, level):
    assert effort(signs, doubts) == level


@pytest.mark.parametrize(
    ("days", "approved", "refused", "settled"),
    [(2, 1, 0, True), (0.5, 5, 0, False), (2, 0, 0, False), (2, 1, 1, False)],
)
def test_an_author_settles_with_time_and_approval(days, approved, refused, settled):
    since = NOON - timedelta(days=days)
    facts = SubmissionFacts(approved=approved, refused=refused, since=since)
    assert is_settled(facts, NOON) == settled
