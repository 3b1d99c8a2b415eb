"""What a worker process builds once, before it takes its first job."""

from dataclasses import dataclass, field

from models import Classifier
from service.core import Core
from service.likeness.recent import Recent


@dataclass(frozen=True, slots=True, kw_only=True)
class Runtime:
    """The core, the classifier, and what this process remembers of each site's latest texts."""

    core: Core
    classifier: Classifier
    recent: dict[str, Recent] = field(default_factory=dict)

    def recent_of(self, site: str) -> Recent:
        """Give the memory of a site's latest texts."""
        return self.recent.setdefault(site, Recent())


_built: list[Runtime] = []


def install(runtime: Runtime) -> None:
    """Make this the runtime of the process: RQ calls jobs by name and hands them nothing."""
    _built[:] = [runtime]


def current() -> Runtime:
    """Give the runtime of the process."""
    if not _built:
        raise RuntimeError("no runtime here: start workers with `folkmoot worker`")
    return _built[0]
