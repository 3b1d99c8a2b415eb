"""An author's record: what became of his comments, and what speaks against him."""

from service.domain.comment import Status
from service.domain.verdict import Outcome
from service.store.comments import comments, intakes
from service.store.people import authors
from tests.factories import NOON, a_comment, a_verdict, an_intake


def judged(redis, keys, outcome=Outcome.APPROVE):
    comment = a_comment()
    intakes.accept(redis, keys, an_intake(comment))
    comments.judge(redis, keys, comment, a_verdict(outcome), now=NOON)
    return comment


def move(redis, keys, comment, new, by):
    found = comments.get(redis, keys, comment.id)
    comments.change_status(redis, keys, found, new, by=by, now=NOON)


def record(redis, keys, comment):
    return authors.records(redis, keys, [comment.author])[0]


def test_what_an_author_takes_back_does_not_speak_against_him(redis, keys):
    comment = judged(redis, keys)
    judged(redis, keys)
    move(redis, keys, comment, Status.REMOVED, "author")
    found = record(redis, keys, comment)
    assert (found.approved, found.removed, found.withdrawn, found.refused) == (1, 1, 1, 0)


def test_what_others_remove_or_reject_does(redis, keys):
    judged(redis, keys, Outcome.REJECT)
    comment = judged(redis, keys)
    move(redis, keys, comment, Status.REMOVED, "ann")
    assert record(redis, keys, comment).refused == 2
