"""The nudge predicts a hold, and never prevents sending a comment."""

import threading
from dataclasses import replace

import pytest

from service.domain.errors import NotScored
from service.domain.site import Site
from service.readers.nudge import Foresight
from tests.factories import CALM


class Scorers:
    """Answer as configured, fail, or hang."""

    def __init__(self, **scores):
        self.scores, self.broken, self.hangs = CALM | scores, False, threading.Event()
        self.hangs.set()

    def of(self, site):
        return self

    def reading_once(self):
        return self

    def score(self, texts, languages):
        self.hangs.wait(5)
        if self.broken:
            raise NotScored
        return [self.scores for _ in texts]


@pytest.fixture
def site():
    site = Site(name="news", origins=("https://news.example",))
    return replace(site, policy=replace(site.policy, nudge=True))


@pytest.mark.parametrize(
    ("scores", "asked"),
    [
        ({}, False),
        ({"TOXICITY": 0.59}, False),
        ({"TOXICITY": 0.61}, True),
        ({"THREAT": 0.41}, True),
        ({"SPAM": 0.99}, False),
        ({"TOXICITY": None}, False),
    ],
)
def test_the_sites_thresholds_decide(site, scores, asked):
    assert Foresight(Scorers(**scores)).of(site)("Some words.") is asked


def test_a_site_that_wants_no_nudge_asks_nothing(site):
    site = replace(site, policy=replace(site.policy, nudge=False))
    assert Foresight(Scorers()).of(site) is None


def test_a_broken_scorer_lets_everything_pass(site):
    scorers = Scorers(TOXICITY=0.99)
    scorers.broken = True
    assert Foresight(scorers).of(site)("Some words.") is False


def test_a_scorer_that_hangs_lets_everything_pass_and_gathers_no_threads(site):
    scorers = Scorers(TOXICITY=0.99)
    scorers.hangs.clear()
    foresee = Foresight(scorers, patience=0.05).of(site)
    before = threading.active_count()
    assert [foresee("Some words.") for _ in range(9)] == [False] * 9
    assert threading.active_count() <= before + 2
    scorers.hangs.set()
