"""The share of an encoder is chosen on strangers' rows, and its sum with the rest is calibrated."""

from dataclasses import replace

import numpy as np
import pytest

from models.scoring.odds import probability
from models.training.mixing.mixes import (
    Evidence,
    choose_mixes,
    describe,
    fit_mix,
    read_mixing,
    scores_of,
)
from models.training.mixing.twice import TwiceRead
from models.training.recipe import RecipeError

HEADS = ("TOXICITY", "SPAM")
SHARES = (0.1, 0.5, 0.9)


def read(count, *, linear, encoder, place="wiki", seed=1, positive=0.3):
    """Return rows that the two tiers tell apart by that many standard deviations."""
    random = np.random.default_rng(seed)
    labels = (random.random((count, 2)) < positive).astype(float)
    first = (labels - 0.5) * linear + random.normal(0, 1, (count, 2))
    second = (labels - 0.5) * encoder + random.normal(0, 1, (count, 2))
    return TwiceRead(
        heads=HEADS,
        linear=first,
        encoder=second,
        labels=labels,
        natural=np.ones(count, np.bool_),
        places=np.array([place] * count),
        first=[dict(zip(HEADS, row, strict=True)) for row in first.tolist()],
    )


def evidence(abroad, **sentences):
    home = read(2000, linear=3, encoder=3)
    return Evidence(
        home=home, abroad=abroad, sentences=sentences, prevalence={"TOXICITY": 0.05, "SPAM": 0.1}
    )


@pytest.mark.parametrize(("linear", "encoder", "share"), [(0, 3, 0.9), (3, 0, 0.1), (3, 3, 0.5)])
def test_strangers_decide_how_much_the_encoder_counts(linear, encoder, share):
    abroad = read(2000, linear=linear, encoder=encoder, seed=2)
    mixes, trials = choose_mixes(evidence(abroad), SHARES)

    assert [trial.share for trial in trials] == list(SHARES)
    mix = mixes["TOXICITY"]
    assert mix.encoder / (mix.linear + mix.encoder) == pytest.approx(share)


def test_sentences_of_our_own_count_like_one_place():
    abroad = read(2000, linear=3, encoder=3, seed=2)
    kinds = {"threats": read(200, linear=0, encoder=4), "names": read(200, linear=0, encoder=2)}

    mixes, trials = choose_mixes(evidence(abroad, **kinds), SHARES)

    assert set(trials[0].figures) == {"wiki", "functional sentences"}
    assert mixes["TOXICITY"].encoder > mixes["TOXICITY"].linear


def test_the_share_for_spam_is_chosen_at_home():
    home = read(2000, linear=0, encoder=3)
    abroad = read(2000, linear=3, encoder=0, seed=2)
    mixes, _ = choose_mixes(replace(evidence(abroad), home=home), SHARES)
    assert mixes["SPAM"].encoder > mixes["SPAM"].linear
    assert mixes["TOXICITY"].encoder < mixes["TOXICITY"].linear


def test_the_mean_score_is_the_share_that_is_expected_in_real_life():
    rows = read(4000, linear=2, encoder=2, positive=0.3)
    mix = fit_mix(rows, "TOXICITY", 0.5, 0.05)
    scores = [score["TOXICITY"] for score in scores_of(rows, {"TOXICITY": mix})]
    assert np.mean(scores) == pytest.approx(0.05, abs=1e-4)


def test_an_attribute_without_a_mix_keeps_its_score():
    rows = read(50, linear=2, encoder=2)
    mix = fit_mix(rows, "TOXICITY", 0.5, 0.3)
    [first, *_] = scores_of(rows, {"TOXICITY": mix})

    assert first["SPAM"] == probability(rows.first[0]["SPAM"])
    assert first["TOXICITY"] == probability(mix.odds(*rows.linear[0, :1], *rows.encoder[0, :1]))


def test_rows_of_one_label_make_no_mix():
    rows = read(50, linear=2, encoder=2, positive=0)
    with pytest.raises(RecipeError, match="TOXICITY"):
        fit_mix(rows, "TOXICITY", 0.5, 0.3)


def test_without_rows_as_in_real_life_the_odds_move_by_those_of_the_prevalence():
    natural = read(4000, linear=2, encoder=2)
    enriched = replace(natural, natural=np.zeros(4000, np.bool_))
    share = float(natural.labels_of("TOXICITY").mean())

    same = fit_mix(enriched, "TOXICITY", 0.5, share)
    rarer = fit_mix(enriched, "TOXICITY", 0.5, 0.1)

    assert same.offset == pytest.approx(fit_mix(natural, "TOXICITY", 0.5, share).offset, abs=0.02)
    moved = np.log(0.1 / 0.9) - np.log(share / (1 - share))
    assert rarer.offset - same.offset == pytest.approx(moved)


def test_without_strangers_rows_those_at_home_decide():
    home = read(2000, linear=0, encoder=3)
    nobody = read(0, linear=1, encoder=1)
    mixes, trials = choose_mixes(replace(evidence(nobody), home=home), SHARES)
    assert trials[0].figures.keys() == {"wiki"}
    assert mixes["TOXICITY"].encoder > mixes["TOXICITY"].linear


def test_an_attribute_with_too_few_rows_gets_no_mix():
    home = read(2000, linear=2, encoder=2)
    home.labels[:, HEADS.index("SPAM")] = np.nan
    mixes, _ = choose_mixes(replace(evidence(home), home=home), SHARES)
    assert mixes.keys() == {"TOXICITY"}


def test_without_any_attribute_there_is_nothing_to_mix():
    home = read(2000, linear=2, encoder=2, positive=0)
    with pytest.raises(RecipeError, match="enough"):
        choose_mixes(replace(evidence(home), home=home), SHARES)


def test_a_description_is_what_the_model_reads():
    mix = fit_mix(read(500, linear=2, encoder=2), "SPAM", 0.5, 0.3)
    described = describe({"SPAM": mix})["SPAM"]
    assert described == pytest.approx(
        {"offset": mix.offset, "linear": mix.linear, "encoder": mix.encoder}, abs=1e-4
    )


def test_the_shipped_choice_can_be_read(tmp_path):
    assert read_mixing().language == "en"
    path = tmp_path / "mixes.yaml"
    path.write_text("language: en\nshares: [much]\nabroad: []\n")
    with pytest.raises(RecipeError, match=r"mixes\.yaml"):
        read_mixing(path)
