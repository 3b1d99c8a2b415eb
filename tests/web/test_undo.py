"""A decision can be undone for ten minutes, by its moderator, from any page."""

from dataclasses import replace
from datetime import timedelta

from service.desk.queue.undo import undoable
from service.domain.comment import Status
from service.domain.moderator import Moderator, Role
from service.store.comments import comments
from service.store.site import sites
from tests.web.moderators import together

OLGA = Moderator(name="olga", role=Role.MODERATOR)


def test_a_decision_is_taken_back_once(enter, hold, record):
    comment, desk = hold(), enter()
    undo = desk.decide(comment, "reject").json["undo"]
    assert desk.post("news/undo", undo=undo).json == {"comments": [comment.id]}
    assert comments.get(record, comment.id).status is Status.HELD
    assert record.redis.zscore(record.keys.facet("reason:spam/spam"), comment.id)
    assert desk.post("news/undo", undo=undo).status_code == 410


def test_nobody_takes_back_what_somebody_else_decided(enter, hold, record):
    comment = hold()
    undo = enter(name="ann").decide(comment, "reject").json["undo"]
    assert enter(name="ben").post("news/undo", undo=undo).status_code == 403
    assert comments.get(record, comment.id).status is Status.REJECTED


def test_what_was_decided_again_is_not_taken_back(enter, hold, record):
    comment, desk = hold(), enter()
    undo = desk.decide(comment, "reject").json["undo"]
    desk.decide(comment, "approve", seen="rejected")
    assert desk.post("news/undo", undo=undo).json == {"comments": []}
    assert comments.get(record, comment.id).status is Status.APPROVED


def test_what_can_be_taken_back_is_on_every_page(enter, hold):
    one, two = hold(body="Look at this one."), hold()
    desk, ben = enter(), enter(name="ben")
    undo = desk.decide(one, "reject").json["undo"]
    desk.decide(two, "approve")
    for page in ("news?state=rejected", f"news/comments/{one.id}"):
        shown = desk.get(page).text
        assert "the last ten minutes (2)" in shown
        assert "<strong>Rejected</strong> <span" in shown
        assert "“Look at this one.”" in shown
        assert "the last ten minutes" not in ben.get(page).text
    assert desk.post("news/undo", undo=undo).json == {"comments": [one.id]}
    assert "the last ten minutes (1)" in desk.get("news").text


def test_a_large_decision_is_one_that_can_be_taken_back(enter, hold):
    desk, ids = enter(), [hold().id for _ in range(3)]
    seen, undo = together(desk), ""
    for part in (ids[:2], ids[2:]):
        sent = {**seen, "comments": " ".join(part), "undo": undo}
        undo = desk.post("news/bulk", action="approve", **sent).json["undo"]
    assert "<strong>Approved</strong> 3 comments" in desk.get("news").text


def test_after_ten_minutes_it_is_over(enter, hold, core, record):
    undo = enter().decide(hold(), "reject").json["undo"]
    for key in (record.keys.undo(undo), record.keys.undos("olga")):
        assert 590_000 < record.redis.pttl(key) <= 600_000
    for minutes, count in ((9, 1), (11, 0)):
        later = replace(core, now=lambda by=timedelta(minutes=minutes): core.now() + by)
        assert len(undoable(later, sites.get(record.redis, "news"), OLGA)) == count
