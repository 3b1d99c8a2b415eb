"""How many votes of one network count."""

from datetime import timedelta

import pytest

from service.domain import voice
from service.domain.voice import Voice, Voices
from tests.factories import a_moment

NETWORKS = ("house", "street", "provider")


def a_crowd(households=0, minutes=0, **votes):
    known = {network: Voice(count, a_moment(minutes)) for network, count in votes.items()}
    return Voices(households, known)


@pytest.mark.parametrize(
    ("known", "minutes", "of_a_house"),
    [
        (a_crowd(), 0, 2),
        (a_crowd(1, house=1), 0, 2),
        (a_crowd(201, house=1), 0, 12),
        (a_crowd(50, house=1), 0, 4),
        (a_crowd(1, house=2), 12 * 60, 4),
        (a_crowd(1, house=2), 1000 * 60, 6),
        (a_crowd(1, minutes=120, house=2), 0, 2),
    ],
    ids=["new", "alone", "a crowd", "fifty", "half a day", "weeks", "the clock was set back"],
)
def test_a_house_gets_more_votes_with_the_crowd_around_it_and_with_time(known, minutes, of_a_house):
    assert voice.allowed(known, NETWORKS, now=a_moment(minutes))[0] == of_a_house


def test_the_wider_a_network_the_more_of_its_votes_count():
    of_each = voice.allowed(a_crowd(), NETWORKS, now=a_moment())
    assert of_each == sorted(set(of_each))


def test_a_caller_without_an_address_is_a_house():
    assert voice.allowed(a_crowd(), ["here"], now=a_moment()) == [2]


def test_networks_that_help_each_other_do_not_grow_without_end():
    votes = 2
    for _ in range(100):
        known = a_crowd(50, house=votes)
        votes = voice.allowed(known, ["house"], now=a_moment() + timedelta(minutes=1))[0]
    assert votes == 4
