"""Names are judged by scores, links and blocklists of their own, and only lists reject."""

import pytest
from hypothesis import given

from service.domain.policy import NEVER, Policy, Threshold
from service.domain.verdict import Outcome
from service.judging.case import Caption
from service.judging.phases.name import doubt
from service.judging.pipeline import judge
from tests.factories import CALM, a_case
from tests.judging.cases import EVIDENCE


def caption(words="Ann", **more):
    return Caption(words=words, **{"scores": CALM | more.pop("scores", {})} | more)


@pytest.mark.parametrize(
    ("name", "reasons"),
    [
        (caption(), ()),
        (caption(scores=dict.fromkeys(CALM)), ()),
        (caption(scores={"TOXICITY": 0.99}), ()),
        (caption(scores={"PROFANITY": 0.99}), ()),
        (caption(scores={"PROFANITY": 0.99, "TOXICITY": 0.99}), ("name/hurtful",)),
        (caption(scores={"INSULT": 0.85, "TOXICITY": 0.99}), ()),
        (caption(scores={"INSULT": 0.95, "TOXICITY": 0.99}), ("name/hurtful",)),
        (caption(scores={"TOXICITY": 0.7, "INSULT": None}), ()),
        (caption(scores={"TOXICITY": 0.9, "INSULT": None}), ("name/hurtful",)),
        (caption("Ann of the Hill", scores={"TOXICITY": 0.5}), ("name/hurtful",)),
        (caption("Ann of the Hill", scores={"TOXICITY": 0.4}), ()),
        (caption("王小明王小明", scores={"TOXICITY": 0.5, "INSULT": None}), ("name/hurtful",)),
        (caption(scores={"SPAM": 0.11}), ()),
        (caption(scores={"SPAM": 0.13}), ("name/spam",)),
        (caption(domains=("a.example",)), ("name/link",)),
        (caption(blocked=("pills",)), ("name/blocked-word",)),
    ],
)
def test_a_name_is_judged(name, reasons):
    assert judge(a_case(name=name)).reasons == reasons


def test_no_score_of_a_name_rejects_its_comment():
    worst = caption("Ann of the Hill", scores=dict.fromkeys(CALM, 1.0))
    assert judge(a_case(name=worst)).outcome is Outcome.HOLD


def test_a_site_that_never_holds_for_a_score_does_not_for_a_names_score():
    policy = Policy(thresholds=dict.fromkeys(CALM, Threshold(NEVER, NEVER)))
    worst = caption("Ann of the Hill", scores=dict.fromkeys(CALM, 1.0))
    assert doubt(policy, worst) is None


def test_a_strict_site_does_not_hold_every_name():
    policy = Policy(thresholds={"SPAM": Threshold(0.05, 0.9)})
    assert doubt(policy, caption(scores={"SPAM": 0.05})) is None


@given(EVIDENCE["policy"], EVIDENCE["name"])
def test_only_a_list_of_the_site_rejects_a_name(policy, name):
    opinion = doubt(policy, name)
    is_rejected = opinion is not None and opinion.outcome is Outcome.REJECT
    assert not is_rejected or opinion.reason in ("name/blocked-word", "name/blocked-host")
