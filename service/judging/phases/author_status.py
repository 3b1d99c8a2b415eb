"""Hold comments by muted authors, and waive mild doubts about trusted ones."""

from collections.abc import Iterable

from service.domain import reason
from service.domain.attribute import ATTRIBUTES
from service.domain.author_status import AuthorStatusKind
from service.domain.verdict import Opinion, Outcome
from service.judging.case import Case
from service.judging.phases.score import opinions_on

READ_FIRST = {AuthorStatusKind.MUTED: "footing/muted", AuthorStatusKind.BANNED: "footing/banned"}


def footing(case: Case) -> Opinion | None:
    """Ask for a person if the author is muted, or was banned after writing this."""
    code = READ_FIRST.get(case.author_status.kind) if case.author_status else None
    return Opinion(code, Outcome.HOLD) if code else None


def waives(case: Case, opinions: Iterable[Opinion]) -> bool:
    """Return whether trust in the author outweighs all doubts; a rejection is never waived.

    Every score counts here, not only the one its phase reports: a threat is not waived because
    the text is also mildly toxic.
    """
    if case.author_status is None or case.author_status.kind is not AuthorStatusKind.TRUSTED:
        return False
    return all(map(_is_mild, (*opinions, *opinions_on(case, ATTRIBUTES))))


def _is_mild(opinion: Opinion) -> bool:
    return opinion.outcome is not Outcome.REJECT and reason.is_mild(opinion.reason)
