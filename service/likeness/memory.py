"""Which of the latest texts of a site are nearly the same: a memory of their fingerprints.

The workers and the desk remember alike. Nothing here loads numpy before texts are compared: a web
process that shows no queue does not need it.
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
    """The latest fingerprints of one site, and their signatures as the rows of one array."""

    known: tuple[Fingerprint, ...] = ()
    signatures: "NDArray[np.uint8] | None" = None

    @property
    def last(self) -> str:
        """The entry that was read last, "" if none was."""
        return self.known[-1].entry if self.known else ""

    def learn(self, news: Iterable[Fingerprint]) -> "LatestTexts":
        """Add what came since, and forget the oldest."""
        import numpy as np

        fresh = tuple(news)
        if not fresh:
            return self
        rows = np.frombuffer(b"".join(text.signature for text in fresh), np.uint8)
        rows = rows.reshape(-1, SIZE)
        if self.signatures is not None:
            rows = np.concatenate([self.signatures, rows])
        return LatestTexts((*self.known, *fresh)[-REMEMBERED:], rows[-REMEMBERED:])

    def count_before(self, comment: str, author: str, signature: bytes | None) -> Alike:
        """Count the comments before this one whose texts are nearly the same."""
        authors: dict[str, str] = {}
        for text in self._near(signature) if signature else ():
            if text.comment == comment:
                break
            authors[text.comment] = text.author
        return Alike(texts=len(authors), by_author=sum(by == author for by in authors.values()))

    def alike(self, comments: Iterable[str]) -> dict[str, list[str]]:
        """List for each comment that is remembered those nearly the same, itself among them."""
        signatures = {text.comment: text.signature for text in self.known}
        return {
            comment: list(dict.fromkeys(text.comment for text in self._near(signatures[comment])))
            for comment in comments
            if comment in signatures
        }

    def _near(self, signature: bytes) -> list[Fingerprint]:
        """Find the texts whose signatures agree with this one nearly everywhere, oldest first."""
        import numpy as np

        if self.signatures is None:
            return []
        agreeing = (self.signatures == np.frombuffer(signature, np.uint8)).mean(axis=1)
        return [self.known[place] for place in np.flatnonzero(agreeing >= NEARLY)]


class Likeness:
    """Remembers the latest texts of each site as far as this process has read them."""

    def __init__(self) -> None:
        """Begin without any; a site is read when it is first asked about."""
        self._lock = threading.Lock()
        self._sites: dict[str, LatestTexts] = {}

    def latest(self, record: Record) -> LatestTexts:
        """Give the latest texts of a site, with those that have come since the last call."""
        site = record.keys.site
        with self._lock:
            texts = self._sites.get(site, LatestTexts())
            if news := fingerprints.since(record, texts.last):
                texts = self._sites[site] = texts.learn(news)
            return texts

    def count(self, record: Record, comments: Iterable[str]) -> dict[str, int]:
        """Say of some comments how many others are nearly the same."""
        alike = self.latest(record).alike(comments)
        return {comment: len(near) - 1 for comment, near in alike.items()}

    def of(self, record: Record, comment: str) -> list[str]:
        """List the comments that are nearly the same as one, itself among them."""
        return self.latest(record).alike([comment]).get(comment, [])
