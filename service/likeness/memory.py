"""An in-process cache of the latest fingerprints of each site, to find near-duplicates.

Workers and the desk both use it. numpy is imported only when texts are compared: a web process
that shows no queue does not need it.
"""

import threading
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from service.judging.case import Alike
from service.store.comments import fingerprints
from service.store.comments.fingerprints import NEARLY, REMEMBERED, Fingerprint
from service.store.record import Record

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SIZE = 64  # bytes of a signature


@dataclass(frozen=True, slots=True)
class LatestTexts:
    """The latest fingerprints of one site, with their signatures as the rows of one array."""

    known: tuple[Fingerprint, ...] = ()
    signatures: "NDArray[np.uint8] | None" = None

    @property
    def last(self) -> str:
        """The last entry that was read, "" if none was."""
        return self.known[-1].entry if self.known else ""

    def learn(self, news: Iterable[Fingerprint]) -> "LatestTexts":
        """Add newer fingerprints and drop the oldest."""
        import numpy as np

        added = tuple(news)
        if not added:
            return self
        rows = np.frombuffer(b"".join(text.signature for text in added), np.uint8)
        rows = rows.reshape(-1, SIZE)
        if self.signatures is not None:
            rows = np.concatenate([self.signatures, rows])
        return LatestTexts((*self.known, *added)[-REMEMBERED:], rows[-REMEMBERED:])

    def count_before(self, comment: str, author: str, signature: bytes | None) -> Alike:
        """Count the comments before this one whose texts are nearly the same."""
        authors: dict[str, str] = {}
        for text in self._near(signature) if signature else ():
            if text.comment == comment:
                break
            authors[text.comment] = text.author
        return Alike(texts=len(authors), by_author=sum(by == author for by in authors.values()))

    def alike(self, comments: Iterable[str]) -> dict[str, list[str]]:
        """List the near-duplicates of each remembered comment, itself included."""
        signatures = {text.comment: text.signature for text in self.known}
        return {
            comment: list(dict.fromkeys(text.comment for text in self._near(signatures[comment])))
            for comment in comments
            if comment in signatures
        }

    def _near(self, signature: bytes) -> list[Fingerprint]:
        """Find the texts whose signatures agree with this one almost everywhere, oldest first."""
        import numpy as np

        if self.signatures is None:
            return []
        agreeing = (self.signatures == np.frombuffer(signature, np.uint8)).mean(axis=1)
        return [self.known[place] for place in np.flatnonzero(agreeing >= NEARLY)]


class Likeness:
    """Remembers the latest texts of each site, as far as this process has read them."""

    def __init__(self) -> None:
        """Start empty; a site is read on its first use."""
        self._lock = threading.Lock()
        self._sites: dict[str, LatestTexts] = {}

    def latest(self, record: Record) -> LatestTexts:
        """Return the latest texts of a site, including those added since the last call."""
        site = record.keys.site
        with self._lock:
            texts = self._sites.get(site, LatestTexts())
            if news := fingerprints.since(record, texts.last):
                texts = self._sites[site] = texts.learn(news)
            return texts

    def count(self, record: Record, comments: Iterable[str]) -> dict[str, int]:
        """Count the other near-duplicates of each comment."""
        alike = self.latest(record).alike(comments)
        return {comment: len(near) - 1 for comment, near in alike.items()}

    def of(self, record: Record, comment: str) -> list[str]:
        """List the near-duplicates of a comment, itself included."""
        return self.latest(record).alike([comment]).get(comment, [])
