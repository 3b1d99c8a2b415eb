"""A decision counts once, for the first moderator, within their sites and role."""

import pytest

from service.desk.queue import decisions
from service.desk.queue.queue import open_queue
from service.domain.comment import Status
from service.domain.decision import Action, Seen
from service.domain.errors import NotAllowed, StaleStatus
from service.domain.moderator import Moderator, Role
from service.domain.queue_filters import QueueFilters, State
from service.domain.verdict import Outcome
from service.store.comments import comments, intakes
from tests.factories import NOON, a_comment, a_verdict, an_intake

ANN = Moderator(name="ann", role=Role.MODERATOR)
BEN = Moderator(name="ben", role=Role.MODERATOR)


@pytest.fixture
def held(record, news):
    comment = a_comment()
    intakes.accept(record, an_intake(comment))
    comments.judge(record, comment, a_verdict(Outcome.HOLD, "spam/spam"), now=NOON)
    return comment.id


def approve(core, news, who, comment, **more):
    seen = Seen(Status.HELD)
    return decisions.decide(core, news, who, comment, Action.APPROVE, **{"seen": seen} | more)


def test_a_card_tells_what_there_is_to_know(core, news, held):
    queue = open_queue(core, news, ANN, QueueFilters())
    [card] = queue.cards
    assert (card.comment.id, card.record.held, card.comment.reasons) == (held, 1, ("spam/spam",))
    assert queue.counts[State.HELD] == 1


def test_the_second_to_decide_is_told_who_was_first(core, news, held):
    approve(core, news, ANN, held)
    with pytest.raises(StaleStatus) as stale:
        approve(core, news, BEN, held)
    assert (stale.value.status, stale.value.by) == ("approved", "ann")


def test_a_decision_that_is_sent_again_is_the_same_decision(core, news, held):
    assert approve(core, news, ANN, held).status is Status.APPROVED
    assert approve(core, news, ANN, held).status is Status.APPROVED
    with pytest.raises(StaleStatus):
        decisions.decide(core, news, ANN, held, Action.REJECT, seen=Seen(Status.HELD))


@pytest.mark.parametrize(
    "who",
    [
        Moderator(name="eve", role=Role.ANALYST),
        Moderator(name="eve", role=Role.OWNER, sites=("other",)),
    ],
    ids=["only looks", "of another site"],
)
def test_nobody_decides_beyond_their_scope(core, record, news, held, who):
    with pytest.raises(NotAllowed):
        approve(core, news, who, held)
    assert comments.get(record, held).status is Status.HELD


def test_a_claim_is_the_first_ones(core, news, held):
    assert decisions.claim(core, news, ANN, held).claimed_by == "ann"
    assert decisions.claim(core, news, BEN, held).claimed_by == "ann"
    assert open_queue(core, news, BEN, QueueFilters()).cards[0].claimed_by == "ann"
