"""Scores come from one place; without a model, callers get an error."""

import subprocess
import sys

import pytest

from service.domain.errors import NotScored
from service.domain.site import Site
from service.scoring import Scorers

TEXT = "What a lovely tram that is."


@pytest.fixture(scope="module")
def scorers():
    return Scorers()


def test_a_site_is_given_a_scorer_by_itself_or_by_its_name(scorers):
    site = Site(name="news", origins=("https://news.example",))
    assert scorers.of(site) is scorers.of("news") is scorers.of()


def test_a_scorer_scores_explains_and_names_the_language(scorers):
    scorer = scorers.of("news")
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
        "import sys, service.scoring; service.scoring.Scorers().of('news')\n"
        "loaded = {'numpy', 'sklearn', 'models'} & set(sys.modules)\n"
        "assert not loaded, loaded\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
