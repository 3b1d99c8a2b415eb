"""The author sees why a comment was refused and may appeal once; a person answers once."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from service.desk.queue import decisions, undo
from service.domain.appeal import AppealState
from service.domain.comment import Status
from service.domain.decision import Action, Seen
from service.domain.errors import (
    AppealNotFound,
    Invalid,
    NotAllowed,
    NotAppealable,
    ReceiptRefused,
    StaleStatus,
)
from service.domain.moderator import Moderator, Role
from service.domain.verdict import Outcome
from service.readers import appeal, statement
from service.readers.statement import Decider
from service.store.comments import comments, history, intakes
from service.store.people import appeals
from service.store.upkeep import retention
from service.transfer.export import export_site
from tests.factories import NOON, a_comment, a_verdict, an_intake
from workers import maintenance

INES = Moderator(name="ines", role=Role.OWNER)
OTTO = Moderator(name="otto", role=Role.MODERATOR)
WHY = "It is about the tram."


@pytest.fixture
def submitted(core, news, record):
    """A comment that is not yet judged, and its receipt."""
    comment = a_comment()
    intakes.accept(record, an_intake(comment))
    return comment.id, core.signer.receipt("news", comment.id)


@pytest.fixture
def decide(core, record, submitted):
    def decide(status, by="ines", why=""):
        comment = comments.get(record, submitted[0])
        comments.change_status(record, comment, status, by=by, why=why, now=core.now())
        return comments.get(record, submitted[0])

    return decide


@pytest.fixture
def appealed(core, news, submitted, decide):
    decide(Status.REJECTED)
    return appeal.lodge(core, news, *submitted, WHY)


def later(core, **span):
    moment = core.now() + timedelta(**span)
    return replace(core, now=lambda: moment)


def test_a_machines_refusal_names_its_rules(core, news, record, submitted):
    comment = comments.get(record, submitted[0])
    verdict = a_verdict(Outcome.REJECT, "toxicity/threat", "links/many-links", THREAT=0.99)
    comments.judge(record, comment, verdict, now=NOON)
    explanation = statement.state(core, news, comments.get(record, submitted[0]))
    assert (explanation.decider, explanation.why) == (Decider.MACHINE, "")
    assert explanation.rules == ("toxicity/threat", "links/many-links")
    assert explanation.appeal_until - explanation.at == timedelta(days=30)


def test_what_was_taken_back_leaves_the_words_of_the_refusal(core, news, record, submitted, decide):
    decide(Status.REJECTED, why="Off the subject.")
    rejected = Seen(Status.REJECTED)
    token = decisions.decide(core, news, INES, submitted[0], Action.APPROVE, seen=rejected).undo
    undo.take_back(core, news, INES, token)
    comment = comments.get(record, submitted[0])
    assert statement.state(core, news, comment).why == "Off the subject."
    [*_, row] = export_site(core, news, labels=True)
    assert json.loads(row)["label"] == {"status": "rejected", "reason": "Off the subject."}


def test_a_persons_refusal_says_it_in_her_words_and_does_not_name_her(core, news, decide):
    explanation = statement.state(core, news, decide(Status.REJECTED, why="Off the subject."))
    assert (explanation.decider, explanation.why) == (Decider.PERSON, "Off the subject.")
    assert "ines" not in str(explanation)


def test_what_an_import_brought_was_refused_elsewhere(core, news, decide):
    explanation = statement.state(core, news, decide(Status.REJECTED, by="import"))
    assert (explanation.decider, explanation.why) == (Decider.ELSEWHERE, "")


def test_what_an_author_withdrew_takes_no_appeal(core, news, submitted, decide):
    explanation = statement.state(core, news, decide(Status.REMOVED, by="author", why="withdrawn"))
    assert (explanation.decider, explanation.appeal_until) == (Decider.AUTHOR, None)
    with pytest.raises(NotAppealable):
        appeal.lodge(core, news, *submitted, WHY)


@pytest.mark.parametrize("status", [Status.PENDING, Status.HELD, Status.APPROVED])
def test_what_was_not_refused_takes_no_appeal(core, news, submitted, decide, status):
    if status is not Status.PENDING:
        decide(status)
    with pytest.raises(NotAppealable):
        appeal.lodge(core, news, *submitted, WHY)


def test_an_appeal_waits_for_a_moderator(core, news, submitted, appealed):
    [(waiting, comment)] = appeal.waiting(core, news, OTTO)
    assert (waiting, comment.id) == (appealed, submitted[0])
    assert (waiting.text, waiting.state) == (WHY, AppealState.OPEN)


def test_one_appeal_is_possible_and_may_be_sent_again(core, news, submitted, appealed):
    assert appeal.lodge(core, news, *submitted, WHY).at == appealed.at
    with pytest.raises(NotAppealable):
        appeal.lodge(core, news, *submitted, "Something else.")


def test_only_its_author_appeals(core, news, submitted, decide):
    decide(Status.REJECTED)
    with pytest.raises(ReceiptRefused):
        appeal.lodge(core, news, submitted[0], "forged", WHY)


@pytest.mark.parametrize("words", ["", " \u200b", "x" * 2001])
def test_an_appeal_has_words_and_not_too_many(core, news, submitted, decide, words):
    decide(Status.REJECTED)
    with pytest.raises(Invalid):
        appeal.lodge(core, news, *submitted, words)


def test_after_the_window_it_is_too_late(core, news, submitted, decide):
    decide(Status.REJECTED)
    with pytest.raises(NotAppealable):
        appeal.lodge(later(core, days=31), news, *submitted, WHY)


def test_a_site_may_take_no_appeals(core, news, submitted, decide):
    site = replace(news, policy=replace(news.policy, appeal_days=0))
    decide(Status.REJECTED)
    with pytest.raises(NotAppealable):
        appeal.lodge(later(core, minutes=1), site, *submitted, WHY)


@pytest.mark.parametrize("status", [Status.REJECTED, Status.REMOVED])
def test_an_upheld_appeal_publishes_the_comment(core, news, record, submitted, decide, status):
    if status is Status.REMOVED:
        decide(Status.APPROVED)
    decide(status)
    appeal.lodge(core, news, *submitted, WHY)
    answered = appeal.answer(core, news, OTTO, submitted[0], upheld=True, words="You are right.")
    assert (answered.state, answered.by) == (AppealState.UPHELD, "otto")
    comment = comments.get(record, submitted[0])
    assert comment.status is Status.APPROVED
    assert history.last(record, comment).why == "You are right."
    assert appeal.waiting(core, news, OTTO) == []


def test_a_declined_appeal_leaves_the_comment_where_it_is(core, news, record, submitted, appealed):
    appeal.answer(core, news, OTTO, submitted[0], upheld=False, words="We stay with it.")
    assert comments.get(record, submitted[0]).status is Status.REJECTED
    assert appeals.get(record, submitted[0]).answer == "We stay with it."


def test_an_appeal_is_answered_once(core, news, submitted, appealed):
    first = appeal.answer(core, news, OTTO, submitted[0], upheld=False, words="No.")
    again = appeal.answer(core, news, OTTO, submitted[0], upheld=False, words="No.")
    assert again == first
    with pytest.raises(StaleStatus) as stale:
        appeal.answer(core, news, INES, submitted[0], upheld=True, words="Yes.")
    assert (stale.value.status, stale.value.by) == ("declined", "otto")


def test_an_answer_that_broke_off_half_way_is_finished_when_sent_again(
    core, news, record, submitted, appealed
):
    state = AppealState.UPHELD
    appeals.answer(record, submitted[0], state, text="Yes.", by="otto", now=core.now())
    appeal.answer(core, news, OTTO, submitted[0], upheld=True, words="Yes.")
    assert comments.get(record, submitted[0]).status is Status.APPROVED


def test_who_may_only_look_does_not_answer(core, news, submitted, appealed):
    analyst = Moderator(name="ada", role=Role.ANALYST)
    with pytest.raises(NotAllowed):
        appeal.answer(core, news, analyst, submitted[0], upheld=True, words="Yes.")
    with pytest.raises(NotAllowed):
        appeal.waiting(core, news, Moderator(name="x", role=Role.OWNER, sites=("else",)))


def test_where_there_is_no_appeal_there_is_nothing_to_answer(core, news, submitted, decide):
    decide(Status.REJECTED)
    with pytest.raises(AppealNotFound):
        appeal.answer(core, news, OTTO, submitted[0], upheld=True, words="Yes.")


def test_an_open_appeal_keeps_a_comment_from_being_purged(core, news, record, submitted, appealed):
    after = later(core, days=100)
    maintenance.purge(after)
    assert comments.get(record, submitted[0])
    appeal.answer(core, news, OTTO, submitted[0], upheld=False, words="No.")
    assert retention.purge(record, refused_before=after.now(), now=after.now()) == 1
    assert appeals.get(record, submitted[0]) is None
    assert not record.redis.exists(record.keys.appeals_answered())
