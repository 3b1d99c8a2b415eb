"""Proof of work is enough, unless there is a suspicion."""

import pytest

from service.readers.suspicion import SubmissionFacts, Suspicion, suspicions


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
    ],
)
def test_a_submission_is_weighed(facts, found):
    assert suspicions(facts) == found
