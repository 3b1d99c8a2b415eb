"""The words that the model knows, and the repair of disguised words."""

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Final

LEET: Final = (
    str.maketrans("0134567@$89+|!€£(", "oieasgtasbgtiielc"),
    str.maketrans("0134567@$89+|!€£(", "oleasbtasbgtllelc"),
)
MASK: Final = frozenset("*#%_.-^~?&@$!+")
_LETTERS: Final = re.compile(r"[^\W\d_]")
_RUN: Final = re.compile(r"([^\W\d_])\1{2,}")
_DOUBLE: Final = re.compile(r"([^\W\d_])\1+")
_STARS: Final = re.compile(r"[*#%^~?&@$!+_.\-]+")
LONGEST: Final = 40
MASKED_MORE: Final = 5
LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"
SHORT: Final = frozenset("aiu")
LONGEST_PART: Final = 16
UNKNOWN_COST: Final = 10.0
USUAL: Final = 6000
MOST_USUAL: Final = 3000
FEWEST: Final = 5
PLAIN_SHARE: Final = 0.6


class Lexicon:
    """Known words, and those among them that people like to disguise."""

    def __init__(self, words: Iterable[str], disguised: Sequence[str] = ()) -> None:
        """Take the known and the often disguised words, each sorted by frequency."""
        self.ranked = tuple(words)
        self.words = frozenset(self.ranked)
        self.disguised = tuple(disguised)

    def __contains__(self, word: str) -> bool:
        """Say whether the word is known without repair."""
        return word in self.words

    def repair(self, token: str, *, all_masked: bool = False) -> str:
        """Return the known word behind a token, or the token itself.

        A single masked word among plain ones is usually offensive; where all words are
        masked, most are not.
        """
        if token in self.words or len(token) > LONGEST:
            return token
        return (
            self._spelt_out(token)
            or self._unmasked(token, all_masked)
            or self._shortened(token)
            or self._unswapped(token)
            or _RUN.sub(r"\1", token)
        )

    def segment(self, letters: str) -> list[str]:
        """Split a run of letters into the most frequent words; nothing if few are known."""
        best: list[tuple[float, int]] = [(0.0, 0)]
        for end in range(1, len(letters) + 1):
            best.append(
                min(
                    (best[start][0] + self._cost(letters[start:end]), start)
                    for start in range(max(0, end - LONGEST_PART), end)
                )
            )
        words: list[str] = []
        end = len(letters)
        while end:
            start = best[end][1]
            words.append(letters[start:end])
            end = start
        known_letters = sum(len(word) for word in words if len(word) > 2 and word in self.words)
        return words[::-1] if 2 * known_letters >= len(letters) else []

    def _cost(self, part: str) -> float:
        """Return how unlikely a part is as a word: by its rank, or by its length if unknown."""
        rank = self._ranks.get(part)
        if rank is None or (len(part) == 1 and part not in SHORT):
            return UNKNOWN_COST + 2.0 * len(part)
        return math.log(rank + 20)

    def is_usual(self, word: str) -> bool:
        """Say whether a word is among the most frequent ones."""
        return self._ranks.get(word, USUAL) < USUAL

    def is_plain(self, folded: str) -> bool:
        """Say without repairing words whether a folded text is made of the most frequent words."""
        words = {word for word in folded.split() if len(word) > 2 and word.isalpha()}
        return len(words) >= FEWEST and len(words & self._most_usual) >= PLAIN_SHARE * len(words)

    @cached_property
    def _most_usual(self) -> frozenset[str]:
        return frozenset(self.ranked[:MOST_USUAL])

    @cached_property
    def _ranks(self) -> dict[str, int]:
        return {word: rank for rank, word in enumerate(self.ranked)}

    @cached_property
    def _by_length(self) -> dict[int, list[str]]:
        by_length: dict[int, list[str]] = defaultdict(list)
        for word in self.ranked:
            by_length[len(word)].append(word)
        return dict(by_length)

    @cached_property
    def _by_start(self) -> dict[tuple[int, str], list[str]]:
        by_start: dict[tuple[int, str], list[str]] = defaultdict(list)
        for word in self.ranked:
            by_start[len(word), word[0]].append(word)
        return dict(by_start)

    def _spelt_out(self, token: str) -> str | None:
        """Read digits and signs as the letters that they resemble."""
        if token.isalpha() or not _LETTERS.search(token):
            return None
        for table in LEET:
            word = token.translate(table)
            for form in (word, _RUN.sub(r"\1\1", word), _RUN.sub(r"\1", word)):
                if form in self.words:
                    return form
        return None

    def _unmasked(self, token: str, all_masked: bool) -> str | None:
        """Fill in masked letters, or remove signs that were put between letters."""
        if token.isalnum() or not _LETTERS.search(token):
            return None
        if (
            token[0] not in MASK
            and ("*" in token or "#" in token)
            and (full := self._filled(token, all_masked))
        ):
            return full
        bare = _STARS.sub("", token)
        pieces = [piece for piece in _STARS.split(token) if piece]
        compound = len(pieces) > 1 and all(
            len(piece) > 1 and piece in self.words for piece in pieces
        )
        if bare in self.words and not compound:
            return bare
        return self._filled(token, all_masked) if len(pieces) > 1 and not compound else None

    def _filled(self, token: str, all_masked: bool) -> str | None:
        """Return the most frequent disguised word that matches a token with masked letters."""
        blots = sum(char in MASK for char in token)
        if blots == 1 and (word := self._one_filled(token, all_masked)):
            return word
        if len(token) - blots > 2 * len(_STARS.findall(token)) + 6:
            return None
        letter_for_letter = "".join("." if char in MASK else re.escape(char) for char in token)
        any_number = ".+".join(re.escape(piece) for piece in _STARS.split(token))
        usual = [] if token.count("*") * 3 > len(token) else self._alike(token)
        tries = [
            (letter_for_letter, self.disguised),
            (any_number, self.disguised),
            (letter_for_letter, usual),
        ]
        start, *_, end = _STARS.split(token)
        for pattern, words in tries[::-1] if all_masked else tries:
            framed = [word for word in words if word.startswith(start) and word.endswith(end)]
            if framed and (word := _first_match(pattern, framed)):
                return word
        return None

    def _alike(self, token: str) -> Sequence[str]:
        """Return the known words of the same length, with the same first letter if it is shown."""
        if token[0] in MASK:
            return self._by_length.get(len(token), [])
        return self._by_start.get((len(token), token[0]), [])

    def _one_filled(self, token: str, all_masked: bool) -> str | None:
        """Try every letter in place of a single masked one."""
        start, end = _STARS.split(token)
        words = [word for letter in LETTERS if (word := start + letter + end) in self._ranks]
        if not all_masked:
            words = [word for word in words if word in self._often] or words
        return min(words, key=self._unlikeliness, default=None)

    def _unlikeliness(self, word: str) -> float:
        """Rank a word that was masked: offensive ones are masked far more often than others."""
        return (self._ranks[word] + 1) / (MASKED_MORE if word in self._often else 1)

    @cached_property
    def _often(self) -> frozenset[str]:
        return frozenset(self.disguised)

    def _shortened(self, token: str) -> str | None:
        """Remove repeated letters."""
        if not _DOUBLE.search(token):
            return None
        for form in (
            _RUN.sub(r"\1\1", token),
            _RUN.sub(r"\1", token),
            _DOUBLE.sub(r"\1", token),
        ):
            if form in self.words:
                return form
        return None

    def _unswapped(self, token: str) -> str | None:
        """Undo the exchange of two letters."""
        if len(token) < 4 or not token.isalpha():
            return None
        for word in self._anagrams.get("".join(sorted(token)), ()):
            if _is_one_swap(token, word):
                return word
        return None

    @cached_property
    def _anagrams(self) -> dict[str, list[str]]:
        """Known words by their sorted letters, the disguised ones first."""
        anagrams: dict[str, list[str]] = defaultdict(list)
        often = set(self.disguised)
        for word in (*self.disguised, *(word for word in self.ranked if word not in often)):
            if len(word) >= 4:
                anagrams["".join(sorted(word))].append(word)
        return dict(anagrams)


def _first_match(pattern: str, words: Sequence[str]) -> str | None:
    """Return the first word that matches the whole pattern."""
    covers = re.compile(pattern).fullmatch
    return next((word for word in words if covers(word)), None)


def _is_one_swap(token: str, word: str) -> bool:
    """Say whether exchanging two letters, at most one apart, turns one into the other."""
    wrong = [place for place, (a, b) in enumerate(zip(token, word, strict=True)) if a != b]
    return len(wrong) == 2 and wrong[1] - wrong[0] <= 2
