"""Scores come from one place; without a model, callers get an error."""

import subprocess
import sys

import pytest

from service.domain.errors import NotScored
from service.domain.policy import Policy
from service.domain.site import Site
from service.scoring import BARE_LINK, Scorers

TEXT = "What a lovely tram that is."


@pytest.fixture(scope="module")
def scorers():
    return Scorers()


@pytest.mark.parametrize(
    "text",
    [
        "see https://news.example/tram-bridge",
        "https://news.example/tram-bridge",
        "see news.example/tram-bridge",
        "news.example",
        "see https://blog.news.example/tram",
        "see https://friend.example/x and https://WWW.Friend.Example./y",
        "看https://news.example/x。",
        "see https://www.lesechos.fr/tram",
        "https://www.straitstimes.com/tram",
        "see https://plan.city.gov.au/tram",
        "https://physics.ox.ac.uk/tram",
    ],
)
def test_a_link_to_the_site_or_to_a_trusted_or_reputable_host_is_no_sign_of_spam(scorers, text):
    policy = Policy(trusted_domains=("friend.example",))
    site = Site(name="news", origins=("https://www.news.example",), policy=policy)
    [scores] = scorers.of(site).score([text])
    assert scores["SPAM"] < 0.1
    assert sum(share.contribution for share in scorers.of(site).explain(text, "SPAM")) < 0


@pytest.mark.parametrize(
    "text",
    [
        "see https://news.example.bad.example/tram-bridge",
        "https://bad-news.example/x",
        "https://news.example@bad.example/x",
        "https://bad.example\\@news.example/x",
    ],
)
def test_a_namesake_is_not_trusted(scorers, text):
    site = Site(name="news", origins=("https://news.example",))
    [scores] = scorers.of(site).score([text])
    assert scores["SPAM"] > 0.6


def test_a_bare_link_with_ordinary_words_is_doubtful_and_no_more(scorers):
    texts = ["see https://city-council.example/plan", "https://www.youtube.com/watch?v=abc"]
    for scores in scorers.of().score(texts):
        assert 0.6 < scores["SPAM"] <= BARE_LINK


@pytest.mark.parametrize(
    "text",
    [
        "Buy cheap pills online now!!! https://pills.example/buy $$$ best price, no prescription",
        "see https://t.me/earn_quickly",
        "https://a-casino.example/1 https://b-casino.example/2 https://c-casino.example/3",
    ],
)
def test_spam_is_spam_whatever_it_links_to(scorers, text):
    [scores] = scorers.of().score([text])
    assert scores["SPAM"] > BARE_LINK


def test_other_scores_do_not_change_with_what_a_site_trusts(scorers):
    site = Site(name="news", origins=("https://news.example",))
    [scores] = scorers.of(site).score(["You are an idiot https://news.example/x"])
    assert scores["TOXICITY"] > 0.6


def test_a_scorer_scores_explains_and_names_the_language(scorers):
    scorer = scorers.of()
    [scores] = scorer.score([TEXT])
    assert 0 < scores["TOXICITY"] < 0.5
    assert scorer.language(TEXT) == "en"
    assert all(0 <= share.start <= share.end <= len(TEXT) for share in scorer.explain(TEXT, "SPAM"))


def test_a_scorer_says_which_model_it_is(scorers):
    scorer = scorers.of()
    assert scorer.model == f"{scorer.info.name}-{scorer.info.version}"
    assert "en" in scorer.languages


def test_warming_changes_no_score(scorers):
    before = scorers.of().score([TEXT])
    scorers.warm()
    assert scorers.of().score([TEXT]) == before


@pytest.mark.parametrize(
    "ask",
    [
        lambda scorers: scorers.warm(),
        lambda scorers: scorers.of().score([TEXT]),
        lambda scorers: scorers.of().language(TEXT),
        lambda scorers: scorers.of().explain(TEXT, "SPAM"),
        lambda scorers: scorers.of().model,
    ],
    ids=["warm", "score", "language", "explain", "model"],
)
def test_without_a_model_nothing_is_scored(tmp_path, ask):
    with pytest.raises(NotScored, match="no model here"):
        ask(Scorers(tmp_path))


def test_a_model_that_breaks_has_no_scores(scorers):
    with pytest.raises(NotScored):
        scorers.of().score([None])


def test_nothing_is_loaded_before_scores_are_asked_for():
    code = (
        "import sys, service.scoring; service.scoring.Scorers().of()\n"
        "loaded = {'numpy', 'sklearn', 'models'} & set(sys.modules)\n"
        "assert not loaded, loaded\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
