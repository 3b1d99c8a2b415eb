"""The plan of the multilingual heads: from which rows of which languages they learn."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import yaml

from models.attributes import ATTRIBUTES
from models.training.encoder.plan import EncoderSource
from models.training.recipe import RECIPES, RecipeError

HEADS_PLAN: Final = RECIPES / "encoder-multilingual.yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class TaughtLanguage:
    """What is learnt in one language; `lessons` is a file of our own sentences, if there is one."""

    language: str
    lessons: str = ""
    sources: tuple[EncoderSource, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadsFitting:
    """The form of the heads and how they learn.

    `hidden` are the widths of the inner layers, of which the share `dropout` is left out at random.
    All rows are read `epochs` times, `batch` at once; `rate` is the highest learning rate, `decay`
    the weight decay.
    """

    hidden: tuple[int, int]
    dropout: float
    epochs: int
    batch: int
    rate: float
    decay: float


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadsPlan:
    """How the heads are made.

    `heads` are their attributes in the order of the outputs, with their part in the loss. Lessons
    weigh `lesson_weight` times as much as other rows.
    """

    seed: int
    heads: dict[str, float]
    lesson_weight: float
    fitting: HeadsFitting
    languages: tuple[TaughtLanguage, ...]


def read_plan(path: Path = HEADS_PLAN) -> HeadsPlan:
    """Read a plan.

    :raises RecipeError: the file cannot be read, or a part of it is unknown or missing.
    """
    try:
        return _plan(yaml.safe_load(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as fault:
        raise RecipeError(f"{path}: cannot be read ({fault})") from fault
    except (KeyError, TypeError, ValueError, AttributeError) as fault:
        raise RecipeError(f"{path}: {type(fault).__name__}: {fault}") from fault


def _plan(written: dict[str, Any]) -> HeadsPlan:
    for attribute in written["heads"]:
        if attribute not in ATTRIBUTES:
            raise ValueError(f"no attribute is named {attribute}")
    first, second = written["fitting"].pop("hidden")
    return HeadsPlan(
        seed=int(written["seed"]),
        heads={name: float(part) for name, part in written["heads"].items()},
        lesson_weight=float(written["lesson_weight"]),
        fitting=HeadsFitting(hidden=(int(first), int(second)), **written["fitting"]),
        languages=tuple(_language(code, part) for code, part in written["languages"].items()),
    )


def _language(code: str, written: dict[str, Any]) -> TaughtLanguage:
    sources = tuple(EncoderSource(**source) for source in written.pop("sources"))
    return TaughtLanguage(language=code, sources=sources, **written)
