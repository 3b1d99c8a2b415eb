"""The plan of an encoder: what it is fine-tuned on, for which attributes and how."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import yaml

from models.attributes import ATTRIBUTES
from models.training.recipe import RECIPES, RecipeError, Source

DEFAULT_PLAN: Final = RECIPES / "encoder-en.yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class EncoderSource(Source):
    """One dataset; of rows with at most `longest` characters, at most `most` are taken.

    0 stands for no limit. `fair` multiplies the weight of clean rows that name a group of people.
    """

    most: int = 0
    longest: int = 0
    fair: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """How fast and in which portions a network learns.

    `rate` is the highest learning rate, reached after the share `warm_up` of the steps, and
    `head_rate` multiplies it for the heads. `decay` is the weight decay, and gradients are clipped
    to the norm `clip`. A step sees up to `pieces` pieces of up to `most` texts.
    """

    rate: float
    warm_up: float
    head_rate: float
    decay: float
    clip: float
    pieces: int
    most: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Refresher:
    """A short second training: lessons among `ordinary` times as many rows of the first one.

    Each lesson is read `readings` times; `rate` is the highest learning rate.
    """

    lessons: str
    ordinary: int
    readings: int
    rate: float


@dataclass(frozen=True, slots=True, kw_only=True)
class EncoderPlan:
    """How one encoder is made.

    `heads` are its attributes in the order of its outputs, with their part in the loss. The lowest
    `frozen` layers do not learn; texts are cut to `longest` pieces.
    """

    language: str
    seed: int
    frozen: int
    longest: int
    heads: dict[str, float]
    schedule: Schedule
    refresher: Refresher
    sources: tuple[EncoderSource, ...]


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
    for attribute in written["heads"]:
        if attribute not in ATTRIBUTES:
            raise ValueError(f"no attribute is named {attribute}")
    return EncoderPlan(
        language=str(written["language"]),
        seed=int(written["seed"]),
        frozen=int(written["frozen"]),
        longest=int(written["longest"]),
        heads={name: float(part) for name, part in written["heads"].items()},
        schedule=Schedule(**written["schedule"]),
        refresher=Refresher(**written["refresher"]),
        sources=tuple(EncoderSource(**source) for source in written["sources"]),
    )
