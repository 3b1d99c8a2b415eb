"""What a worker process builds once, before it takes its first job."""

from dataclasses import dataclass, field

from service.core import Core
from service.likeness.memory import Likeness
from service.scoring import Scorers


@dataclass(frozen=True, slots=True, kw_only=True)
class Runtime:
    """The core, the scorers, and what this process remembers of each site's latest texts."""

    core: Core
    scorers: Scorers
    likeness: Likeness = field(default_factory=Likeness)


_built: list[Runtime] = []


def install(runtime: Runtime) -> None:
    """Make this the runtime of the process: RQ calls jobs by name and hands them nothing."""
    _built[:] = [runtime]


def current() -> Runtime:
    """Give the runtime of the process."""
    if not _built:
        raise RuntimeError("no runtime here: start workers with `folkmoot worker`")
    return _built[0]
