"""The table of reasons lists exactly the reasons that phases can give."""

from dataclasses import fields

import pytest
from hypothesis import given

from service.domain.attribute import ATTRIBUTES, ESSENTIAL
from service.domain.policy import Policy
from service.domain.reason import (
    POISON,
    REASONS,
    TABLE,
    gravest,
    is_by_score,
    is_mild,
    scored,
    unscored,
)
from service.domain.site import Site
from service.domain.verdict import GRAVITY, Outcome
from service.judging.phases import PHASES, SCORE_PHASES
from service.judging.pipeline import ADDED, judge
from service.store import codec
from service.web.desk.queue.reasons import in_words
from tests.judging.cases import CASES

LINES = {field.name for kind in (Policy, Site) for field in fields(kind)}


def test_no_code_stands_twice():
    assert len(REASONS) == len(TABLE)


@pytest.mark.parametrize("attribute", ATTRIBUTES)
def test_every_attribute_has_its_reason(attribute):
    reason = REASONS[scored(attribute)]
    assert (reason.is_by_score, reason.gravest) == (True, Outcome.REJECT)


@pytest.mark.parametrize("attribute", sorted(ESSENTIAL))
def test_every_score_that_counts_has_a_reason_for_its_lack(attribute):
    reason = REASONS[unscored(attribute)]
    assert (reason.is_by_score, reason.gravest, reason.is_mild) == (True, Outcome.HOLD, False)


@pytest.mark.parametrize("reason", TABLE, ids=lambda reason: reason.code)
def test_every_reason_says_something_and_names_a_line_there_is(reason):
    assert reason.for_moderators.endswith(".")
    assert reason.rule in LINES | {""}
    # The author gets a rule, or a rejection would have no ground.
    assert not reason.for_author or reason.for_author.endswith(".")
    if reason.gravest is Outcome.REJECT:
        assert reason.for_author
        assert reason.rule


@given(CASES)
def test_no_phase_asks_for_more_than_its_reason_may(case):
    for phase in PHASES:
        opinion = phase(case)
        if opinion is not None:
            reason = REASONS[opinion.reason]
            assert reason.code.partition("/")[0] == phase.__name__
            assert reason.is_by_score is (phase in SCORE_PHASES)
            assert GRAVITY.index(opinion.outcome) <= GRAVITY.index(reason.gravest)
            assert opinion.outcome is not Outcome.APPROVE


def test_every_reason_is_given_by_a_phase_the_pipeline_or_a_worker():
    phases = {phase.__name__ for phase in PHASES}
    others = {code for code in REASONS if code.partition("/")[0] not in phases}
    assert others == {"mode/pre", POISON.code}
    assert {"mode/pre", "footing/trusted"} == ADDED


@given(CASES)
def test_the_log_keeps_every_opinion(case):
    opinions = judge(case).opinions
    restored = codec.opinions_from(codec.opinions_to(opinions))
    assert [(opinion.reason, opinion.outcome) for opinion in restored] == [
        (opinion.reason, opinion.outcome) for opinion in opinions
    ]


def test_an_older_entry_is_read_with_the_gravest_outcomes():
    restored = codec.opinions_from("links/many-links,links/blocked-host,footing/trusted")
    assert [opinion.outcome for opinion in restored] == [
        Outcome.HOLD,
        Outcome.REJECT,
        Outcome.APPROVE,
    ]
    assert codec.opinions_from("") == ()


def test_a_reason_that_is_gone_asks_for_a_person_and_is_shown_as_it_is():
    assert gravest("mood/grim") is Outcome.HOLD
    assert not is_mild("mood/grim")
    assert not is_by_score("mood/grim")
    assert in_words("mood/grim") == "mood/grim"
