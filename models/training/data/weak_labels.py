"""Weak labels: where a dataset does not judge an attribute, a word list supplies its label."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from models.attributes import INSULT, SEXUALLY_EXPLICIT, TOXICITY
from models.training.data.dataset import Example, rows_of
from models.training.data.vocabulary import words_of

TERMS: Final = "profanity_terms.jsonl*"
CATEGORY: Final = "sexual anatomy / sexual acts"
TOO_COMMON: Final = 320  # terms that are mostly used to swear, in texts of the training data
PLAIN_WORDS_NEEDED: Final = 2
_WORD: Final = re.compile(r"[a-z]+")


def read_terms(data: Path) -> list[dict[str, Any]]:
    """Read the list of offensive terms, if the data folder has one."""
    return [row for path in sorted(data.glob(TERMS)) for _, row in rows_of(path)]


def label_sexual(
    examples: Iterable[Example], terms: Sequence[dict[str, Any]], plain: Sequence[str]
) -> list[Example]:
    """Label examples as explicit or not; an unclear one gets no label."""
    chosen = list(examples)
    words = [words_of(example.text) for example in chosen]
    explicit = _explicit_terms(words, terms)
    return [
        _labelled(example, own_words, explicit, frozenset(plain))
        for example, own_words in zip(chosen, words, strict=True)
    ]


def _explicit_terms(texts: Sequence[set[str]], terms: Sequence[dict[str, Any]]) -> frozenset[str]:
    """Return the terms, without those (in all spellings) that are mostly plain swearing."""
    forms = {
        row["text"].lower(): row["canonical_form_1"]
        for row in terms
        if row["category_1"] == CATEGORY and not row["category_2"] and _WORD.fullmatch(row["text"])
    }
    used = Counter(form for words in texts for form in {forms[w] for w in words if w in forms})
    return frozenset(term for term, form in forms.items() if used[form] < TOO_COMMON)


def _labelled(
    example: Example, words: set[str], explicit: frozenset[str], plain: frozenset[str]
) -> Example:
    bare = len(words & plain)
    if not words.isdisjoint(explicit) or bare >= PLAIN_WORDS_NEEDED:
        label = 1.0
    elif bare:
        return example
    else:
        label = 0.0
    return replace(
        example,
        labels={**example.labels, SEXUALLY_EXPLICIT: label},
        weights={**example.weights, SEXUALLY_EXPLICIT: 1.0},
    )


def label_insults(
    examples: Iterable[Example], nouns: Sequence[str], weight: float
) -> Iterator[Example]:
    """Label toxic training rows that call people names as insults, unless people judged that.

    Held-out rows keep the labels that people gave.
    """
    names = frozenset(nouns)
    for example in examples:
        is_open = not example.held and INSULT not in example.labels
        if is_open and example.labels.get(TOXICITY) == 1 and words_of(example.text) & names:
            labels = {**example.labels, INSULT: 1.0}
            weights = {**example.weights, INSULT: weight}
            yield replace(example, labels=labels, weights=weights)
        else:
            yield example
