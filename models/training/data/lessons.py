"""Lessons: our own sentences of many kinds, harmless and abusive ones in the same words."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import yaml

from models.attributes import (
    ATTRIBUTES,
    IDENTITY_ATTACK,
    INSULT,
    SEVERE_TOXICITY,
    THREAT,
    TOXICITY,
)
from models.training.data.dataset import Example, key_of
from models.training.recipe import RECIPES, RecipeError

LESSONS: Final = RECIPES.with_name("lessons")
HARMLESS: Final = "harmless"
ABUSIVE: Final = "abusive"
JUDGED: Final = "attributes"
# What no harmless sentence has. Some of them swear, and nobody judged whether they advertise.
ABSENT: Final = (TOXICITY, SEVERE_TOXICITY, INSULT, THREAT, IDENTITY_ATTACK)


def lessons_of(path: Path) -> Iterator[Example]:
    """Yield the sentences of a file; `path` is named by their language.

    Abusive ones have the attributes that their kind lists, and are not judged by others.

    :raises RecipeError: the file cannot be read or has another form.
    """
    try:
        written: dict[str, dict[str, Any]] = yaml.safe_load(path.read_text(encoding="utf-8"))
        for kind, part in written.items():
            if unknown := set(part[JUDGED]) - set(ATTRIBUTES):
                raise RecipeError(f"{path}: {kind}: no attribute is named {unknown.pop()}")
            for text in part[HARMLESS]:
                yield _lesson(text, dict.fromkeys((*ABSENT, *part[JUDGED]), 0.0), kind, path.stem)
            for text in part[ABUSIVE]:
                yield _lesson(text, dict.fromkeys(part[JUDGED], 1.0), kind, path.stem)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as fault:
        raise RecipeError(f"{path}: cannot be read ({fault})") from fault
    except (AttributeError, KeyError, TypeError) as fault:
        raise RecipeError(f"{path}: {type(fault).__name__}: {fault}") from fault


def _lesson(text: str, labels: dict[str, float], kind: str, language: str) -> Example:
    return Example(
        text=text,
        labels=labels,
        weights=dict.fromkeys(labels, 1.0),
        source=kind,
        language=language,
        key=key_of(text),
        twin=key_of(text),
        held=False,
        natural=0.0,
        rarity=False,
        ours=True,
    )
