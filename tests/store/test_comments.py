"""One comment in the store: accepted once, one path for its status, each change logged."""

import threading
from dataclasses import replace
from datetime import timedelta

import pytest

from service.domain.comment import TRANSITIONS, Status
from service.domain.errors import CommentNotFound, StaleStatus
from service.domain.verdict import Opinion, Outcome, Verdict
from service.store.comments import comments, history, intakes, unjudged
from service.store.comments.intakes import Proof
from service.store.people import authors
from service.store.upkeep import repair
from tests.factories import NOON, a_comment, a_moment, a_verdict, an_intake


@pytest.fixture
def accept(record):
    def accept(comment=None, **changes):
        comment = comment or a_comment()
        intakes.accept(record, an_intake(comment, **changes))
        return comments.get(record, comment.id)

    return accept


def a_proof(**changes):
    return Proof(**{"nonce": "n1", "expires_at": a_moment(10_000_000), "right": True} | changes)


def test_a_comment_comes_back_as_it_was_taken(record):
    sent = a_comment(email="ann@example.org", parent=None, body="Üñï\n\nsaid 👍")
    assert intakes.accept(record, an_intake(sent)).ring
    assert comments.get(record, sent.id) == sent


def test_only_the_first_comment_rings(record):
    rings = [intakes.accept(record, an_intake()).ring for _ in range(3)]
    assert rings == [True, False, False]


def test_a_new_comment_waits_to_be_judged(record, accept):
    comment = accept()
    assert comment.status is Status.PENDING
    assert unjudged.claim(record, limit=9, now=a_moment(1)) == [(comment.id, 1)]


def test_a_repeated_key_gives_the_first_comment(record):
    first = intakes.accept(record, an_intake(idempotency="k", fingerprint="f"))
    again = intakes.accept(record, an_intake(idempotency="k", fingerprint="f"))
    assert (again.repeated, again.id) == (True, first.id)
    assert unjudged.count(record) == 1


def test_simultaneous_sends_with_one_key_keep_one_comment(record):
    start, answers = threading.Barrier(8), []

    def send():
        intake = an_intake(idempotency="k", fingerprint="f", proof=a_proof())
        start.wait()
        answers.append(intakes.accept(record, intake).id)

    threads = [threading.Thread(target=send) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(answers)) == 1
    assert unjudged.count(record) == 1


@pytest.mark.parametrize(
    ("proof", "code"),
    [(a_proof(right=False), "wrong"), (a_proof(nonce="spent"), "used")],
    ids=["wrong", "used"],
)
def test_a_bad_captcha_keeps_nothing(record, proof, code):
    intakes.accept(record, an_intake(proof=a_proof(nonce="spent")))
    answer = intakes.accept(record, an_intake(proof=proof))
    assert [fault.code for fault in answer.faults] == [code]
    assert unjudged.count(record) == 1


def test_the_third_wrong_answer_ends_a_captcha(record):
    wrong = an_intake(proof=a_proof(right=False))
    codes = [intakes.accept(record, wrong).faults[0].code for _ in range(3)]
    assert codes == ["wrong", "wrong", "exhausted"]
    right = intakes.accept(record, an_intake(proof=a_proof()))
    assert right.faults[0].code == "exhausted"


def test_a_look_keeps_nothing_and_spends_no_captcha(record):
    assert not intakes.accept(record, an_intake(proof=a_proof()), keep=False).faults
    assert unjudged.count(record) == 0
    assert not intakes.accept(record, an_intake(proof=a_proof())).faults


def test_all_faults_are_told_at_once(record):
    intakes.accept(record, an_intake())
    late = a_comment(parent="0" * 26, created_at=NOON + timedelta(days=2))
    wrong = an_intake(late, proof=a_proof(right=False), closes_after=timedelta(days=1))
    answer = intakes.accept(record, wrong)
    assert {fault.field for fault in answer.faults} == {"captcha.answer", "parent", "thread"}


def test_a_thread_closes_by_age(record):
    intakes.accept(record, an_intake())
    late = a_comment(created_at=a_moment(60 * 24 * 8))
    answer = intakes.accept(record, an_intake(late, closes_after=timedelta(days=7)))
    assert [fault.field for fault in answer.faults] == ["thread"]


def test_only_an_approved_comment_of_the_thread_can_be_answered(record, accept):
    parent = accept()
    reply = an_intake(a_comment(parent=parent.id))
    assert intakes.accept(record, reply).faults[0].field == "parent"
    comments.judge(record, parent, a_verdict(), now=NOON)
    elsewhere = an_intake(a_comment(parent=parent.id, thread="f" * 20))
    assert intakes.accept(record, elsewhere).faults[0].field == "parent"
    assert not intakes.accept(record, reply).faults


@pytest.mark.parametrize("outcome", list(Outcome))
def test_a_verdict_moves_and_logs(record, accept, outcome):
    comment = accept()
    verdict = a_verdict(outcome, "spam/spam", TOXICITY=0.1234, SPAM=None)
    comments.judge(record, comment, verdict, now=NOON)

    judged = comments.get(record, comment.id)
    assert judged.status is outcome.status
    assert judged.scores["TOXICITY"] == 0.123
    assert judged.scores["SPAM"] is None
    assert judged.reasons == ("spam/spam",)
    assert record.redis.zrange(record.keys.home(outcome.status), 0, -1) == [comment.id]
    assert unjudged.count(record) == 0
    [entry] = history.of_comment(record, judged.last_entry)
    assert (entry.old, entry.new, entry.by) == ("pending", outcome.status, "machine")
    assert (entry.model, entry.reasons) == ("test-1", ("spam/spam",))
    assert entry.scores["TOXICITY"] == 0.123


def test_the_log_keeps_what_each_reason_asked_for_and_the_comment_only_the_codes(record, accept):
    comment = accept()
    opinions = (
        Opinion("links/many-links", Outcome.HOLD, 3.0),
        Opinion("toxicity/severe-toxicity", Outcome.HOLD, 0.6),
        Opinion("spam/spam", Outcome.REJECT, 0.99),
    )
    comments.judge(record, comment, Verdict(Outcome.REJECT, opinions), now=NOON)
    judged = comments.get(record, comment.id)
    codes = ("links/many-links", "toxicity/severe-toxicity", "spam/spam")
    assert judged.reasons == codes
    [entry] = history.of_comment(record, judged.last_entry)
    assert entry.reasons == codes
    assert [one.outcome for one in entry.opinions] == ["hold", "hold", "reject"]


def test_an_entry_from_before_outcomes_were_kept_is_read(record, accept):
    row = dict.fromkeys(("old", "why", "scores", "model", "prev"), "")
    row |= {"comment": accept().id, "new": "rejected", "by": "machine"}
    record.redis.xadd(record.keys.log(), row | {"reasons": "links/blocked-host,mode/pre"})
    entry = history.latest(record, limit=1)[0]
    assert entry.reasons == ("links/blocked-host", "mode/pre")
    assert [one.outcome for one in entry.opinions] == ["reject", "hold"]


def test_an_approved_comment_is_read_under_its_thread(record, accept):
    comment = accept()
    comments.judge(record, comment, a_verdict(), now=NOON)
    assert record.redis.zrange(record.keys.thread_new(comment.thread), 0, -1) == [comment.id]
    approved = comments.get(record, comment.id)
    comments.change_status(record, approved, Status.REMOVED, by="eve", now=NOON)
    assert record.redis.zcard(record.keys.thread_new(comment.thread)) == 0
    assert record.redis.zcard(record.keys.thread_best(comment.thread)) == 0


@pytest.mark.parametrize("old", list(Status))
@pytest.mark.parametrize("new", list(Status))
def test_a_status_changes_only_along_the_table(record, accept, old, new):
    comment = accept()
    if old is not Status.PENDING:
        way = [old] if old in TRANSITIONS[Status.PENDING] else []
        for step in way:
            comments.change_status(record, comment, step, by="test", now=NOON)
    comment = comments.get(record, comment.id)
    assert comment.status is old
    if new in TRANSITIONS[old]:
        comments.change_status(record, comment, new, by="test", now=NOON)
        assert comments.get(record, comment.id).status is new
        return
    with pytest.raises(StaleStatus):
        comments.change_status(record, comment, new, by="test", now=NOON)
    assert comments.get(record, comment.id).status is old


def test_the_loser_of_a_race_learns_who_won(record, accept):
    seen = accept()
    comments.change_status(record, seen, Status.HELD, by="machine", now=NOON)
    held = comments.get(record, seen.id)
    comments.change_status(record, held, Status.APPROVED, by="ann", now=NOON)
    with pytest.raises(StaleStatus) as stale:
        comments.change_status(record, held, Status.REJECTED, by="ben", now=NOON)
    assert (stale.value.status, stale.value.by) == ("approved", "ann")
    assert stale.value.at is not None


def test_a_verdict_on_a_text_that_was_edited_since_is_void(record, accept):
    read = accept()
    comments.change_status(record, read, Status.PENDING, by="author", text="Other words.", now=NOON)
    with pytest.raises(StaleStatus):
        comments.judge(record, read, a_verdict(), now=NOON)
    edited = comments.get(record, read.id)
    assert (edited.body, edited.revision, edited.status) == ("Other words.", 1, Status.PENDING)
    assert unjudged.count(record) == 1


def test_published_at_once_is_judged_after(record, accept):
    comment = accept(a_comment(status=Status.APPROVED))
    assert record.redis.zcard(record.keys.thread_new(comment.thread)) == 1
    assert unjudged.count(record) == 1
    comments.judge(record, comment, a_verdict(), now=NOON)
    assert unjudged.count(record) == 0
    assert record.redis.zcard(record.keys.thread_new(comment.thread)) == 1
    comment = comments.get(record, comment.id)
    assert [e.by for e in history.of_comment(record, comment.last_entry)] == [
        "machine",
        "mode",
    ]


def test_an_authors_record_follows_the_statuses(record, accept):
    first, second = accept(), accept()
    comments.judge(record, first, a_verdict(), now=NOON)
    comments.judge(record, second, a_verdict(Outcome.HOLD), now=NOON)
    held = comments.get(record, second.id)
    comments.change_status(record, held, Status.REJECTED, by="eve", now=NOON)
    [known] = authors.records(record, ["ann"])
    assert (known.approved, known.held, known.rejected) == (1, 0, 1)
    assert known.first == first.created_at


def test_a_comment_that_is_not_there_is_missed(record):
    with pytest.raises(CommentNotFound):
        comments.get(record, "0" * 26)
    ghost = replace(a_comment(), status=Status.PENDING)
    with pytest.raises(CommentNotFound):
        comments.change_status(record, ghost, Status.HELD, by="test", now=NOON)


def test_a_persons_decision_stands_against_a_verdict_that_comes_late(record, accept):
    claimed = accept()
    comments.change_status(record, claimed, Status.APPROVED, by="eve", now=NOON)
    read_late = comments.get(record, claimed.id)
    for read in (claimed, read_late):
        verdict = a_verdict(Outcome.HOLD)
        assert comments.judge_many(record, [(read, verdict)], now=NOON) == [None]
    assert comments.get(record, claimed.id).status is Status.APPROVED


@pytest.mark.parametrize("lost", ["t", "a", "n", "s"])
def test_half_a_comment_is_none_and_hinders_nothing(record, accept, lost):
    whole, half = accept(), accept()
    record.redis.hdel(record.keys.comment(half.id), lost)
    assert comments.get_many(record, [half.id, whole.id]) == [whole]
    repair.mend(record, now=NOON)
