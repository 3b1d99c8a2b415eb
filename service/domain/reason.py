"""The table of all reasons for holding or rejecting a comment."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from service.domain.attribute import Attribute
from service.domain.sentences import N_
from service.domain.verdict import NOT_SCORED, Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One reason and its properties.

    `code` is "phase/name"; it is stored and visible over HTTP, so it never changes. `gravest` is
    the gravest outcome that the reason may ask for. Trust in an author outweighs a mild reason. A
    reason by score follows from the recorded scores and a policy. `for_moderators` and `for_author`
    are its sentences; authors do not see a reason whose sentence is empty. `rule` is the policy
    line that a statement of reasons refers to, "" if there is none.
    """

    code: str
    gravest: Outcome
    for_moderators: str
    for_author: str = ""
    rule: str = ""
    is_mild: bool = False
    is_by_score: bool = False


def _by_score(code: str, for_moderators: str, for_author: str, *, is_mild: bool = False) -> Reason:
    return Reason(
        code=code,
        gravest=Outcome.REJECT,
        for_moderators=for_moderators,
        for_author=for_author,
        rule="thresholds",
        is_mild=is_mild,
        is_by_score=True,
    )


def _unscored(phase: str) -> Reason:
    return Reason(
        code=f"{phase}/{NOT_SCORED}",
        gravest=Outcome.HOLD,
        for_moderators="The machine could not judge it.",
        is_by_score=True,
    )


TRUSTED: Final = Reason(
    code="footing/trusted",
    gravest=Outcome.APPROVE,
    for_moderators="Its author is trusted: mild doubts were waived.",
)
READ_FIRST: Final = Reason(
    code="mode/pre",
    gravest=Outcome.HOLD,
    for_moderators="A person reads everything here first.",
    rule="mode",
)
POISON: Final = Reason(
    code="worker/poison",
    gravest=Outcome.HOLD,
    for_moderators="The machine failed on it three times.",
)

NAME_NOT_ALLOWED: Final = N_("The name is not allowed on this site.")
NAME_ADVERTISES: Final = N_("The name looks like advertising.")

# In the order of the phases, in which moderators see them.
TABLE: Final = (
    Reason(
        code="length/too-short",
        gravest=Outcome.HOLD,
        for_moderators="It is shorter than the site allows.",
        for_author=N_("It is shorter than this site allows."),
        rule="min_length",
        is_mild=True,
    ),
    Reason(
        code="length/too-long",
        gravest=Outcome.HOLD,
        for_moderators="It is longer than the site allows.",
        for_author=N_("It is longer than this site allows."),
        rule="max_length",
        is_mild=True,
    ),
    Reason(
        code="blocked_words/blocked-word",
        gravest=Outcome.REJECT,
        for_moderators="It holds a word that the site has blocked.",
        for_author=N_("It holds a word that is not allowed on this site."),
        rule="blocked_words",
    ),
    Reason(
        code="links/blocked-host",
        gravest=Outcome.REJECT,
        for_moderators="It links to a host that the site has blocked.",
        for_author=N_("It links to a place that is not allowed on this site."),
        rule="blocked_domains",
    ),
    Reason(
        code="links/many-links",
        gravest=Outcome.HOLD,
        for_moderators="It links to several places that the site does not trust.",
        for_author=N_("It links to several places that this site does not trust."),
        rule="max_links",
        is_mild=True,
    ),
    Reason(
        code="name/blocked-word",
        gravest=Outcome.REJECT,
        for_moderators="The author’s name holds a word that the site has blocked.",
        for_author=NAME_NOT_ALLOWED,
        rule="blocked_words",
    ),
    Reason(
        code="name/blocked-host",
        gravest=Outcome.REJECT,
        for_moderators="The author’s name links to a host that the site has blocked.",
        for_author=NAME_NOT_ALLOWED,
        rule="blocked_domains",
    ),
    Reason(
        code="name/link",
        gravest=Outcome.HOLD,
        for_moderators="The author’s name holds a link.",
        for_author=NAME_ADVERTISES,
        is_mild=True,
    ),
    Reason(
        code="name/spam",
        gravest=Outcome.HOLD,
        for_moderators="The author’s name looks like advertising.",
        for_author=NAME_ADVERTISES,
        rule="thresholds",
        is_mild=True,
    ),
    Reason(
        code="name/hurtful",
        gravest=Outcome.HOLD,
        for_moderators="The author’s name looks hurtful.",
        for_author=N_("The name looks hurtful."),
        rule="thresholds",
        is_mild=True,
    ),
    Reason(
        code="repetition/again",
        gravest=Outcome.HOLD,
        for_moderators="Its author has said nearly the same before.",
        for_author=N_("You have said nearly the same before."),
        is_mild=True,
    ),
    Reason(
        code="repetition/many-alike",
        gravest=Outcome.HOLD,
        for_moderators="Others have sent nearly the same text.",
        for_author=N_("Others have sent nearly the same text."),
        rule="repeats",
    ),
    Reason(
        code="record/often-refused",
        gravest=Outcome.HOLD,
        for_moderators="Many comments of this author were refused.",
        for_author=N_("Many comments of this author were refused before."),
        rule="rejections",
        is_mild=True,
    ),
    Reason(
        code="footing/muted",
        gravest=Outcome.HOLD,
        for_moderators="Its author is muted: a person reads all of it first.",
    ),
    Reason(
        code="footing/banned",
        gravest=Outcome.HOLD,
        for_moderators="Its author was banned after they wrote it.",
    ),
    TRUSTED,
    Reason(
        code="reopened/held-before",
        gravest=Outcome.HOLD,
        for_moderators="Reports or a person had held it before its author changed it.",
    ),
    Reason(
        code="suspicion/trap",
        gravest=Outcome.HOLD,
        for_moderators="A field that people do not see was filled in.",
    ),
    Reason(
        code="suspicion/haste",
        gravest=Outcome.HOLD,
        for_moderators="It came sooner than a person can read and type a code.",
        is_mild=True,
    ),
    Reason(
        code="suspicion/no-work",
        gravest=Outcome.HOLD,
        for_moderators="It came with a code, but without the work that a browser does.",
        rule="captcha",
        is_mild=True,
    ),
    _by_score(
        "spam/spam",
        "It looks like advertising.",
        N_("It looks like advertising."),
        is_mild=True,
    ),
    _unscored("spam"),
    _by_score(
        "toxicity/toxicity",
        "It looks hurtful.",
        N_("It looks hurtful."),
        is_mild=True,
    ),
    _by_score(
        "toxicity/severe-toxicity",
        "It looks very hurtful.",
        N_("It looks very hurtful."),
    ),
    _by_score(
        "toxicity/insult",
        "It looks like an insult.",
        N_("It looks like an insult."),
        is_mild=True,
    ),
    _by_score(
        "toxicity/profanity",
        "It looks foul-mouthed.",
        N_("It looks foul-mouthed."),
        is_mild=True,
    ),
    _by_score(
        "toxicity/threat",
        "It looks like a threat.",
        N_("It looks like a threat."),
    ),
    _by_score(
        "toxicity/identity-attack",
        "It looks like an attack on a group of people.",
        N_("It looks like an attack on a group of people."),
    ),
    _by_score(
        "toxicity/sexually-explicit",
        "It looks sexual.",
        N_("It looks sexual."),
    ),
    _unscored("toxicity"),
    READ_FIRST,
    POISON,
)
REASONS: Final[Mapping[str, Reason]] = {reason.code: reason for reason in TABLE}


def scored(attribute: str) -> str:
    """Return the code of the reason for a score of this attribute."""
    return f"{_phase(attribute)}/{attribute.lower().replace('_', '-')}"


def unscored(attribute: str) -> str:
    """Return the code of the reason for a missing score of this attribute."""
    return f"{_phase(attribute)}/{NOT_SCORED}"


def gravest(code: str) -> Outcome:
    """Return the gravest outcome that a reason may ask for; an unknown code asks to hold."""
    return REASONS[code].gravest if code in REASONS else Outcome.HOLD


def is_mild(code: str) -> bool:
    """Return whether trust in an author outweighs a reason."""
    return code in REASONS and REASONS[code].is_mild


def is_by_score(code: str) -> bool:
    """Return whether a reason depends on the scores alone."""
    return code in REASONS and REASONS[code].is_by_score


def _phase(attribute: str) -> str:
    return "spam" if attribute == Attribute.SPAM else "toxicity"
