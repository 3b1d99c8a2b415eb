"""Hold scores against a policy's thresholds, for systems that ask what to do with a comment."""

from dataclasses import dataclass

from service.domain.attribute import ESSENTIAL
from service.domain.policy import DEFAULT_THRESHOLDS, Policy, Threshold
from service.domain.verdict import GRAVITY, Outcome
from service.scoring import Scores


@dataclass(frozen=True, slots=True)
class Advice:
    """What to do, and what speaks for it; without a score a person looks, and nothing speaks."""

    outcome: Outcome
    attributes: tuple[str, ...] = ()


def threshold(policy: Policy, attribute: str) -> Threshold:
    """Give a policy's threshold, or the default where it names none."""
    return policy.thresholds.get(attribute) or DEFAULT_THRESHOLDS[attribute]


def advise(policy: Policy, scores: Scores) -> Advice:
    """Say what a policy asks for: the gravest wish of all thresholds that are reached."""
    wishes = {name: _wish(policy, name, scores.get(name)) for name in DEFAULT_THRESHOLDS}
    gravest = max(wishes.values(), key=GRAVITY.index)
    reached = tuple(name for name, wish in wishes.items() if wish is not Outcome.APPROVE)
    if gravest is Outcome.APPROVE and any(scores.get(name) is None for name in ESSENTIAL):
        return Advice(Outcome.HOLD)
    return Advice(gravest, reached)


def _wish(policy: Policy, attribute: str, score: float | None) -> Outcome:
    limits = threshold(policy, attribute)
    if score is None or score < limits.hold:
        return Outcome.APPROVE
    return Outcome.REJECT if score >= limits.reject else Outcome.HOLD
