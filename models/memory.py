"""What was worked out for a word is remembered, so that usual words cost one look.

At most `most` words are kept; when there are more, the older half is forgotten. Any number of
threads may ask: a reader takes one dictionary as it is, a writer changes it under a lock.
"""

from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from threading import Lock
from typing import Final, Generic, TypeVar, cast

Answer = TypeVar("Answer")

MOST_WORDS: Final = 1 << 15
LONGEST_WORD: Final = 40


class Memory(Generic[Answer]):
    """Answers for words; those that are not known are worked out together."""

    def __init__(
        self, work_out: Callable[[Sequence[str]], Iterable[Answer]], most: int = MOST_WORDS
    ) -> None:
        """Remember what this function says of words."""
        self._work_out = work_out
        self._most = most
        self._known: dict[str, Answer] = {}
        self._lock = Lock()

    def __len__(self) -> int:
        """Count the words that are remembered."""
        return len(self._known)

    def of(self, words: Sequence[str]) -> list[Answer]:
        """Give the answer for each word."""
        found = list(map(self._known.get, words))
        if None in found:
            new = self._learnt([w for w, known in zip(words, found, strict=True) if known is None])
            return [new[w] if a is None else a for w, a in zip(words, found, strict=True)]
        return cast(list[Answer], found)

    def _learnt(self, words: Iterable[str]) -> dict[str, Answer]:
        missing = list(dict.fromkeys(words))
        new = dict(zip(missing, self._work_out(missing), strict=True))
        self._keep({word: new[word] for word in missing if len(word) <= LONGEST_WORD})
        return new

    def _keep(self, new: dict[str, Answer]) -> None:
        half = self._most // 2
        with self._lock:
            if len(self._known) + len(new) > self._most:
                self._known = dict(list(self._known.items())[-half:])
            self._known.update(islice(new.items(), half))
