"""Flags: one per reader, answered by the moderator who keeps the comment."""

from datetime import timedelta

import pytest

from service.domain.comment import Status
from service.domain.errors import CommentNotFound, NotFlaggable
from service.domain.flag import Flag, FlagReason
from service.store.comments import comments, intakes
from service.store.people import flags
from service.store.upkeep import repair
from tests.factories import NOON, a_comment, a_verdict, an_intake


@pytest.fixture
def approved(record):
    comment = a_comment()
    intakes.accept(record, an_intake(comment))
    comments.judge(record, comment, a_verdict(), now=NOON)
    return comment


@pytest.fixture
def flag(record, approved):
    def flag(reader, minutes=1):
        moment = NOON + timedelta(minutes=minutes)
        raised = Flag(reader=reader, reason=FlagReason.ABUSE, note="Not nice.", at=moment)
        return flags.raise_flag(record, approved.id, raised)

    return flag


def test_a_reader_flags_once(record, approved, flag):
    assert [flag("bob"), flag("bob"), flag("cai")] == [1, 1, 2]
    assert [f.reader for f in flags.of_comment(record, approved.id)] == ["bob", "cai"]
    assert record.redis.zscore(record.keys.flagged(), approved.id) == 2


def test_what_a_person_lets_stand_has_no_open_flags(record, approved, flag):
    flag("bob")
    for status, minutes in ((Status.HELD, 2), (Status.APPROVED, 3)):
        read = comments.get(record, approved.id)
        now = NOON + timedelta(minutes=minutes)
        comments.change_status(record, read, status, by="eve", now=now)
    assert record.redis.zcard(record.keys.flagged()) == 0
    assert not repair.mend(record, now=NOON)
    assert flag("cai", minutes=4) == 1
    assert len(flags.of_comment(record, approved.id)) == 2


def test_only_what_readers_see_takes_flags(record, approved, flag):
    read = comments.get(record, approved.id)
    comments.change_status(record, read, Status.HELD, by="eve", now=NOON)
    with pytest.raises(NotFlaggable):
        flag("bob")
    raised = Flag(reader="bob", reason=FlagReason.SPAM, note="", at=NOON)
    with pytest.raises(CommentNotFound):
        flags.raise_flag(record, "0" * 26, raised)
