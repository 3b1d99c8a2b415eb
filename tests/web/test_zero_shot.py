"""The desk says plainly where the scores of a comment are zero-shot."""

from dataclasses import replace

import pytest

from service.clients import keyring
from service.domain.comment import Status
from service.domain.key import ApiKey, Scope
from service.domain.moderator import Role
from service.domain.verdict import Depth, Outcome
from service.store.comments import comments, history, intakes
from tests.factories import NOON, a_comment, a_verdict, an_intake

SAID = "zero-shot scores"


@pytest.fixture
def judged(record, news):
    def judged(depth):
        comment = a_comment()
        intakes.accept(record, an_intake(comment))
        verdict = a_verdict(Outcome.HOLD, "toxicity/toxic", TOXICITY=0.99)
        comments.judge(record, comment, replace(verdict, depth=depth), now=NOON)
        return comment

    return judged


@pytest.mark.parametrize("depth", Depth)
def test_a_card_says_how_far_its_scores_can_be_trusted(enter, judged, depth):
    page = enter(Role.MODERATOR).get(f"news/comments/{judged(depth).id}").text

    assert (SAID in page) is depth.is_zero_shot
    assert ("never measured in this language" in page) is (depth is Depth.UNMEASURED)


def test_a_decision_of_a_person_does_not_change_how_it_was_read(record, enter, judged):
    comment = judged(Depth.ZERO_SHOT)
    held = comments.get(record, comment.id)
    comments.change_status(record, held, Status.REJECTED, by="ann", now=NOON, why="It is rude.")

    assert history.last(record, comments.get(record, comment.id)).depth is Depth.UNREAD
    assert SAID in enter(Role.MODERATOR).get(f"news/comments/{comment.id}").text


def test_programs_read_it_in_the_queue(core, client, judged):
    judged(Depth.ZERO_SHOT)
    token = keyring.issue(core, ApiKey(id="", scope=Scope.MANAGE, site="news"))
    headers = {"Authorization": f"Bearer {token}"}
    [queued] = client.get("/api/v1/sites/news/queue", headers=headers).json["comments"]
    assert queued["depth"] == "zero-shot"
