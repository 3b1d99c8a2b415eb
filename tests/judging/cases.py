"""Hypothesis strategies for all inputs of a phase."""

from hypothesis import strategies as st

from service.domain.attribute import ATTRIBUTES
from service.domain.author import AuthorRecord
from service.domain.author_status import AuthorStatus, AuthorStatusKind
from service.domain.comment import Doubt
from service.domain.policy import NEVER, Policy, Threshold
from service.domain.site import Mode
from service.domain.verdict import Depth
from service.judging.case import Alike, Caption, Case
from tests.factories import NOON

HOSTS = ("a.example", "b.example", "c.example", "bad.example")
# With the precision of the log.
LEVEL = st.integers(0, 1000).map(lambda thousandths: thousandths / 1000)
SCORE = st.none() | LEVEL
SCORES = st.fixed_dictionaries(dict.fromkeys(ATTRIBUTES, SCORE))
EDGE = LEVEL | st.just(NEVER)
THRESHOLD = st.tuples(EDGE, EDGE).map(sorted).map(lambda edges: Threshold(*edges))
# A site that is older than an attribute has no line for it.
THRESHOLDS = st.dictionaries(st.sampled_from(ATTRIBUTES), THRESHOLD)
POLICIES = st.builds(
    Policy,
    thresholds=THRESHOLDS,
    min_length=st.integers(1, 50),
    max_length=st.integers(50, 5000),
    max_links=st.integers(0, 3),
    blocked_domains=st.sampled_from(((), ("bad.example",))),
    trusted_domains=st.sampled_from(((), ("a.example",))),
)
AUTHOR_STATUSES = st.none() | st.sampled_from(AuthorStatusKind).map(
    lambda kind: AuthorStatus(kind=kind, by="olga", at=NOON)
)
# One strategy for each field of a case.
EVIDENCE = {
    "policy": POLICIES,
    "mode": st.sampled_from(Mode),
    "body": st.integers(1, 6000).map(lambda length: "x" * length),
    "language": st.sampled_from(("und", "en", "de")),
    "scores": SCORES,
    "record": st.builds(AuthorRecord, approved=st.integers(0, 9), rejected=st.integers(0, 9)),
    "author_status": AUTHOR_STATUSES,
    "alike": st.builds(Alike, texts=st.integers(0, 3), by_author=st.integers(0, 1)),
    "blocked": st.sampled_from(((), ("pills",))),
    "mentions": st.lists(st.sampled_from(HOSTS), max_size=2).map(tuple),
    "own": st.sampled_from(((), ("b.example",))),
    "domains": st.lists(st.sampled_from(HOSTS), max_size=4).map(tuple),
    "name": st.builds(
        Caption,
        words=st.sampled_from(("Ann", "Ann of the Hill")),
        scores=SCORES,
        blocked=st.sampled_from(((), ("pills",))),
        domains=st.lists(st.sampled_from(HOSTS), max_size=1).map(tuple),
    ),
    "was_held": st.booleans(),
    "depth": st.sampled_from(Depth),
    "doubts": st.lists(st.sampled_from(Doubt), unique=True, max_size=2).map(tuple),
}
CASES = st.builds(Case, **EVIDENCE)
