"""Verdicts on texts of other systems that ask what to do with a comment."""

from collections.abc import Iterable

from service.blocklist import blocked_in
from service.domain import links as links_of
from service.domain import reason
from service.domain.attribute import ABUSE
from service.domain.policy import Policy
from service.domain.site import Site
from service.domain.verdict import Outcome, Verdict
from service.judging.case import Case, Phase
from service.judging.phases import SCORE_PHASES
from service.judging.phases.blocked_words import blocked_words
from service.judging.phases.length import length
from service.judging.phases.links import links
from service.judging.pipeline import judge
from service.scoring import ScoredText

# What a text shows by itself: of its author, its page and earlier comments nothing is known here.
TEXT_PHASES: tuple[Phase, ...] = (length, blocked_words, links, *SCORE_PHASES)
HARSH = frozenset(map(reason.scored, ABUSE))


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


def advise_on(text: str, scored: ScoredText, policy: Policy, site: Site | None = None) -> Verdict:
    """Reach the verdict that a comment with this text would get by itself, without its author."""
    case = Case(
        policy=policy,
        body=text,
        scores=scored.scores,
        depth=scored.depth,
        blocked=blocked_in(text, policy.blocked_words),
        domains=links_of.hosts_linked(text),
        mentions=links_of.hosts_named(text),
        own=site.hosts if site else (),
    )
    return judge(case, TEXT_PHASES)


def is_for_its_tone(verdict: Verdict) -> bool:
    """Tell whether its tone is among the reasons, so that its author may rephrase the text."""
    harsh = (opinion for opinion in verdict.opinions if opinion.reason in HARSH)
    return any(opinion.outcome is not Outcome.APPROVE for opinion in harsh)
