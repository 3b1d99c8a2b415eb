"""How authors are treated: the gravest word counts, and what was said since is not overwritten."""

from dataclasses import replace
from datetime import timedelta

import pytest

from service.domain.footing import Footing, FootingKind
from service.store.keys import Keys
from service.store.people import author_status
from tests.factories import NOON

BANNED, MUTED, WARNED, TRUSTED = (
    FootingKind.BANNED,
    FootingKind.MUTED,
    FootingKind.WARNED,
    FootingKind.TRUSTED,
)
ANN = ("ann", "ann at home")
ELSEWHERE = Keys("elsewhere")


def a_footing(kind, **more):
    return Footing(**{"kind": kind, "by": "ines", "at": NOON, "why": "Because."} | more)


def of_ann(redis, keys, now=NOON):
    [found] = author_status.of_many(redis, keys, [ANN], now=now)
    return found


@pytest.fixture
def say(redis, keys):
    """Say something of Ann here, or everywhere from another site."""

    def say(kind, *, everywhere=False, **more):
        footing = a_footing(kind, everywhere=everywhere, **more)
        author_status.put(redis, ELSEWHERE if everywhere else keys, *ANN, footing)
        return footing

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
def test_of_what_a_site_and_all_sites_say_the_gravest_counts(
    redis, keys, say, here, everywhere, counts
):
    say(here)
    say(everywhere, everywhere=True)
    assert of_ann(redis, keys).kind is counts


def test_what_is_over_does_not_count(redis, keys, say):
    say(TRUSTED)
    say(BANNED, everywhere=True, until=NOON + timedelta(days=1))
    assert of_ann(redis, keys).kind is BANNED
    assert of_ann(redis, keys, now=NOON + timedelta(days=1)).kind is TRUSTED


def test_of_two_bans_the_longer_counts(redis, keys, say):
    for_good = say(BANNED)
    say(BANNED, everywhere=True, until=NOON + timedelta(days=1))
    assert of_ann(redis, keys) == for_good


def test_a_warning_that_was_read_counts_less_than_trust(redis, keys, say):
    trusted, warned = say(TRUSTED), say(WARNED, everywhere=True)
    assert of_ann(redis, keys) == warned
    author_status.mark_told(redis, keys, *ANN, warned)
    assert of_ann(redis, keys) == trusted
    assert of_ann(redis, ELSEWHERE) == replace(warned, told=True)


@pytest.mark.parametrize("since", [BANNED, MUTED, None])
def test_what_was_said_since_a_warning_was_read_stays(redis, keys, say, since):
    warned = say(WARNED)
    if since is None:
        author_status.lift(redis, keys, *ANN, everywhere=False)
    else:
        say(since)
    author_status.mark_told(redis, keys, *ANN, warned)
    found = of_ann(redis, keys)
    assert (found and found.kind) is since


def test_a_warning_on_all_sites_is_read_once(redis, keys, say):
    warned = say(WARNED, everywhere=True)
    author_status.mark_told(redis, keys, *ANN, warned)
    assert of_ann(redis, keys).told
    # Where it was given it stands under the author too.
    assert of_ann(redis, ELSEWHERE).told
