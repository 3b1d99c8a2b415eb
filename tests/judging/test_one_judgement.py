"""Worker, dry run, nudge and wire protocols agree on the same scores and policy."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.analysis import akismet, coral, moderation
from service.analysis.advice import advise
from service.analysis.akismet import Finding
from service.desk.office import dryrun
from service.domain import reason
from service.domain.attribute import ABUSE, ATTRIBUTES, ESSENTIAL
from service.domain.policy import Policy, Threshold
from service.domain.site import Mode, Site
from service.domain.verdict import GRAVITY, Depth, Outcome
from service.judging.case import Case
from service.judging.pipeline import judge
from service.readers import nudge
from service.scoring import ScoredText
from service.store import codec
from service.store.comments.history import Entry
from tests.factories import CALM, a_case
from tests.judging.cases import CASES, POLICIES, SCORES

DEPTHS = st.sampled_from(Depth)
WITHOUT_SPAM = Policy(thresholds={"TOXICITY": Threshold(0.6, 0.995)})


def entry_of(verdict, *, outcomes=True):
    """The entry that a verdict leaves in the log; an older one names no outcomes."""
    stored = codec.opinions_to(verdict.opinions) if outcomes else ",".join(verdict.reasons)
    return Entry(
        id="1-0",
        comment="c",
        old="pending",
        new=verdict.outcome.status,
        by="machine",
        why="",
        opinions=codec.opinions_from(stored),
        scores=codec.scores_from(codec.scores_to(verdict.scores)),
        model="test-1",
        prev="",
        depth=verdict.depth,
    )


def rehearsed(verdict, case, **how):
    """The outcome of a dry run for a verdict, with the settings of that verdict."""
    site = Site(name="news", origins=(), policy=case.policy, mode=case.mode)
    return dryrun.judge_again(dryrun.read(entry_of(verdict, **how)), site)


def advised(policy, scores, depth=Depth.TWICE):
    """The answer to Coral, as an outcome."""
    answer = coral.instruct(advise(policy, ScoredText(scores, depth)))
    statuses = {None: Outcome.APPROVE, "REJECTED": Outcome.REJECT}
    return statuses.get(answer.get("status"), Outcome.HOLD)


@given(CASES)
def test_a_dry_run_without_a_change_changes_nothing(case):
    verdict = judge(case)
    assert rehearsed(verdict, case) is verdict.outcome
    assert rehearsed(verdict, case, outcomes=False) is verdict.outcome


@given(CASES, SCORES, POLICIES)
def test_a_dry_run_judges_other_thresholds_as_the_worker_would(case, scores, other):
    """Cases in which only thresholds differ, and the log records the trust."""
    case = replace(case, scores=scores)
    verdict = judge(case)
    changed = replace(case, policy=replace(case.policy, thresholds=other.thresholds))
    knows = case.author_status is None or case.author_status.kind != "trusted"
    if knows or reason.TRUSTED.code in verdict.reasons:
        site = Site(name="news", origins=(), policy=changed.policy, mode=case.mode)
        again = dryrun.judge_again(dryrun.read(entry_of(verdict)), site)
        assert again is judge(changed).outcome


@given(POLICIES, SCORES, DEPTHS)
def test_coral_is_told_what_the_worker_does(policy, scores, depth):
    case = Case(policy=policy, scores=scores, depth=depth)
    assert advised(policy, scores, depth) is judge(case).outcome


@given(CASES, DEPTHS)
def test_the_machine_rejects_nothing_for_a_zero_shot_score(case, depth):
    by_score = Case(policy=case.policy, scores=case.scores, depth=depth)
    surely = judge(replace(by_score, depth=Depth.TWICE)).outcome
    expected = min(surely, Outcome.HOLD, key=GRAVITY.index) if depth.is_zero_shot else surely

    assert judge(by_score).outcome is expected
    assert rehearsed(judge(by_score), by_score) is expected
    assert advised(case.policy, case.scores, depth) is expected


def test_what_is_no_score_rejects_whatever_language_it_is_in():
    case = a_case(blocked=("pills",), depth=Depth.ZERO_SHOT)
    assert judge(case).outcome is Outcome.REJECT


@given(POLICIES, SCORES, DEPTHS)
def test_akismet_is_told_what_the_worker_makes_of_spam(policy, scores, depth):
    calm = dict.fromkeys(ABUSE, 0.0) | {"SPAM": scores["SPAM"]}
    mild = replace(policy, thresholds=policy.thresholds | dict.fromkeys(ABUSE, Threshold()))
    outcome = judge(Case(policy=mild, scores=calm, depth=depth)).outcome
    finding = akismet.classify(policy, ScoredText(scores, depth))
    if scores["SPAM"] is None:
        assert (finding, outcome) == (Finding.UNKNOWN, Outcome.HOLD)
    else:
        assert finding is akismet.FINDINGS[outcome]


@given(POLICIES, SCORES)
def test_a_writer_is_nudged_where_the_worker_would_not_approve_the_tone(policy, scores):
    tone = {name: 0.0 if score is None else score for name, score in scores.items()}
    mild = replace(policy, thresholds=policy.thresholds | {"SPAM": Threshold()})
    is_approved = judge(Case(policy=mild, scores=tone)).outcome is Outcome.APPROVE
    assert nudge.is_harsh(mild, tone) is not is_approved


@given(POLICIES, SCORES)
def test_without_a_score_nobody_is_nudged(policy, scores):
    assert not nudge.is_harsh(policy, dict.fromkeys(scores))


@given(POLICIES, SCORES)
def test_what_openai_s_categories_flag_the_worker_does_not_approve(policy, scores):
    complete = {name: 0.0 if score is None else score for name, score in scores.items()}
    flagged = {
        name
        for name, category in moderation.categorise(policy, complete, 1.0).items()
        if category.is_flagged
    }
    if flagged:
        assert judge(Case(policy=policy, scores=complete)).outcome is not Outcome.APPROVE
    for name, attribute in (("hate", "IDENTITY_ATTACK"), ("sexual", "SEXUALLY_EXPLICIT")):
        is_wished = policy.wish(attribute, complete[attribute]) is not Outcome.APPROVE
        assert (name in flagged) is is_wished


def test_a_blocked_host_is_rejected_by_the_worker_and_by_the_dry_run():
    case = a_case(domains=("bad.example",), policy=Policy(blocked_domains=("bad.example",)))
    verdict = judge(case)
    assert verdict.outcome is Outcome.REJECT
    assert rehearsed(verdict, case) is Outcome.REJECT
    assert rehearsed(verdict, case, outcomes=False) is Outcome.REJECT


def test_a_policy_without_a_line_for_spam_has_the_default_for_every_caller():
    spammy = CALM | {"SPAM": 0.99}
    case = a_case(policy=WITHOUT_SPAM, scores=spammy)
    verdict = judge(case)
    assert verdict.outcome is Outcome.REJECT
    assert rehearsed(verdict, case) is Outcome.REJECT
    assert advised(WITHOUT_SPAM, spammy) is Outcome.REJECT
    assert akismet.classify(WITHOUT_SPAM, ScoredText(spammy)) is Finding.BLATANT


@pytest.mark.parametrize("attribute", ATTRIBUTES)
def test_a_missing_score_counts_the_same_for_every_caller(attribute):
    scores = CALM | {attribute: None}
    case = a_case(scores=scores)
    outcome = Outcome.HOLD if attribute in ESSENTIAL else Outcome.APPROVE
    assert judge(case).outcome is outcome
    assert rehearsed(judge(case), case) is outcome
    assert advised(Policy(), scores) is outcome


@given(CASES)
def test_what_trust_waives_was_mild_and_never_a_rejection(case):
    verdict = judge(replace(case, mode=Mode.MACHINE))
    if reason.TRUSTED.code in verdict.reasons:
        doubts = verdict.opinions[:-1]
        assert all(reason.is_mild(opinion.reason) for opinion in doubts)
        assert Outcome.REJECT not in {opinion.outcome for opinion in doubts}
    elif case.author_status is None or case.author_status.kind != "trusted":
        gravest = max((o.outcome for o in verdict.opinions), key=GRAVITY.index, default="approve")
        assert verdict.outcome == gravest
