"""The runtime: what a worker process builds once, before its first job."""

from dataclasses import dataclass, field

from service.core import Core
from service.likeness.memory import Likeness
from service.scoring import Scorers
from workers.captions import CaptionScores


@dataclass(frozen=True, slots=True, kw_only=True)
class Runtime:
    """The core, the scorers, and this process's caches of latest texts and of captions' scores."""

    core: Core
    scorers: Scorers
    likeness: Likeness = field(default_factory=Likeness)
    captions: CaptionScores = field(default_factory=CaptionScores)


_built: list[Runtime] = []


def install(runtime: Runtime) -> None:
    """Set the runtime of the process: RQ calls jobs by name and passes no objects."""
    _built[:] = [runtime]


def current() -> Runtime:
    """Return the runtime of the process."""
    if not _built:
        raise RuntimeError("no runtime here: start workers with `folkmoot worker`")
    return _built[0]
