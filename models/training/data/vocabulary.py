"""The lexicon, built from the words of the training texts."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final

from models.attributes import TOXICITY
from models.reading.draft import TextDraft
from models.reading.lexicon import Lexicon
from models.reading.normal_form import fold
from models.training.data.dataset import Example

FEWEST_TEXTS: Final = 4
SLIP_RATIO: Final = 60
FEWEST_JUDGED: Final = 8
OFTEN_TOXIC: Final = 0.75
TOXIC_TERM: Final = 0.5
LONGEST_TEXT: Final = 5000
_WORD: Final = re.compile(r"[a-z]+")
_APOSTROPHE: Final = re.compile(r"(?<=\w)['\u2019](?:s(?!\w))?")


def build_lexicon(examples: Iterable[Example], terms: frozenset[str]) -> Lexicon:
    """Collect the known words, and those among them that people disguise.

    Disguised words are those that occur almost only in toxic texts, and offensive terms that
    occur mostly in them.
    """
    seen: Counter[str] = Counter()
    judged: Counter[str] = Counter()
    toxic: Counter[str] = Counter()
    for example in examples:
        words = words_of(example.text)
        seen.update(words)
        label = example.labels.get(TOXICITY)
        if label is not None:
            judged.update(words)
            if label >= 0.5:
                toxic.update(words)
    frequent = {word: texts for word, texts in seen.items() if texts >= FEWEST_TEXTS}
    words_by_frequency = sorted(
        (word for word in frequent if not _is_slip(word, frequent)),
        key=lambda word: (-frequent[word], word),
    )
    disguised = [
        word
        for word in words_by_frequency
        if len(word) > 2 and _is_disguised(judged[word], toxic[word], word in terms)
    ]
    disguised.sort(key=lambda word: (-toxic[word], word))
    return Lexicon(words_by_frequency, disguised)


def _is_slip(word: str, frequent: Mapping[str, int]) -> bool:
    """Say whether a word is a far more frequent one with two neighbouring letters exchanged."""
    if len(word) < 4:
        return False
    swaps = (
        word[:place] + word[place + 1] + word[place] + word[place + 2 :]
        for place in range(len(word) - 1)
    )
    return any(frequent.get(other, 0) > SLIP_RATIO * frequent[word] for other in swaps)


def words_of(text: str) -> set[str]:
    """Return the distinct plain words of a text."""
    draft = TextDraft(text[:LONGEST_TEXT])
    fold(draft)
    return set(_WORD.findall(_APOSTROPHE.sub("", draft.text)))


def _is_disguised(judged: int, toxic: int, is_term: bool) -> bool:
    if not judged:
        return False
    share = toxic / judged
    return (judged >= FEWEST_JUDGED and share > OFTEN_TOXIC) or (is_term and share > TOXIC_TERM)
