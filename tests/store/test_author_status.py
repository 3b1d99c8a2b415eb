"""Author status: the gravest one counts, and a later change is not overwritten."""

from dataclasses import replace
from datetime import timedelta

import pytest

from service.domain.author_status import AuthorStatus, AuthorStatusKind
from service.store.keys import Keys
from service.store.people import author_status
from service.store.record import Record
from tests.factories import NOON

BANNED, MUTED, WARNED, TRUSTED = (
    AuthorStatusKind.BANNED,
    AuthorStatusKind.MUTED,
    AuthorStatusKind.WARNED,
    AuthorStatusKind.TRUSTED,
)
ANN = ("ann", "ann at home")


def elsewhere(record):
    return Record(record.redis, Keys("elsewhere"))


def a_status(kind, **more):
    return AuthorStatus(**{"kind": kind, "by": "ines", "at": NOON, "why": "Because."} | more)


def of_ann(record, now=NOON):
    [status] = author_status.of_many(record, [ANN], now=now)
    return status


@pytest.fixture
def say(record):
    """Set a status of Ann on this site, or on all sites from another one."""

    def say(kind, *, everywhere=False, **more):
        status = a_status(kind, everywhere=everywhere, **more)
        author_status.put(elsewhere(record) if everywhere else record, *ANN, status)
        return status

    return say


@pytest.mark.parametrize(
    ("here", "everywhere", "counts"),
    [
        (BANNED, WARNED, BANNED),
        (BANNED, TRUSTED, BANNED),
        (TRUSTED, BANNED, BANNED),
        (MUTED, BANNED, BANNED),
        (MUTED, TRUSTED, MUTED),
        (WARNED, MUTED, MUTED),
        (WARNED, TRUSTED, WARNED),
        (TRUSTED, WARNED, WARNED),
    ],
)
def test_of_what_a_site_and_all_sites_say_the_gravest_counts(record, say, here, everywhere, counts):
    say(here)
    say(everywhere, everywhere=True)
    assert of_ann(record).kind is counts


def test_what_is_over_does_not_count(record, say):
    say(TRUSTED)
    say(BANNED, everywhere=True, until=NOON + timedelta(days=1))
    assert of_ann(record).kind is BANNED
    assert of_ann(record, now=NOON + timedelta(days=1)).kind is TRUSTED


def test_of_two_bans_the_longer_counts(record, say):
    for_good = say(BANNED)
    say(BANNED, everywhere=True, until=NOON + timedelta(days=1))
    assert of_ann(record) == for_good


def test_a_warning_that_was_read_counts_less_than_trust(record, say):
    trusted, warned = say(TRUSTED), say(WARNED, everywhere=True)
    assert of_ann(record) == warned
    author_status.mark_told(record, *ANN, warned)
    assert of_ann(record) == trusted
    assert of_ann(elsewhere(record)) == replace(warned, told=True)


@pytest.mark.parametrize("since", [BANNED, MUTED, None])
def test_what_was_said_since_a_warning_was_read_stays(record, say, since):
    warned = say(WARNED)
    if since is None:
        author_status.lift(record, *ANN, everywhere=False)
    else:
        say(since)
    author_status.mark_told(record, *ANN, warned)
    status = of_ann(record)
    assert (status and status.kind) is since


def test_a_warning_on_all_sites_is_read_once(record, say):
    warned = say(WARNED, everywhere=True)
    author_status.mark_told(record, *ANN, warned)
    assert of_ann(record).told
    # On the site where it was set, it is also stored under the author.
    assert of_ann(elsewhere(record)).told
