"""Silent work is enough, unless something is suspicious."""

import pytest

from service.readers.suspicion import Facts, Suspicion, suspicions


@pytest.mark.parametrize(
    ("facts", "found"),
    [
        (Facts(), set()),
        (Facts(from_address=4, on_thread=59), set()),
        (Facts(from_address=5), {Suspicion.ADDRESS}),
        (Facts(from_address=5, approved=9), {Suspicion.ADDRESS}),
        (Facts(on_thread=60), {Suspicion.FLOOD}),
        (Facts(on_thread=60, approved=1), set()),
        (Facts(links=1), {Suspicion.LINKS}),
        (Facts(links=9, approved=1), set()),
        (Facts(same_words=1), {Suspicion.REPEATED}),
        (Facts(same_words=1, approved=1), set()),
        (Facts(is_blocked=True), {Suspicion.BLOCKED}),
        (Facts(is_blocked=True, approved=1), set()),
        (Facts(refused=1), set()),
        (Facts(refused=2), {Suspicion.RECORD}),
        (Facts(refused=2, approved=2), set()),
        (Facts(refused=3, approved=2), {Suspicion.RECORD}),
        (Facts(links=1, same_words=2), {Suspicion.LINKS, Suspicion.REPEATED}),
    ],
)
def test_a_submission_is_weighed(facts, found):
    assert suspicions(facts) == found
