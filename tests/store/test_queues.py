"""A queue lists matching comments in the requested order, from its sets or from a window."""

import pytest

from service.domain.comment import Status
from service.domain.flag import Flag, FlagReason
from service.domain.queue_filters import Band, QueueFilters, QueueOrder, State
from service.domain.referral import Referral
from service.domain.verdict import Opinion, Outcome, Verdict
from service.store.comments import comments, intakes
from service.store.desk import claims, notes, queues, windows
from service.store.people import flags
from tests.factories import NOON, a_comment, a_moment, an_intake

LATER = a_moment(10)


@pytest.fixture
def hold(record):
    def hold(outcome=Outcome.HOLD, *, toxicity=0.5, margin=0.1, reasons=(), hosts=(), **changes):
        language = changes.pop("language", "en")
        comment = a_comment(**changes)
        intakes.accept(record, an_intake(comment))
        verdict = Verdict(
            outcome,
            tuple(Opinion(reason, Outcome.HOLD) for reason in reasons),
            {"TOXICITY": toxicity},
            language=language,
            margin=margin,
            hosts=hosts,
        )
        comments.judge(record, comment, verdict, now=NOON)
        return comment.id

    return hold


@pytest.fixture
def queued(record):
    def queued(**wanted):
        page = queues.page(record, QueueFilters(**wanted), limit=100, now=LATER, moderator="olga")
        return page.ids

    return queued


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        (QueueOrder.OLDEST, [0, 1, 2, 3]),
        (QueueOrder.NEWEST, [3, 2, 1, 0]),
        (QueueOrder.SCORE, [1, 2, 0, 3]),
        (QueueOrder.UNSURE, [3, 2, 0, 1]),
    ],
)
@pytest.mark.parametrize("filtered", [{}, {"words": "well"}], ids=["by its set", "by a window"])
def test_what_is_held_comes_in_the_order_asked(hold, queued, order, expected, filtered):
    ids = [hold(toxicity=0.2, margin=0.2), hold(toxicity=0.9, margin=0.3), hold(margin=0.1)]
    ids.append(hold(toxicity=None, margin=None))
    assert queued(order=order, **filtered) == [ids[place] for place in expected]


@pytest.mark.parametrize("order", [QueueOrder.SCORE, QueueOrder.UNSURE])
def test_pages_reach_what_has_no_score(record, hold, order):
    ids = [hold(), hold(toxicity=None, margin=None), hold(toxicity=None, margin=None)]
    read, cursor = [], ""
    while True:
        choice = QueueFilters(order=order)
        page = queues.page(record, choice, limit=1, now=LATER, cursor=cursor)
        assert page.total == 3
        read += page.ids
        if not (cursor := page.next):
            break
    assert sorted(read) == ids


def test_filters_meet(hold, queued):
    match = hold(author="eve", language="de", reasons=("spam/spam",), hosts=("a.example",))
    hold(author="eve", language="en", reasons=("spam/spam",))
    hold(author="bob", language="de", reasons=("links/many-links", "spam/spam"))
    assert queued(author="eve", language="de", reason="spam/spam", host="a.example") == [match]
    assert len(queued(reason="spam/spam")) == 3
    assert queued(author="eve", words="nothing like it") == []


def test_a_band_of_a_score_holds_both_its_ends(hold, queued):
    ids = [hold(toxicity=score) for score in (0.1, 0.5, 0.7, 0.9)]
    band = Band("TOXICITY", 0.5, 0.7)
    assert queued(band=band, order=QueueOrder.OLDEST) == ids[1:3]
    assert queued(band=band, order=QueueOrder.SCORE) == [ids[2], ids[1]]
    assert queued(band=Band("SPAM", 0.0, 1.0)) == []


def test_what_is_decided_leaves_all_its_facets(record, hold, queued):
    hold(Outcome.APPROVE, author="eve")
    assert queued(author="eve") == []
    assert not list(record.redis.scan_iter(match=record.keys.facet("*")))


def test_the_busiest_article_and_the_most_reported_come_first(record, hold, queued):
    quiet = hold(thread="a" * 20)
    hold(Outcome.APPROVE, thread="b" * 20)
    busy = hold(thread="b" * 20)
    assert queued(order=QueueOrder.TRAFFIC) == [busy, quiet]
    flag = Flag(reader="bob", reason=FlagReason.SPAM, note="", at=NOON)
    record.redis.hset(record.keys.flags(quiet), "bob", flags._write(flag))
    assert queued(order=QueueOrder.FLAGS) == [quiet, busy]


def test_mine_is_what_i_have_in_hand_or_was_sent(record, hold, queued):
    claimed, sent, _ = hold(), hold(), hold()
    claims.take(record, claimed, "olga", now=LATER)
    notes.send(record, Referral(comment=sent, to="olga", by="ben", at=NOON))
    assert queued(state=State.MINE) == [claimed, sent]
    assert queues.counts_for(record, "olga", now=LATER)[State.MINE] == 2
    assert queues.counts_for(record, "ben", now=LATER)[State.MINE] == 0


def test_pending_too_long_is_what_no_worker_has_judged_for_a_minute(record, queued):
    comment = a_comment()
    intakes.accept(record, an_intake(comment))
    assert queued(state=State.PENDING) == [comment.id]
    page = queues.page(record, QueueFilters(state=State.PENDING), limit=9, now=NOON)
    assert page.ids == []


@pytest.mark.parametrize("words", ["", "well"])
def test_pages_follow_each_other_while_comments_go(record, hold, words):
    ids = [hold() for _ in range(5)]
    choice = QueueFilters(words=words)
    first = queues.page(record, choice, limit=2, now=LATER)
    for id_ in first.ids:
        read = comments.get(record, id_)
        comments.change_status(record, read, Status.APPROVED, by="olga", now=NOON)
    second = queues.page(record, choice, limit=2, now=LATER, cursor=first.next)
    assert (first.ids, second.ids) == (ids[:2], ids[2:4])


def test_a_window_says_how_far_it_looked(record, hold, monkeypatch):
    monkeypatch.setattr(windows, "SIZE", 2)
    [hold() for _ in range(3)]
    page = queues.page(record, QueueFilters(words="well"), limit=9, now=LATER)
    assert (page.total, page.window) == (2, 2)


def test_a_whole_band_is_found_beyond_the_window(record, hold, monkeypatch):
    monkeypatch.setattr(windows, "SIZE", 2)
    ids = [hold(toxicity=0.7) for _ in range(4)]
    band = Band("TOXICITY", 0.6, 0.8)
    comments_found, window = queues.everything(
        record, QueueFilters(band=band), limit=100, now=LATER
    )
    assert (sorted(comments_found), window) == (ids, None)
    narrow = QueueFilters(band=band, language="en")
    comments_found, window = queues.everything(record, narrow, limit=100, now=LATER)
    assert (len(comments_found), window) == (2, 2)
