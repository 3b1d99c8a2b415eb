"""An author's record: the outcomes of their comments, and suspicious facts."""

from service.domain.comment import Status
from service.domain.verdict import Outcome
from service.store.comments import comments, intakes
from service.store.people import authors
from tests.factories import NOON, a_comment, a_verdict, an_intake


def judged(record, outcome=Outcome.APPROVE):
    comment = a_comment()
    intakes.accept(record, an_intake(comment))
    comments.judge(record, comment, a_verdict(outcome), now=NOON)
    return comment


def move(record, comment, new, by):
    seen = comments.get(record, comment.id)
    comments.change_status(record, seen, new, by=by, now=NOON)


def of_author(record, comment):
    return authors.records(record, [comment.author])[0]


def test_what_an_author_takes_back_does_not_speak_against_him(record):
    comment = judged(record)
    judged(record)
    move(record, comment, Status.REMOVED, "author")
    author = of_author(record, comment)
    assert (author.approved, author.removed, author.withdrawn, author.refused) == (1, 1, 1, 0)


def test_what_others_remove_or_reject_does(record):
    judged(record, Outcome.REJECT)
    comment = judged(record)
    move(record, comment, Status.REMOVED, "ann")
    assert of_author(record, comment).refused == 2
