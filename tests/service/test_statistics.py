"""Hours are counted from the streams alone: stored and recounted figures are the same."""

import random
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from service.desk.office import audit, dashboard, dryrun, statistics, transparency
from service.desk.office.audit import EventKind, LogFilters
from service.desk.office.dashboard import Period
from service.domain import hours, waits
from service.domain.counts import Count, CountKind
from service.domain.errors import Invalid
from service.domain.moderator import Moderator, Role
from service.store.desk import acts
from service.store.site import rollups
from tests.past import Past

OWNER = Moderator(name="ines", role=Role.OWNER)
COMMENTS, DAYS = 400, 3


@pytest.fixture
def past(core, news):
    Past(core, news).happen(COMMENTS, DAYS)
    acts.write(core.at("news"), "policy", by="ines", about="max_links", old="2", new="1")
    return news


def everything(core, site):
    return statistics.between(core, site, core.now() - timedelta(days=DAYS + 1), core.now())


def summed(found):
    return sum(found.values(), Counter())


def test_what_is_kept_is_what_would_be_counted(core, past):
    before = everything(core, past)
    assert summed(before)[Count(CountKind.ARRIVED)] == COMMENTS
    assert statistics.roll_up(core, past) >= 24 * (DAYS - 1)
    assert statistics.roll_up(core, past) == 0
    assert everything(core, past) == before


def test_mending_puts_right_what_somebody_has_spoilt(core, past, record):
    statistics.roll_up(core, past)
    right = everything(core, past)
    hour = hours.name(core.now() - timedelta(hours=4))
    record.redis.hset(record.keys.hour(hour), "arrived", 999)
    record.redis.delete(record.keys.hour(hours.name(core.now() - timedelta(hours=5))))
    assert statistics.recount(core, past, core.now() - timedelta(hours=20)) >= 1
    assert everything(core, past) == right
    assert statistics.recount(core, past, core.now() - timedelta(hours=20)) == 0


def test_lost_counts_are_made_again(core, past, record):
    statistics.roll_up(core, past)
    right = everything(core, past)
    for key in record.redis.scan_iter(record.keys.hour("*")):
        record.redis.delete(key)
    record.redis.delete(record.keys.rolled())
    statistics.roll_up(core, past)
    assert everything(core, past) == right


def test_an_hour_without_anything_is_no_key(core, news, record):
    assert statistics.roll_up(core, news) == 0
    assert rollups.get_many(record, [hours.of(core.now())]) == [Counter()]


def test_numbers_of_the_dashboard_add_up(core, past):
    page = dashboard.open_dashboard(core, past, OWNER, Period.WEEK)
    assert page.total.count(Count(CountKind.ARRIVED)) == COMMENTS
    statuses = ("approved", "held", "rejected")
    judged = page.total.count(*(Count(CountKind.MACHINE, status) for status in statuses))
    assert judged == COMMENTS
    assert sum(kept + refused for _, kept, refused in page.people) == page.total.by_people
    assert sum(number for _, number in page.threads) == COMMENTS
    assert page.median is not None
    assert page.median <= page.ninetieth
    alone = Moderator(name="jo", role=Role.MODERATOR)
    assert dashboard.open_dashboard(core, past, alone, Period.WEEK).people is None


@pytest.mark.parametrize(
    ("field", "count"),
    [
        ("entries", Count(CountKind.ENTRIES)),
        ("arrived", Count(CountKind.ARRIVED)),
        ("undone", Count(CountKind.UNDONE)),
        ("machine held", Count(CountKind.MACHINE, "held")),
        ("person approved", Count(CountKind.PERSON, "approved")),
        ("by approved key of the app", Count(CountKind.BY, "approved", "key of the app")),
        (
            "action person rejected Off topic",
            Count(CountKind.ACTION, "rejected", "person", "Off topic"),
        ),
        ("verdict held kept", Count(CountKind.VERDICT, "held", subject="kept")),
        ("notice-wait 17", Count(CountKind.NOTICE_WAIT, subject="17")),
        ("thread ", Count(CountKind.THREAD)),
        ("notice illegal", Count(CountKind.NOTICE, subject="illegal")),
        ("appeal rejected", Count(CountKind.APPEAL, "rejected")),
        ("answer upheld", Count(CountKind.ANSWER, subject="upheld")),
    ],
    ids=str,
)
def test_a_count_is_kept_as_it_always_was(record, core, field, count):
    hour = hours.of(core.now())
    rollups.put(record, hour, {count: 3})
    assert record.redis.hgetall(record.keys.hour(hours.name(hour))) == {field: "3"}
    assert rollups.get_many(record, [hour]) == [Counter({count: 3})]


def test_every_kind_of_count_is_written_and_read():
    for kind in CountKind:
        parts = {part: part for part in rollups.PARTS[kind]}
        assert rollups.count_of(rollups.field_of(Count(kind, **parts))) == Count(kind, **parts)


def test_what_only_a_later_version_counts_is_left_out(record, core):
    hour = hours.of(core.now())
    record.redis.hset(record.keys.hour(hours.name(hour)), mapping={"arrived": 1, "yawned ann": 2})
    assert rollups.get_many(record, [hour]) == [Counter({Count(CountKind.ARRIVED): 1})]


MACHINE_HELD = ("", "held", "machine", "")
REJECTED = ("held", "rejected", "ines", "Off topic")
UNDONE = ("rejected", "held", "ines", "undone")


@pytest.fixture
def log(core, record):
    """Log the events of one comment, a minute apart."""

    def log(*steps, hours=3):
        start_ms = int((core.now() - timedelta(hours=hours)).timestamp() * 1000)
        prev = ""
        for number, (old, new, by, why) in enumerate(steps):
            row = {"comment": "c", "old": old, "new": new, "by": by, "why": why, "scores": ""}
            place = f"{start_ms + 60_000 * number}-0"
            record.redis.xadd(
                record.keys.log(), row | {"reasons": "", "model": "", "prev": prev}, id=place
            )
            prev = place

    return log


def test_an_undone_decision_is_counted_off(core, news, log):
    log(MACHINE_HELD, REJECTED, UNDONE)
    total = summed(everything(core, news))
    assert total[Count(CountKind.UNDONE)] == 1
    assert total[Count(CountKind.PERSON, "rejected")] == 0
    assert total[Count(CountKind.ACTION, "rejected", "person", "Off topic")] == 0
    assert not [name for name in total if name.kind in (CountKind.VERDICT, CountKind.WAIT)]
    assert transparency.make_report(core, news, *_whole(core)).restricted == 0


def test_what_was_taken_back_is_no_error_of_the_machine(core, news, log):
    log(
        ("", "approved", "machine", ""),
        ("approved", "rejected", "ines", "A slip"),
        ("rejected", "approved", "ines", "undone"),
    )
    assert transparency.make_report(core, news, *_whole(core)).error_rate == 0


def test_what_is_decided_after_an_undo_is_held_against_the_verdict(core, news, log):
    log(MACHINE_HELD, REJECTED, UNDONE, REJECTED, UNDONE, ("held", "approved", "ines", ""))
    total = summed(everything(core, news))
    verdicts = [Count(CountKind.VERDICT, "held", subject=s) for s in ("kept", "refused")]
    assert [total[verdict] for verdict in verdicts] == [1, 0]


def test_what_is_imported_nobody_has_decided(core, news, log):
    log(("", "rejected", "import", ""), ("rejected", "approved", "ines", ""))
    report = transparency.make_report(core, news, *_whole(core))
    assert (report.comments, report.restricted) == (0, 0)
    total = dashboard.open_dashboard(core, news, OWNER, Period.WEEK)
    assert total.total.by_people == 1
    assert total.people == [("ines", 1, 0)]
    assert not dryrun.latest(core, news)
    shown = audit.read_page(core, news, OWNER, LogFilters(people=True)).events
    assert [event.who for event in shown] == ["ines"]


def test_a_report_counts_notices_actions_and_appeals(core, past, record):
    for what, how in (("notice", "illegal"), ("notice", "spam"), ("notice", "spam")):
        _act(record, what, how)
    _act(record, "appeal", "rejected")
    start = int(core.now().timestamp() * 1000)
    _act(record, "answer", "upheld", old=str(start - 7_200_000), new=str(start))
    report = transparency.make_report(core, past, *_whole(core))
    assert report.comments == COMMENTS
    assert report.notices == {"illegal": 1, "spam": 2}
    assert (report.appeals, report.upheld, report.declined) == (1, 1, 0)
    assert report.appeal_to_answer == pytest.approx(7200, rel=0.1)
    assert report.restricted == sum(
        one.number for one in report.actions if one.action in ("rejected", "removed")
    )
    lines = {(row[0], row[1], row[2]): row[3] for row in transparency.lines(report)}
    assert lines["notices", "spam", ""] == 2
    assert lines["appeals", "lodged", ""] == 1


@pytest.mark.parametrize("days", [0, -1, 800])
def test_a_period_that_is_none_is_refused(core, news, days):
    start = datetime(2026, 1, 1, tzinfo=UTC)
    with pytest.raises(Invalid):
        transparency.make_report(core, news, start, start + timedelta(days=days))


def test_a_median_from_buckets_is_off_by_a_tenth_at_most():
    some = random.Random(3)
    times = sorted(some.lognormvariate(6, 2) + 1 for _ in range(2001))
    counts = Counter(waits.bucket(timedelta(seconds=seconds)) for seconds in times)
    for share in (0.5, 0.9):
        quantile = waits.quantile(counts, share).total_seconds()
        assert quantile == pytest.approx(times[int(share * 2000)], rel=0.1)
    assert waits.quantile({}, 0.5) is None


def test_the_log_is_read_page_by_page_without_gap_or_repetition(core, past, record):
    expected = record.redis.xlen(record.keys.log()) + 1
    events, cursor = [], ""
    while True:
        page = audit.read_page(core, past, OWNER, LogFilters(), cursor, limit=37)
        events += page.events
        cursor = page.next
        if not cursor:
            break
    assert len(events) == expected == len({event.id for event in events})
    assert events == sorted(events, key=lambda event: event.order, reverse=True)


def test_two_things_of_one_moment_are_both_found(core, news, record):
    row = {"comment": "c", "old": "", "new": "held", "by": "machine", "why": "", "scores": ""}
    row |= {"reasons": "", "model": "", "prev": ""}
    record.redis.xadd(record.keys.log(), row, id="1700000000000-0")
    act = {"what": "policy", "by": "ines", "about": "mode", "how": "", "old": "a", "new": "b"}
    record.redis.xadd(record.keys.acts(), act, id="1700000000000-0")
    first = audit.read_page(core, news, OWNER, LogFilters(), limit=1)
    second = audit.read_page(core, news, OWNER, LogFilters(), first.next, limit=1)
    assert {first.events[0].what, second.events[0].what} == {EventKind.STATUS, EventKind.POLICY}
    assert (bool(first.next), second.next) == (True, "")


@pytest.mark.parametrize(
    "filters",
    [
        LogFilters(who="jonas"),
        LogFilters(what=EventKind.POLICY),
        LogFilters(people=True),
        LogFilters(end=datetime(2020, 1, 1, tzinfo=UTC)),
    ],
    ids=["who", "what", "people", "period"],
)
def test_filters_leave_what_fits(core, past, filters):
    every = audit.export(core, past, OWNER, LogFilters()).events
    fitting = audit.export(core, past, OWNER, filters).events
    assert [event for event in every if filters.admits(event) and not filters.end] == fitting
    assert len(fitting) < len(every)


def test_accounts_are_seen_by_owners_of_everything_alone(core, past):
    acts.write(core.redis, "removed", by="ines", about="ben")
    local = replace(OWNER, sites=("news",))
    assert audit.read_page(core, past, OWNER, LogFilters(what=EventKind.ACCOUNT)).events
    assert not audit.read_page(core, past, local, LogFilters(what=EventKind.ACCOUNT)).events


def _act(record, what, how, old="", new=""):
    row = {"what": what, "by": "x", "about": "c", "how": how, "old": old, "new": new}
    record.redis.xadd(record.keys.acts(), row)


def _whole(core):
    return core.now() - timedelta(days=DAYS + 1), core.now() + timedelta(days=1)
