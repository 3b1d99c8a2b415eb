"""A dry run gives the pipeline's outcomes, and the decisions of people."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.desk.office import dryrun
from service.desk.office.dryrun import JudgedComment
from service.domain.attribute import ATTRIBUTES
from service.domain.author_status import AuthorStatus, AuthorStatusKind
from service.domain.comment import Status
from service.domain.policy import Threshold
from service.domain.site import Mode, Site
from service.domain.verdict import Opinion, Outcome
from service.judging.pipeline import judge
from service.store.comments import comments, intakes
from tests.factories import CALM, NOON, a_case, a_comment, a_verdict, an_intake

SCORE = st.none() | st.floats(0, 1).map(lambda score: round(score, 3))
SCORES = st.fixed_dictionaries(dict.fromkeys(ATTRIBUTES, SCORE))
LEVELS = (
    st.tuples(st.floats(0, 1.01), st.floats(0, 1.01)).map(sorted).map(lambda two: Threshold(*two))
)


def a_site(mode=Mode.MACHINE, **thresholds):
    site = Site(name="news", origins=(), mode=mode)
    levels = site.policy.thresholds | {n: Threshold(*level) for n, level in thresholds.items()}
    return replace(site, policy=replace(site.policy, thresholds=levels))


def a_row(decided=None, opinions=(), **scores):
    return JudgedComment(CALM | scores, opinions, decided=decided)


@given(scores=SCORES, levels=st.fixed_dictionaries(dict.fromkeys(ATTRIBUTES, LEVELS)))
def test_it_judges_scores_as_the_pipeline_does(scores, levels):
    site = a_site()
    policy = replace(site.policy, thresholds=levels)
    case = replace(a_case(policy=policy), scores=scores)
    comment = JudgedComment(scores)
    assert dryrun.judge_again(comment, replace(site, policy=policy)) is judge(case).outcome


@pytest.mark.parametrize(
    ("reasons", "outcome"),
    [
        ((), Outcome.APPROVE),
        (("toxicity/insult", "spam/spam", "mode/pre"), Outcome.APPROVE),
        (("links/many-links", "toxicity/insult"), Outcome.HOLD),
        (("repetition/again", "blocked_words/blocked-word"), Outcome.REJECT),
        (("links/blocked-host",), Outcome.REJECT),
    ],
)
def test_what_other_phases_asked_for_stays(reasons, outcome):
    comment = JudgedComment(CALM, a_verdict(Outcome.HOLD, *reasons).opinions)
    assert dryrun.judge_again(comment, a_site()) is outcome


@given(
    scores=SCORES,
    levels=st.fixed_dictionaries(dict.fromkeys(ATTRIBUTES, LEVELS)),
    domains=st.sampled_from([(), ("a.example", "b.example", "c.example")]),
)
def test_it_waives_for_a_trusted_author_as_the_pipeline_does(scores, levels, domains):
    policy = replace(a_site().policy, thresholds=levels)
    trusted = AuthorStatus(kind=AuthorStatusKind.TRUSTED, by="ines", at=NOON)
    case = replace(a_case(policy=policy, author_status=trusted, domains=domains), scores=scores)
    verdict = judge(case)
    comment = JudgedComment(scores, verdict.opinions, trusted)
    assert dryrun.judge_again(comment, replace(a_site(), policy=policy)) is verdict.outcome


def test_trust_is_read_from_the_log(core, record, news):
    reasons = ("links/many-links", "toxicity/insult", "footing/trusted")
    comment = a_comment()
    intakes.accept(record, an_intake(comment))
    verdict = a_verdict(Outcome.APPROVE, *reasons, **(CALM | {"INSULT": 0.9}))
    comments.judge(record, comment, verdict, now=NOON)
    [row] = dryrun.latest(core, news)
    assert dryrun.judge_again(row, news) is Outcome.APPROVE
    assert dryrun.judge_again(row, a_site(INSULT=(0.5, 0.8))) is Outcome.REJECT


def test_moves_are_counted_with_what_people_decided():
    rows = [
        a_row(TOXICITY=0.7),
        a_row(Status.REJECTED, TOXICITY=0.7),
        a_row(Status.APPROVED, TOXICITY=0.7),
        a_row(Status.REMOVED, TOXICITY=0.9),
        a_row(Status.APPROVED, TOXICITY=0.1),
        a_row(TOXICITY=0.7, opinions=(Opinion("links/many-links", Outcome.HOLD),)),
    ]
    rehearsal = dryrun.rehearse(rows, a_site(), a_site(TOXICITY=(0.8, 0.85)))
    assert rehearsal.comments == 6
    assert rehearsal.before == {Outcome.HOLD: 5, Outcome.APPROVE: 1}
    assert rehearsal.after == {Outcome.HOLD: 1, Outcome.APPROVE: 4, Outcome.REJECT: 1}
    published, refused = rehearsal.moves
    assert (published.after, published.comments) == (Outcome.APPROVE, 3)
    assert (published.refused, published.approved) == (1, 1)
    assert (refused.after, refused.comments, refused.refused) == (Outcome.REJECT, 1, 1)


def test_in_mode_pre_a_person_reads_everything():
    rehearsal = dryrun.rehearse([a_row()], a_site(), a_site(Mode.PRE))
    assert rehearsal.after == {Outcome.HOLD: 1}


@given(st.lists(SCORES, max_size=20), st.floats(0, 1), st.floats(0, 1))
def test_a_higher_threshold_never_publishes_less(scores_of_all, low, high):
    low, high = sorted((low, high))
    rows = [JudgedComment(scores) for scores in scores_of_all]
    strict, mild = a_site(TOXICITY=(low, 1.01)), a_site(TOXICITY=(high, 1.01))
    result = dryrun.rehearse(rows, strict, mild)
    assert result.after[Outcome.APPROVE] >= result.before[Outcome.APPROVE]


def test_the_latest_comments_are_read_from_the_log(core, record, news):
    for score, decided in ((0.7, Status.REJECTED), (0.8, None), (0.9, Status.APPROVED)):
        comment = a_comment()
        intakes.accept(record, an_intake(comment))
        verdict = a_verdict(Outcome.HOLD, "toxicity/toxicity", TOXICITY=score, SPAM=0.1)
        comments.judge(record, comment, verdict, now=NOON)
        if decided:
            held = comments.get(record, comment.id)
            comments.change_status(record, held, decided, by="ines", now=NOON)
    rows = dryrun.latest(core, news)
    assert [(row.scores["TOXICITY"], row.decided) for row in rows] == [
        (0.9, Status.APPROVED),
        (0.8, None),
        (0.7, Status.REJECTED),
    ]
    assert len(dryrun.latest(core, news, limit=2)) == 2
    histogram = dryrun.histograms(rows)["TOXICITY"]
    assert (histogram.approved[18], histogram.others[16], histogram.refused[14]) == (1, 1, 1)
