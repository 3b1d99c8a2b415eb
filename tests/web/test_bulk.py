"""One decision on many comments affects only those that were listed."""

import pytest

from service.domain.comment import Status
from service.domain.moderator import Role
from service.domain.referral import Referral
from service.store.comments import comments, history, intakes
from service.store.desk import notes
from tests.factories import NOON, a_comment, an_intake
from tests.web.moderators import together


@pytest.fixture
def desk(enter):
    return enter()


def status_of(record, comment):
    return comments.get(record, comment.id).status


def test_many_are_decided_as_one_and_logged_each(desk, hold, record):
    held = [hold() for _ in range(5)]
    form = together(desk)
    desk.decide(held[0], "reject")
    answer = desk.post("news/bulk", action="approve", **form)
    assert (len(answer.json["decided"]), answer.json["stale"]) == (4, 1)
    after = comments.get_many(record, [comment.id for comment in held])
    assert [comment.status for comment in after] == [Status.REJECTED, *[Status.APPROVED] * 4]
    assert all(history.last(record, comment).by == "olga" for comment in after)
    back = desk.post("news/undo", undo=answer.json["undo"]).json["comments"]
    assert set(back) == {c.id for c in held[1:]}


def test_a_large_decision_in_parts_is_taken_back_as_one(desk, hold):
    one, two = hold(), hold()
    form = together(desk)
    first = desk.post("news/bulk", action="reject", comments=one.id, **form).json
    second = desk.post(
        "news/bulk", action="reject", comments=two.id, undo=first["undo"], **form
    ).json
    assert second["undo"] == first["undo"]
    assert set(desk.post("news/undo", undo=first["undo"]).json["comments"]) == {one.id, two.id}


def test_what_enters_the_queue_after_the_look_is_not_decided_with_it(desk, hold, record):
    earlier = a_comment()
    intakes.accept(record, an_intake(earlier))
    seen = hold()
    form = together(desk, state="held")
    before = comments.get(record, earlier.id)
    comments.change_status(record, before, Status.HELD, by="machine", now=NOON)
    later = hold()
    answer = desk.post("news/bulk", action="approve", **form)
    assert answer.json["decided"] == [seen.id]
    assert status_of(record, earlier) is status_of(record, later) is Status.HELD


def test_a_text_that_was_changed_since_is_left_alone(desk, hold, edit, record):
    same, changed = hold(), hold()
    form = together(desk)
    edit(changed, "Something else altogether.")
    answer = desk.post("news/bulk", action="approve", **form)
    assert (answer.json["decided"], answer.json["stale"]) == ([same.id], 1)
    assert status_of(record, changed) is Status.HELD


def test_nothing_but_what_was_looked_at_can_be_named(desk, hold, record):
    seen = hold()
    form = together(desk)
    other = hold()
    answer = desk.post("news/bulk", action="reject", comments=f"{seen.id} {other.id}", **form)
    assert answer.json["decided"] == [seen.id]
    assert status_of(record, other) is Status.HELD
    nothing = desk.post("news/bulk", action="reject", comments=other.id, **form)
    assert nothing.status_code == 422


def test_what_a_colleague_looked_at_is_not_for_others(desk, enter, hold, record):
    comment, ben = hold(), enter(name="ben")
    form = together(desk)
    answer = ben.post("news/bulk", action="reject", **form)
    assert (answer.status_code, answer.json["errors"][0]["field"]) == (422, "preview")
    record.redis.delete(*record.redis.keys(record.keys.preview("*")))
    late = desk.post("news/bulk", action="reject", json=False, **form)
    assert late.status_code == 422
    assert "please look again" in late.text
    assert status_of(record, comment) is Status.HELD


def test_a_look_is_kept_for_an_hour(desk, hold, record):
    hold()
    form = together(desk)
    assert 3500 < record.redis.ttl(record.keys.preview(form["preview"])) <= 3600


def test_who_may_only_look_leaves_nothing_behind(enter, hold, record):
    hold()
    assert together(enter(Role.ANALYST, name="ana"))["preview"] == ""
    assert not record.redis.keys(record.keys.preview("*"))


def test_what_is_mine_is_decided_by_what_each_of_it_is(desk, hold, publish, record):
    held, approved, other = hold(), publish(), publish()
    desk.post(f"news/comments/{held.id}/claim")
    for comment in (approved, other):
        referral = Referral(comment=comment.id, to="olga", by="ben", at=NOON)
        notes.send(record, referral)
    page = desk.get("news/bulk?state=mine").text
    assert "3 comments, one decision" in page
    assert all(button in page for button in ("Keep 2", "Approve 1", "Reject all 3"))
    form = together(desk, state="mine")
    assert desk.post("news/bulk", action="approve", **form).json["decided"] == [held.id]
    form = together(desk, state="mine")
    answer = desk.post("news/bulk", action="reject", **form)
    assert set(answer.json["decided"]) == {approved.id, other.id}


def test_what_waits_for_a_worker_too_long_is_decided(desk, record, news):
    comment = a_comment()
    intakes.accept(record, an_intake(comment))
    form = together(desk, state="pending")
    assert desk.post("news/bulk", action="approve", **form).json["decided"] == [comment.id]
    assert status_of(record, comment) is Status.APPROVED


def test_what_is_picked_of_another_site_is_not_here(desk, hold, other):
    theirs = hold(at=other)
    page = desk.get("news/bulk", query_string={"comment": [theirs.id, "x"]})
    assert "0 comments, one decision" in page.text
    assert status_of(other, theirs) is Status.HELD


@pytest.mark.parametrize("asked", [{"by": "x" * 17}, {"state": "asleep"}, {"low": "0.9"}], ids=str)
def test_a_filter_that_makes_no_sense_chooses_nothing(desk, hold, asked):
    hold()
    assert desk.get("news/bulk", query_string=asked).status_code == 422
