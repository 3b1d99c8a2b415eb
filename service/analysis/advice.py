"""Verdicts from scores alone, for other systems that ask what to do with a comment."""

from collections.abc import Iterable

from service.domain.policy import Policy
from service.domain.verdict import Verdict
from service.judging.case import Case, Phase
from service.judging.phases import SCORE_PHASES
from service.judging.pipeline import judge
from service.scoring import ScoredText


def advise(
    policy: Policy,
    text: ScoredText,
    phases: Iterable[Phase] = SCORE_PHASES,
    **evidence: tuple[str, ...],
) -> Verdict:
    """Reach the verdict our own comments would get; a text without scores is held.

    `evidence` are the hosts of a text, for phases that look at them.
    """
    domains, mentions, own = (evidence.get(name, ()) for name in ("domains", "mentions", "own"))
    case = Case(
        policy=policy,
        scores=text.scores,
        depth=text.depth,
        domains=domains,
        mentions=mentions,
        own=own,
    )
    return judge(case, phases)
