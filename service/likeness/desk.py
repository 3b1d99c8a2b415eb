"""Which of the latest texts are nearly the same: the fingerprints that the workers leave."""

import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from service.core import Core
from service.domain.site import Site
from service.store.comments import fingerprints
from service.store.comments.fingerprints import NEARLY, REMEMBERED, Fingerprint

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(slots=True)
class _Memory:
    """The fingerprints of one site as far as this process has read them."""

    known: list[Fingerprint] = field(default_factory=list)
    rows: "NDArray[np.uint8] | None" = None


class Likeness:
    """Compares the latest texts of a site with each other; remembers what it has read."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._sites: dict[str, _Memory] = {}

    def count(self, core: Core, site: Site, named: list[str]) -> dict[str, int]:
        """Say of some comments how many others are nearly the same."""
        return {id_: len(found) - 1 for id_, found in self._near(core, site, named).items()}

    def of(self, core: Core, site: Site, comment: str) -> list[str]:
        """List the comments that are nearly the same as one, itself among them."""
        return self._near(core, site, [comment]).get(comment, [])

    def _near(self, core: Core, site: Site, named: list[str]) -> dict[str, list[str]]:
        memory = self._read(core, site)
        if memory.rows is None:
            return {}
        places = {print_.comment: place for place, print_ in enumerate(memory.known)}
        found: dict[str, list[str]] = {}
        for id_ in named:
            if id_ in places:
                agreeing = (memory.rows == memory.rows[places[id_]]).mean(axis=1)
                near = (memory.known[place] for place in (agreeing >= NEARLY).nonzero()[0])
                found[id_] = list(dict.fromkeys(print_.comment for print_ in near))
        return found

    def _read(self, core: Core, site: Site) -> _Memory:
        # Here and not above: what needs no likeness needs no numpy.
        import numpy as np

        with self._lock:
            memory = self._sites.setdefault(site.name, _Memory())
            last = memory.known[-1].entry if memory.known else ""
            if news := fingerprints.since(core.at(site.name), last):
                known = [*memory.known, *news][-REMEMBERED:]
                flat = b"".join(print_.signature for print_ in known)
                memory = _Memory(known, np.frombuffer(flat, np.uint8).reshape(len(known), -1))
                self._sites[site.name] = memory
            return memory
