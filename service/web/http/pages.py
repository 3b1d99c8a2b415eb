"""Explanations of errors for HTML pages, from the table of problems."""

from dataclasses import dataclass, field

from service.domain.errors import DomainError, Invalid, StaleStatus, TooMany
from service.web.http import language, problems


@dataclass(frozen=True, slots=True)
class Explanation:
    """A status with a title and an explanation for people, and the headers it requires."""

    status: int
    title: str
    detail: str
    headers: dict[str, str] = field(default_factory=dict)


def explain(error: DomainError) -> Explanation:
    """Explain an error without showing str(error)."""
    status, _, title = problems.PROBLEMS[type(error)]
    headers = problems.headers_for(error)
    return Explanation(int(status), language.gettext(title), _detail(error), headers)


def meaning(kind: type[DomainError]) -> str:
    """Return the general explanation of a kind of error, from its docstring."""
    return " ".join((kind.__doc__ or "").split("\n\n")[0].replace("`", "").split())


def _detail(error: DomainError) -> str:
    match error:
        case Invalid(faults=faults):
            return " ".join(language.say(fault.sentence) for fault in faults)
        case TooMany():
            return language.say(problems.wait(error))
        case StaleStatus(status=status, by=by):
            return f"It is {status} already{f', by {by}' if by else ''}."
        case _:
            return meaning(type(error))
