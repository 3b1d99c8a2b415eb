"""A clock that is set back or forward: nothing waits for hours, is lost or deleted too early."""

from dataclasses import replace
from datetime import timedelta

import pytest
import structlog

from service.desk.account import challenges
from service.desk.office import statistics
from service.domain import hours, moments
from service.domain.comment import Status
from service.domain.flag import Flag, FlagReason
from service.store.comments import comments, intakes, unjudged
from service.store.desk import backlog
from service.store.people import flags, traffic
from service.store.site import letters, rollups, workers
from tests.factories import NOON, a_comment, a_verdict, an_intake
from tests.workers.outbox import a_letter
from workers import maintenance, schedule
from workers.schedule import Periodic
from workers.steadiness import Steadiness

BACK = timedelta(hours=2)
EARLIER = NOON - BACK


@pytest.fixture
def at(core):
    """The core at another time."""
    return lambda moment: replace(core, now=lambda: moment)


@pytest.fixture
def accepted(record):
    comment = a_comment(created_at=NOON)
    intakes.accept(record, an_intake(comment))
    return comment


def test_what_was_accepted_before_the_clock_was_set_back_is_judged_at_once(record, accepted):
    assert unjudged.claim(record, limit=9, now=EARLIER) == [(accepted.id, 1)]
    assert unjudged.claim(record, limit=9, now=EARLIER) == [], "and its lease holds"


def test_a_lease_from_before_the_clock_was_set_back_ends(record, accepted):
    assert unjudged.claim(record, limit=9, now=NOON)
    assert unjudged.claim(record, limit=9, now=NOON + timedelta(seconds=1)) == []
    assert unjudged.claim(record, limit=9, now=EARLIER) == [(accepted.id, 2)]


def test_workers_whose_clocks_differ_a_little_respect_each_others_leases(record, accepted):
    assert unjudged.claim(record, limit=9, now=NOON + timedelta(seconds=5))
    assert unjudged.claim(record, limit=9, now=NOON) == []


def test_maintenance_rings_for_what_was_accepted_before_the_clock_was_set_back(
    at, record, rung, news, accepted
):
    record.redis.delete(record.keys.bell())
    maintenance.sweep(at(EARLIER))
    assert rung == ["news"]


def test_a_bell_that_outlasts_its_time_keeps_nobody_from_ringing(record, news):
    record.redis.set(record.keys.bell(), "1", px=BACK)
    assert intakes.accept(record, an_intake()).ring
    assert not intakes.accept(record, an_intake()).ring
    record.redis.set(record.keys.bell(), "1", px=BACK)
    assert unjudged.touch_bell(record, lasts=timedelta(seconds=3))
    assert not unjudged.touch_bell(record, lasts=timedelta(seconds=3))


def test_a_letter_does_not_wait_until_it_is_as_late_as_it_was(redis):
    letters.post(redis, a_letter(), NOON)
    taken = letters.take(redis, EARLIER)
    assert taken
    assert letters.take(redis, EARLIER) is None, "it is leased"
    letters.retry(redis, replace(taken, tries=1), EARLIER + letters.BACK_OFF[0])
    assert letters.take(redis, EARLIER) is None, "it waits after a failure"
    letters.retry(redis, replace(taken, tries=6), NOON + letters.BACK_OFF[5])
    assert letters.take(redis, NOON + timedelta(hours=1)) is None, "it waits for twelve hours"
    assert letters.take(redis, EARLIER)


def test_a_worker_of_the_future_is_not_alive(redis):
    workers.sign(redis, "dead", "model", now=NOON)
    assert workers.alive(redis, now=EARLIER) == []
    workers.forget(redis, now=EARLIER)
    assert workers.alive(redis, now=NOON) == []


def test_a_code_is_used_up_for_as_long_as_it_could_be_answered(record):
    proof = intakes.Proof(nonce="n", expires_at=NOON + timedelta(minutes=10), right=True)
    assert not intakes.accept(record, an_intake(a_comment(created_at=EARLIER), proof=proof)).faults
    lasts = record.redis.pttl(record.keys.captcha("n"))
    assert timedelta(milliseconds=lasts) > BACK
    again = intakes.accept(record, an_intake(a_comment(created_at=EARLIER), proof=proof))
    assert [fault.code for fault in again.faults] == ["used"]


def test_a_flag_after_the_clock_was_set_back_is_a_new_one(record, accepted):
    comments.judge(record, accepted, a_verdict(), now=NOON)
    record.redis.hset(record.keys.comment(accepted.id), "g", moments.to_ms(NOON))
    assert flags.raise_flag(record, accepted.id, a_flag("ann", EARLIER)) == 1
    assert record.redis.zscore(record.keys.flagged(), accepted.id) == 1


def test_approving_answers_flags_from_before_the_clock_was_set_back(record, accepted):
    comments.judge(record, accepted, a_verdict(), now=NOON)
    flags.raise_flag(record, accepted.id, a_flag("ann", NOON))
    for status in (Status.HELD, Status.APPROVED):
        stored = comments.get(record, accepted.id)
        comments.change_status(record, stored, status, by="ines", why="", now=EARLIER)
    assert record.redis.zscore(record.keys.flagged(), accepted.id) is None


def test_waiting_comments_of_the_future_are_new_ones(record):
    comment = a_comment(created_at=NOON)
    intakes.accept(record, an_intake(comment))
    comments.change_status(record, comment, Status.HELD, by="ines", why="", now=NOON)
    bands, oldest = backlog.ages(record, EARLIER)
    assert (bands[0], oldest) == (("under an hour", 1), timedelta())


def test_hours_that_were_counted_too_early_are_counted_again(at, record, news):
    rollups.mark(record, hours.of(NOON + BACK))
    statistics.roll_up(at(NOON), news)
    assert rollups.rolled(record) <= NOON


def test_a_challenge_of_the_future_is_not_redeemed(at):
    made = challenges.make(at(NOON), "sign-in")
    assert not challenges.take(at(EARLIER), "sign-in", made)
    assert challenges.take(at(NOON - timedelta(seconds=5)), "sign-in", made)
    assert not challenges.take(at(NOON), "sign-in", made), "it is used once"


def test_counters_that_outlast_their_time_raise_no_suspicion(record):
    kind = ("address", "somebody")
    for _ in range(9):
        traffic.note(record, [kind])
    assert traffic.count(record, [kind]) == [9]
    record.redis.pexpire(record.keys.lately(*kind), BACK)
    assert traffic.count(record, [kind]) == [0]
    traffic.note(record, [kind])
    assert traffic.count(record, [kind]) == [1]


@pytest.mark.parametrize("jump", [timedelta(days=400), timedelta(days=-400), timedelta(hours=2)])
def test_after_a_jump_of_the_clock_nothing_is_deleted(core, jump):
    wall, ticks, deleted = [NOON], [0.0], []
    steadiness = Steadiness(lambda: wall[0], lambda: ticks[0])
    purge = Periodic(600, lambda core: deleted.append("purged"), deletes=True)
    purge.job.__name__ = "purge"

    def run(passed, shown):
        ticks[0] += passed.total_seconds()
        wall[0] += shown
        schedule.attempt(purge, core, steadiness)

    run(timedelta(hours=9), timedelta(hours=9, minutes=5))
    assert deleted == ["purged"]
    with structlog.testing.capture_logs() as logs:
        run(timedelta(minutes=10), jump)
    assert deleted == ["purged"]
    assert [line["event"] for line in logs] == ["clock jumped"]
    run(timedelta(minutes=10), -jump)
    assert deleted == ["purged"] * 2, "the clock is right again"


def a_flag(reader, at):
    return Flag(reader=reader, reason=FlagReason.SPAM, note="", at=at, network=reader)
