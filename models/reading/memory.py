"""A cache of results for words, so that frequent words cost one lookup.

At most `most` words are stored, in two halves: when the newer half is full it becomes the older
one, and entries of the old half that were not used since are dropped. Any number of threads may
use it: a reader takes the dictionaries as they are, a writer changes them under a lock.
"""

from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from threading import Lock
from typing import Final, Generic, TypeVar, cast

Answer = TypeVar("Answer")

MOST_WORDS: Final = 1 << 16
LONGEST_WORD: Final = 40


class Memory(Generic[Answer]):
    """Cached answers for words; missing answers are computed together."""

    def __init__(
        self, work_out: Callable[[Sequence[str]], Iterable[Answer]], most: int = MOST_WORDS
    ) -> None:
        """Cache the results of this function."""
        self._work_out = work_out
        self._half = most // 2
        self._known: dict[str, Answer] = {}
        self._older: dict[str, Answer] = {}
        self._lock = Lock()

    def __len__(self) -> int:
        """Return the number of stored words."""
        return len(self._known) + len(self._older)

    def of(self, words: Sequence[str]) -> list[Answer]:
        """Return the answer for each word."""
        answers = list(map(self._known.get, words))
        if None in answers:
            pairs = list(zip(words, answers, strict=True))
            new = self._look_up([word for word, answer in pairs if answer is None])
            return [new[word] if answer is None else answer for word, answer in pairs]
        return cast(list[Answer], answers)

    def _look_up(self, words: Iterable[str]) -> dict[str, Answer]:
        """Look up older words and compute the rest."""
        older = self._older
        new = {word: older.get(word) for word in words}
        missing = [word for word, answer in new.items() if answer is None]
        if missing:
            new.update(zip(missing, self._work_out(missing), strict=True))
        answers = cast(dict[str, Answer], new)
        self._keep({w: answer for w, answer in answers.items() if len(w) <= LONGEST_WORD})
        return answers

    def _keep(self, new: dict[str, Answer]) -> None:
        with self._lock:
            if len(self._known) + len(new) > self._half:
                self._known, self._older = {}, self._known
            self._known.update(islice(new.items(), self._half))
