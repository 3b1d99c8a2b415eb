"""Each rule is a row: a case, its outcome, and the reason."""

import ast
from dataclasses import fields
from inspect import getsource

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.domain.author import AuthorRecord
from service.domain.author_status import AuthorStatus, AuthorStatusKind
from service.domain.comment import Doubt
from service.domain.policy import Policy, Threshold
from service.domain.site import Mode
from service.domain.verdict import Outcome
from service.judging.case import Alike, Case
from service.judging.pipeline import judge
from tests.factories import CALM, NOON, a_case
from tests.judging.cases import EVIDENCE
from workers import evidence

APPROVE, HOLD, REJECT = Outcome


def treated(kind):
    return AuthorStatus(kind=AuthorStatusKind(kind), by="olga", at=NOON)


@pytest.mark.parametrize(
    ("case", "outcome", "codes"),
    [
        (a_case("Well said."), APPROVE, []),
        (a_case("x" * 6000), HOLD, ["length/too-long"]),
        (a_case("no", policy=Policy(min_length=5)), HOLD, ["length/too-short"]),
        (a_case(blocked=("pills",)), REJECT, ["blocked_words/blocked-word"]),
        (a_case(domains=("a.example",) * 2), APPROVE, []),
        (a_case(domains=("a.example",) * 3), HOLD, ["links/many-links"]),
        (
            a_case(
                domains=("a.example", "www.a.example", "b.a.example"),
                policy=Policy(trusted_domains=("a.example",)),
            ),
            APPROVE,
            [],
        ),
        *(
            (
                a_case(domains=("a.example",) * 3, policy=Policy(trusted_domains=(written,))),
                APPROVE,
                [],
            )
            for written in ("A.example", "www.a.example", "https://www.a.example/", " a.example.")
        ),
        (
            a_case(domains=("evil-a.example",) * 3, policy=Policy(trusted_domains=("a.example",))),
            HOLD,
            ["links/many-links"],
        ),
        *(
            (
                a_case(domains=(host,), policy=Policy(blocked_domains=("https://www.a.example/",))),
                outcome,
                codes,
            )
            for host, outcome, codes in (
                ("a.example", REJECT, ["links/blocked-host"]),
                ("www.a.example", REJECT, ["links/blocked-host"]),
                ("b.a.example", REJECT, ["links/blocked-host"]),
                ("evil-a.example", APPROVE, []),
            )
        ),
        (
            a_case(
                domains=("a.example",),
                policy=Policy(blocked_domains=("a.example",), trusted_domains=("a.example",)),
            ),
            REJECT,
            ["links/blocked-host"],
        ),
        (a_case(alike=Alike(texts=1)), APPROVE, []),
        (a_case(alike=Alike(texts=2)), HOLD, ["repetition/many-alike"]),
        (a_case(alike=Alike(texts=1, by_author=1)), HOLD, ["repetition/again"]),
        (a_case(record=AuthorRecord(approved=1, rejected=2)), APPROVE, []),
        (
            a_case(record=AuthorRecord(approved=3, rejected=2, removed=1)),
            HOLD,
            ["record/often-refused"],
        ),
        (a_case(record=AuthorRecord(approved=90, rejected=3)), APPROVE, []),
        (a_case(was_held=True), HOLD, ["reopened/held-before"]),
        (
            a_case(was_held=True, author_status=treated("trusted")),
            HOLD,
            ["reopened/held-before"],
        ),
        (a_case(doubts=(Doubt.NO_WORK,)), HOLD, ["suspicion/no-work"]),
        (a_case(doubts=(Doubt.NO_WORK, Doubt.HASTE)), HOLD, ["suspicion/haste"]),
        (a_case(doubts=(Doubt.HASTE, Doubt.TRAP)), HOLD, ["suspicion/trap"]),
        (
            a_case(doubts=(Doubt.NO_WORK,), author_status=treated("trusted")),
            APPROVE,
            ["suspicion/no-work", "footing/trusted"],
        ),
        (a_case(author_status=treated("muted")), HOLD, ["footing/muted"]),
        (a_case(author_status=treated("banned")), HOLD, ["footing/banned"]),
        (a_case(author_status=treated("warned")), APPROVE, []),
        (a_case(author_status=treated("trusted")), APPROVE, []),
        (
            a_case(author_status=treated("trusted"), scores={"TOXICITY": 0.7}),
            APPROVE,
            ["toxicity/toxicity", "footing/trusted"],
        ),
        (
            a_case(author_status=treated("trusted"), scores={"TOXICITY": 0.7, "THREAT": 0.5}),
            HOLD,
            ["toxicity/toxicity"],
        ),
        (
            a_case(author_status=treated("trusted"), scores={"TOXICITY": 0.999}),
            REJECT,
            ["toxicity/toxicity"],
        ),
        (
            a_case(author_status=treated("trusted"), blocked=("pills",)),
            REJECT,
            ["blocked_words/blocked-word"],
        ),
        (
            a_case(author_status=treated("trusted"), alike=Alike(texts=2)),
            HOLD,
            ["repetition/many-alike"],
        ),
        (
            a_case(author_status=treated("trusted"), mode=Mode.PRE),
            HOLD,
            ["mode/pre"],
        ),
        (a_case(scores={"SPAM": 0.7}), HOLD, ["spam/spam"]),
        (a_case(scores={"SPAM": 0.99}), REJECT, ["spam/spam"]),
        (a_case(scores={"TOXICITY": 0.7}), HOLD, ["toxicity/toxicity"]),
        (a_case(scores={"TOXICITY": 0.999}), REJECT, ["toxicity/toxicity"]),
        (a_case(scores={"INSULT": 0.999}), HOLD, ["toxicity/insult"]),
        (a_case(scores={"TOXICITY": 0.7, "THREAT": 0.98}), REJECT, ["toxicity/threat"]),
        (
            a_case(domains=("a.example",) * 3, scores={"SPAM": 0.99}),
            REJECT,
            ["links/many-links", "spam/spam"],
        ),
    ],
)
def test_a_case_is_judged(case, outcome, codes):
    verdict = judge(case)
    assert verdict.outcome is outcome
    assert list(verdict.reasons) == codes


@pytest.mark.parametrize("attribute", ["TOXICITY", "SPAM"])
def test_without_a_score_a_person_decides(attribute):
    assert judge(a_case(scores={attribute: None})).outcome is HOLD


def test_without_any_score_a_person_decides():
    assert judge(a_case(scores=dict.fromkeys(CALM))).outcome is HOLD


def test_a_finer_score_that_the_model_lacks_holds_nothing_up():
    assert judge(a_case(scores={"SEXUALLY_EXPLICIT": None})).outcome is APPROVE


@pytest.mark.parametrize("scores", [{}, {"TOXICITY": 0.999}], ids=["calm", "toxic"])
def test_where_a_person_reads_first_the_machine_decides_nothing(scores):
    verdict = judge(a_case(mode=Mode.PRE, scores=scores))
    assert verdict.outcome is HOLD
    assert verdict.reasons[-1] == "mode/pre"


def test_the_sites_own_threshold_counts():
    policy = Policy(thresholds={"TOXICITY": Threshold(0.2, 0.3)})
    assert judge(a_case(scores={"TOXICITY": 0.25}, policy=policy)).outcome is HOLD
    assert judge(a_case(scores={"TOXICITY": 0.35}, policy=policy)).outcome is REJECT


@given(st.fixed_dictionaries({name: st.floats(0, 1) for name in CALM}), st.sampled_from(list(CALM)))
def test_a_higher_score_is_never_judged_more_mildly(scores, raised):
    gravity = list(Outcome).index
    before = judge(a_case(scores=scores)).outcome
    after = judge(a_case(scores=scores | {raised: 1.0})).outcome
    assert gravity(after) >= gravity(before)


def test_a_case_is_gathered_and_generated_whole():
    names = {field.name for field in fields(Case)}
    tree = ast.parse(getsource(evidence))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    given = {each.arg for call in calls if _makes_a_case(call) for each in call.keywords}
    assert given == names
    assert EVIDENCE.keys() == names


def _makes_a_case(call):
    return isinstance(call.func, ast.Name) and call.func.id in ("Case", "replace")
