"""A policy maps scores to outcomes, also for attributes that are newer than the site."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.domain.attribute import ATTRIBUTES, ESSENTIAL, Attribute
from service.domain.policy import DEFAULT_THRESHOLDS, NEVER, Policy, Threshold
from service.domain.verdict import Outcome

POLICY = Policy(thresholds={"INSULT": Threshold(0.4, 0.8)})


@pytest.mark.parametrize(
    ("score", "outcome"),
    [
        (0.0, Outcome.APPROVE),
        (0.399, Outcome.APPROVE),
        (0.4, Outcome.HOLD),
        (0.799, Outcome.HOLD),
        (0.8, Outcome.REJECT),
        (1.0, Outcome.REJECT),
    ],
)
def test_a_score_meets_its_threshold(score, outcome):
    assert POLICY.wish("INSULT", score) is outcome


@pytest.mark.parametrize("attribute", ATTRIBUTES)
def test_without_a_score_a_person_decides_where_it_counts(attribute):
    outcome = Outcome.HOLD if attribute in ESSENTIAL else Outcome.APPROVE
    assert POLICY.wish(attribute, None) is outcome


@pytest.mark.parametrize("attribute", Attribute)
def test_an_attribute_that_is_newer_than_a_site_has_the_default(attribute):
    assert Policy(thresholds={}).threshold(attribute) == DEFAULT_THRESHOLDS[attribute]
    assert Policy(thresholds={}).every_threshold.keys() == set(ATTRIBUTES)


@given(st.floats(0, 1))
def test_what_is_no_attribute_of_ours_asks_for_nothing(score):
    assert POLICY.threshold("BOREDOM") == Threshold(NEVER, NEVER)
    assert POLICY.wish("BOREDOM", score) is Outcome.APPROVE


def test_the_margin_is_the_nearest_threshold_of_any_score():
    assert POLICY.margin({"INSULT": 0.75, "SPAM": 0.1}) == pytest.approx(0.05)
    assert POLICY.margin({"INSULT": None}) is None
