"""Recipes: how a model is built, so that the same data give the same model."""

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

import yaml

from models.attributes import ATTRIBUTES
from models.features.occurrences import Scheme
from models.reading.reader import Style
from models.scoring.windows import Windows

CODE: Final = 2  # increase it when the same recipe and rows would give another model
RECIPES: Final = Path(__file__).parents[1] / "recipes"
DEFAULT_RECIPE: Final = RECIPES / "default.yaml"


class RecipeError(ValueError):
    """The recipe, or a row of its data, is wrong; the message says where."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One dataset: its files, the meaning of its labels and its weight."""

    files: str = ""
    templates: str = ""
    weight: float = 1.0
    weights: dict[str, float] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    constant: dict[str, float] = field(default_factory=dict)
    clean: tuple[str, ...] = ()
    where: dict[str, str] = field(default_factory=dict)
    natural: dict[str, str] | None = None
    calibration: float = 1.0
    rarity: bool = False
    split: bool = False
    spans: bool = False
    sexual: bool = False
    insulting: bool = False
    origin: str = ""

    @property
    def place(self) -> str:
        """Return where the rows come from: sources of one place are left out together."""
        return self.origin or Path(self.files).name.partition(".")[0]

    def weight_of(self, attribute: str) -> float:
        """Return the weight of a row of this dataset for one attribute."""
        return self.weights.get(attribute, self.weight)


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageRecipe:
    """How the model of one language is built.

    `aside` lists the attributes that see which group a text is about, `sexual` words that are
    not offensive alone, `insulting` nouns that people call each other, `borrowed` attributes
    whose head is fitted on the signs in all texts. `prevalence` is the share of positive rows to
    expect where the datasets hold more by design; `fair` multiplies the weight of clean rows that
    name a group of people; `logistic` lists attributes that are fitted by logistic regression
    instead of a support vector machine. `abroad` lists what is measured on sources that are left
    out, if that is more than the labels that `sources` teach.
    """

    code: str
    style: Style
    scheme: Scheme
    windows: Windows
    costs: dict[str, float]
    sources: tuple[Source, ...]
    aside: tuple[str, ...] = ()
    sexual: tuple[str, ...] = ()
    insulting: tuple[str, ...] = ()
    borrowed: tuple[str, ...] = ()
    prevalence: float | None = None
    fair: dict[str, float] = field(default_factory=dict)
    logistic: tuple[str, ...] = ()
    abroad: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """How a whole model is built."""

    name: str
    version: str
    seed: int
    folds: int
    languages: tuple[LanguageRecipe, ...]
    least_auc: float = 0.0
    text: str = ""


def read_recipe(path: Path) -> Recipe:
    """Read a recipe.

    :raises RecipeError: the file cannot be read, or a part of it is unknown or missing.
    """
    try:
        text = path.read_text(encoding="utf-8")
        written = yaml.safe_load(text)
    except (OSError, UnicodeDecodeError) as fault:
        raise RecipeError(f"{path}: cannot be read ({fault})") from fault
    except yaml.MarkedYAMLError as fault:
        line = fault.problem_mark.line + 1 if fault.problem_mark else 1
        raise RecipeError(f"{path}:{line}: {fault.problem}") from fault
    try:
        return replace(_recipe(written), text=text)
    except (KeyError, TypeError, ValueError, AttributeError) as fault:
        raise RecipeError(f"{path}: {type(fault).__name__}: {fault}") from fault


def _recipe(written: dict[str, Any]) -> Recipe:
    return Recipe(
        name=str(written["name"]),
        version=str(written["version"]),
        seed=int(written.get("seed", 0)),
        folds=int(written.get("folds", 5)),
        least_auc=float(written.get("least_auc", 0.0)),
        languages=tuple(_language(code, part) for code, part in written["languages"].items()),
    )


def _language(code: str, written: dict[str, Any]) -> LanguageRecipe:
    for attribute in written["costs"]:
        if attribute not in ATTRIBUTES:
            raise ValueError(f"{code}: no attribute is named {attribute}")
    return LanguageRecipe(
        code=code,
        style=Style(written["style"]),
        scheme=Scheme.of(written.get("scheme", {})),
        windows=Windows(**written.get("windows", {})),
        costs={name: float(cost) for name, cost in written["costs"].items()},
        sources=tuple(Source(**source) for source in written["sources"]),
        aside=tuple(written.get("aside", ())),
        sexual=tuple(written.get("sexual", ())),
        insulting=tuple(written.get("insulting", ())),
        borrowed=tuple(written.get("borrowed", ())),
        prevalence=written.get("prevalence"),
        fair={name: float(times) for name, times in written.get("fair", {}).items()},
        logistic=tuple(written.get("logistic", ())),
        abroad=tuple(Source(**source) for source in written.get("abroad", ())),
    )
