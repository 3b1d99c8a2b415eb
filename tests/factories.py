"""Factories of valid objects; a test sets only the values that it is about."""

from datetime import UTC, datetime, timedelta
from itertools import count

from service.domain.comment import Comment
from service.domain.ids import new_id
from service.domain.reason import gravest
from service.domain.thread import Thread, thread_id
from service.domain.verdict import Opinion, Outcome, Verdict
from service.judging.case import Case
from service.store.comments.intakes import Intake
from service.store.people.votes import Ballot

NOON = datetime(2026, 1, 2, 12, tzinfo=UTC)
ARTICLE = "https://news.example/tram"
_numbers = count(1)


def a_moment(minutes=0):
    return NOON + timedelta(minutes=minutes)


def a_comment(**changes):
    number = next(_numbers)
    created_at = changes.pop("created_at", NOON + timedelta(milliseconds=number))
    return Comment(
        **{
            "id": new_id(created_at, number.to_bytes(10, "big")),
            "thread": thread_id(ARTICLE),
            "author": "ann",
            "name": "Ann",
            "body": f"Well said, number {number}.",
            "created_at": created_at,
        }
        | changes
    )


def an_intake(comment=None, **changes):
    comment = comment or a_comment()
    thread = Thread(id=comment.thread, url=ARTICLE, title="The tram")
    given = {"comment": comment, "thread": thread, "proof": None, "names_article": True}
    return Intake(**given | changes)


def a_ballot(*networks, minutes=0, allowed=(9, 9, 9)):
    """A vote cast from these networks, without any as one that always counts."""
    at = a_moment(minutes)
    return Ballot(at, at + timedelta(minutes=10), networks, allowed[: len(networks)])


def a_verdict(outcome=Outcome.APPROVE, *reasons, **scores):
    opinions = tuple(Opinion(reason, gravest(reason)) for reason in reasons)
    return Verdict(outcome, opinions, scores, "test-1")


CALM = dict.fromkeys(
    (
        "TOXICITY",
        "SEVERE_TOXICITY",
        "INSULT",
        "PROFANITY",
        "THREAT",
        "IDENTITY_ATTACK",
        "SEXUALLY_EXPLICIT",
        "SPAM",
    ),
    0.01,
)


def a_case(body="Well said.", *, policy=None, comment=None, scores=None, **evidence):
    from service.domain.policy import Policy

    return Case(
        body=comment.body if comment else body,
        policy=policy or Policy(),
        scores=CALM | (scores or {}),
        **evidence,
    )
