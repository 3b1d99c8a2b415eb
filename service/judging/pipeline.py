"""Run every phase on a case; the gravest outcome that any of them asks for is the verdict."""

from collections.abc import Iterable, Sequence

from service.domain import reason
from service.domain.site import Mode
from service.domain.verdict import Opinion, Outcome, Verdict, gravest
from service.judging.case import Case, Phase
from service.judging.phases import PHASES, SCORE_PHASES
from service.judging.phases.author_status import waives

# Reasons that the pipeline itself adds to those of the phases.
ADDED = frozenset({reason.TRUSTED.code, reason.READ_FIRST.code})


def judge(case: Case, phases: Iterable[Phase] = PHASES, *, model: str = "") -> Verdict:
    """Reach a verdict; all opinions are kept, including those that did not decide it.

    In mode `pre` a person decides everything, so the machine rejects nothing either. Mild doubts
    do not hold a comment by a trusted author.
    """
    return _conclude(case, _ask(case, phases), model)


def replay(case: Case, recorded: Iterable[Opinion]) -> Verdict:
    """Judge a case again without its evidence: recorded opinions replace most of the phases.

    Opinions based on scores, and those the pipeline adds, are computed again from the case.
    """
    remaining = [opinion for opinion in recorded if not _is_recomputed(opinion)]
    return _conclude(case, [*remaining, *_ask(case, SCORE_PHASES)])


def _ask(case: Case, phases: Iterable[Phase]) -> list[Opinion]:
    return [opinion for phase in phases if (opinion := phase(case)) is not None]


def _is_recomputed(opinion: Opinion) -> bool:
    return opinion.reason in ADDED or reason.is_by_score(opinion.reason)


def _conclude(case: Case, opinions: Sequence[Opinion], model: str = "") -> Verdict:
    outcome = gravest(opinion.outcome for opinion in opinions)
    added: list[Opinion] = []
    if outcome is Outcome.HOLD and waives(case, opinions):
        outcome = Outcome.APPROVE
        added.append(Opinion(reason.TRUSTED.code, outcome))
    if case.mode is Mode.PRE:
        outcome = Outcome.HOLD
        added.append(Opinion(reason.READ_FIRST.code, outcome))
    return Verdict(
        outcome,
        (*opinions, *added),
        dict(case.scores),
        model,
        language=case.language,
        margin=case.policy.margin(case.scores),
        hosts=case.domains,
        depth=case.depth,
    )
