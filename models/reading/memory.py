"""What was worked out for a word is remembered, so that usual words cost one look.

At most `most` words are kept, in two halves: when the younger half is full it becomes the older
one, and what the older one held and nobody has asked for since is forgotten. Any number of threads
may ask: a reader takes the dictionaries as they are, a writer changes them under a lock.
"""

from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from threading import Lock
from typing import Final, Generic, TypeVar, cast

Answer = TypeVar("Answer")

MOST_WORDS: Final = 1 << 16
LONGEST_WORD: Final = 40


class Memory(Generic[Answer]):
    """Answers for words; those that are not known are worked out together."""

    def __init__(
        self, work_out: Callable[[Sequence[str]], Iterable[Answer]], most: int = MOST_WORDS
    ) -> None:
        """Remember what this function says of words."""
        self._work_out = work_out
        self._half = most // 2
        self._known: dict[str, Answer] = {}
        self._older: dict[str, Answer] = {}
        self._lock = Lock()

    def __len__(self) -> int:
        """Count the words that are remembered."""
        return len(self._known) + len(self._older)

    def of(self, words: Sequence[str]) -> list[Answer]:
        """Give the answer for each word."""
        answers = list(map(self._known.get, words))
        if None in answers:
            pairs = list(zip(words, answers, strict=True))
            new = self._look_up([word for word, answer in pairs if answer is None])
            return [new[word] if answer is None else answer for word, answer in pairs]
        return cast(list[Answer], answers)

    def _look_up(self, words: Iterable[str]) -> dict[str, Answer]:
        """Look among older words, and work out the rest."""
        older = self._older
        new = {word: older.get(word) for word in words}
        missing = [word for word, known in new.items() if known is None]
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
