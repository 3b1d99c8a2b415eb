"""The plan of an encoder: what it is fine-tuned on, for which attributes and how."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import yaml

from models.attributes import ATTRIBUTES
from models.training.recipe import RECIPES, RecipeError, Source

DEFAULT_PLAN: Final = RECIPES / "encoder-en.yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """How fast and in which portions a network learns.

    `rate` is the highest learning rate, reached after the share `warm_up` of the steps; `head_rate`
    multiplies it for the head. `frozen` layers do not learn. A step sees up to `pieces` pieces of
    up to `most` texts, each cut to `longest` pieces.
    """

    rate: float
    warm_up: float = 0.06
    head_rate: float = 10.0
    decay: float = 0.01
    clip: float = 1.0
    frozen: int = 2
    pieces: int = 1024
    most: int = 64
    longest: int = 128


@dataclass(frozen=True, slots=True, kw_only=True)
class EncoderPlan:
    """How one encoder is made; `heads` are its attributes in order, with their part in the loss."""

    language: str
    seed: int
    heads: dict[str, float]
    schedule: Schedule
    sources: tuple[Source, ...]


def read_plan(path: Path = DEFAULT_PLAN) -> EncoderPlan:
    """Read a plan.

    :raises RecipeError: the file cannot be read, or a part of it is unknown or missing.
    """
    try:
        return _plan(yaml.safe_load(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as fault:
        raise RecipeError(f"{path}: cannot be read ({fault})") from fault
    except (KeyError, TypeError, ValueError, AttributeError) as fault:
        raise RecipeError(f"{path}: {type(fault).__name__}: {fault}") from fault


def _plan(written: dict[str, Any]) -> EncoderPlan:
    if unknown := set(written["heads"]) - set(ATTRIBUTES):
        raise ValueError(f"no attribute is named {unknown.pop()}")
    return EncoderPlan(
        language=str(written["language"]),
        seed=int(written["seed"]),
        heads={name: float(part) for name, part in written["heads"].items()},
        schedule=Schedule(**{name: _number(value) for name, value in written["schedule"].items()}),
        sources=tuple(Source(**source) for source in written["sources"]),
    )


def _number(value: Any) -> Any:
    """Return a number; YAML takes 1e-4 for a string."""
    return float(value) if isinstance(value, str) else value
