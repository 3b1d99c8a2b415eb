"""Labelled sentences, made by filling our own templates with words."""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import yaml

from models.reading.identity import ADJECTIVES, PEOPLE
from models.training.recipe import RecipeError

_SLOT: Final = re.compile(r"\{(\w+)\}")
_ARTICLE: Final = re.compile(r"\b([Aa])n? (?=(\w))")


@dataclass(frozen=True, slots=True, kw_only=True)
class FilledTemplate:
    """One filled template."""

    text: str
    phenomenon: str
    labels: dict[str, float]
    weight: float


def sentences_of(path: Path, seed: int, labels: str = "labels") -> Iterator[FilledTemplate]:
    """Fill every template of a file, in the same way for the same seed.

    :raises RecipeError: the file cannot be read or a slot has no words.
    """
    try:
        written: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError) as fault:
        raise RecipeError(f"{path}: cannot be read ({fault})") from fault
    words = {"groups": _groups(), "adj": _terms(ADJECTIVES), **written["words"]}
    chance = random.Random(seed)  # noqa: S311 (a choice of words, no secret)
    for part in written["sets"]:
        for template in part["templates"]:
            for text in _fillings(template, words, part.get("most", written["most"]), chance, path):
                yield FilledTemplate(
                    text=text,
                    phenomenon=part["phenomenon"],
                    labels={name: float(label) for name, label in part[labels].items()},
                    weight=float(part.get("weight", 1.0)),
                )


def _groups() -> list[str]:
    """Name groups by a noun ("Poles") and by an adjective ("Polish people") equally often."""
    return [*_terms(PEOPLE), *(f"{term} people" for term in _terms(ADJECTIVES))]


def _terms(families: dict[str, tuple[str, ...]]) -> list[str]:
    return [term for terms in families.values() for term in terms]


def _fillings(
    template: str, words: dict[str, list[str]], most: int, chance: random.Random, path: Path
) -> list[str]:
    """Fill one template in up to `most` different ways."""
    if unknown := set(_SLOT.findall(template)) - words.keys():
        raise RecipeError(f"{path}: {template!r} has a slot without words: {unknown.pop()}")
    texts = {
        _SLOT.sub(lambda slot: chance.choice(words[slot[1]]), template): None
        for _ in range(most if _SLOT.search(template) else 1)
    }
    return [_polish(text) for text in texts]


def _polish(text: str) -> str:
    """Correct the articles and capitalize the first letter."""
    text = _ARTICLE.sub(lambda m: m[1] + ("n " if m[2].lower() in "aeiou" else " "), text)
    return text[:1].upper() + text[1:]
