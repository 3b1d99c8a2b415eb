"""Judge the author's name, and other words that stand alone, with more care than a text."""

import re
from dataclasses import replace

from service.domain.attribute import ABUSE, Attribute
from service.domain.policy import Policy
from service.domain.verdict import Opinion, Outcome
from service.judging.case import Caption, Case
from service.judging.phases.links import links

# Two words are a name rather than a sentence, and their toxicity alone says little: measured on
# 1,704 invented names (docs/policy.md), "Bitcoin Bob" has 0.95 and "Silly Billy" 0.99.
FEW = 2
# Six letters of a script without spaces are more than a name, too.
PHRASE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]{6}")
# What a caption of few words must have besides the site's thresholds.
SURE = {Attribute.INSULT: 0.9, Attribute.TOXICITY: 0.8}
BORNE_OUT = 0.6
# A phrase in place of a name is less innocent than the same words in a text.
PHRASE_WEIGHS = 1.25
# Advertising is short of words there: no harmless name that we measured has more than 0.12.
SPAM_WEIGHS, SPAM_SURE = 5.0, 0.12


def name(case: Case) -> Opinion | None:
    """Ask to reject a blocked word or host in the name, and for a person if it is doubtful."""
    return doubt(case.policy, case.name)


def doubt(policy: Policy, caption: Caption) -> Opinion | None:
    """Return the gravest doubt about a caption; one without scores is judged by the rest."""
    if caption.blocked:
        return Opinion("name/blocked-word", Outcome.REJECT, float(len(caption.blocked)))
    strict = replace(policy, max_links=0)
    linked = links(Case(policy=strict, domains=caption.domains, mentions=caption.mentions))
    if linked:
        code = "blocked-host" if linked.outcome is Outcome.REJECT else "link"
        return Opinion(f"name/{code}", linked.outcome, linked.strength)
    spam = caption.scores.get(Attribute.SPAM) or 0.0
    if spam >= SPAM_SURE and _is_reached(policy, Attribute.SPAM, spam * SPAM_WEIGHS):
        return Opinion("name/spam", Outcome.HOLD, spam)
    abuse = [score for attribute in ABUSE if (score := _abuse(policy, caption, attribute))]
    return Opinion("name/hurtful", Outcome.HOLD, max(abuse)) if abuse else None


def _abuse(policy: Policy, caption: Caption, attribute: str) -> float | None:
    """Return a score that speaks against a caption."""
    scores = caption.scores
    score = scores.get(attribute)
    if score is None:
        return None
    if len(caption.words.split()) > FEW or PHRASE.search(caption.words):
        return score if _is_reached(policy, attribute, score * PHRASE_WEIGHS) else None
    if not _is_reached(policy, attribute, score):
        return None
    if attribute == Attribute.TOXICITY and scores.get(Attribute.INSULT) is not None:
        return None
    is_borne_out = (scores.get(Attribute.TOXICITY) or 0.0) >= BORNE_OUT
    return score if is_borne_out and score >= SURE.get(Attribute(attribute), 0.0) else None


def _is_reached(policy: Policy, attribute: str, score: float) -> bool:
    return policy.wish(attribute, min(1.0, score)) is not Outcome.APPROVE
