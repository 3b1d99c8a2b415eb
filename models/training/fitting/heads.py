"""Fitting of heads: on all rows, with calibration on rows that a fold left out."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack

from models.attributes import SPAM
from models.features.signs import SIGNS
from models.scoring.heads import Heads
from models.training.data.corpus import Corpus
from models.training.fitting.calibration import Rows, calibrate, error_of, lower_bound
from models.training.fitting.linear import Floats, as_integers, fit_head, fit_platt
from models.training.recipe import LanguageRecipe, Recipe, RecipeError

SIGNS_COST = 0.5
HALF = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Plane:
    """What separates the rows of an attribute: a weight per place and per sign of spam."""

    weights: Floats
    signs: Floats
    bias: float

    def margins(self, corpus: Corpus) -> Floats:
        """Score all examples as in production, before calibration."""
        margins = corpus.margins(_padded(self.weights, corpus.matrix.shape[1]), self.bias)
        return margins + corpus.signs @ self.signs if len(self.signs) else margins


@dataclass(frozen=True, slots=True, kw_only=True)
class FittedHead:
    """One attribute after training: a weight per place in the table and per sign of spam."""

    weights: Floats
    signs: Floats
    bias: float
    platt: tuple[float, float]
    least_auc: float = 1.0
    left_out: tuple[int, float] = (0, 0.0)


def fit_heads(
    language: LanguageRecipe,
    corpus: Corpus,
    recipe: Recipe,
    progress: Callable[[str, int], Callable[[], None]],
) -> dict[str, FittedHead]:
    """Fit and calibrate each attribute of a language."""
    tick = progress(f"{language.code}: fitting", len(language.costs) * (recipe.folds + 1))
    return {
        attribute: _fit(attribute, language, corpus, recipe, tick) for attribute in language.costs
    }


def borrow_heads(
    language: LanguageRecipe, corpora: Sequence[Corpus], recipe: Recipe
) -> dict[str, FittedHead]:
    """Fit attributes without rows in this language on the signs in the texts of all languages."""
    return {attribute: _fit_signs(attribute, corpora, recipe) for attribute in language.borrowed}


def as_heads(language: LanguageRecipe, corpus: Corpus, fitted: dict[str, FittedHead]) -> Heads:
    """Convert the fitted heads to the form that the model stores."""
    planes = [_padded(head.weights, language.scheme.size) for head in fitted.values()]
    weights, scales = as_integers(np.stack(planes, axis=1))
    return Heads(
        attributes=tuple(fitted),
        scheme=language.scheme,
        weights=weights,
        scales=scales,
        biases=np.array([head.bias for head in fitted.values()], np.float32),
        rarity=corpus.rarity,
        rarity_scale=corpus.step,
        signs=np.array([head.signs for head in fitted.values()], np.float32).T,
    )


def _fit(
    attribute: str,
    language: LanguageRecipe,
    corpus: Corpus,
    recipe: Recipe,
    tick: Callable[[], None],
) -> FittedHead:
    rows = rows_for(attribute, language, corpus, ~corpus.held)
    if len(np.unique(rows.labels[rows.usable] >= HALF)) < 2:
        raise RecipeError(f"{language.code}: {attribute} has rows of one kind only")

    def fitted(chosen: NDArray[np.bool_]) -> Plane:
        plane = fit_plane(attribute, language, corpus, rows, chosen, recipe.seed)
        tick()
        return plane

    folds, margins = corpus.folds(recipe.folds), np.full(len(rows.labels), np.nan)
    for fold in range(recipe.folds):
        left = rows.usable & (folds == fold)
        margins[left] = fitted(rows.usable & (folds != fold)).margins(corpus)[left]
    plane = fitted(rows.usable)
    return FittedHead(
        weights=plane.weights,
        signs=plane.signs if attribute == SPAM else np.zeros(len(SIGNS)),
        bias=plane.bias,
        platt=(platt := calibrate(margins, rows, language.prevalence)),
        left_out=error_of(margins, rows, platt, language.prevalence),
        # An attribute that only our own sentences teach is never withheld.
        least_auc=lower_bound(margins[rows.real], rows.labels[rows.real]) if rows.real.any() else 1,
    )


def rows_for(
    attribute: str, language: LanguageRecipe, corpus: Corpus, seen: NDArray[np.bool_]
) -> Rows:
    """Select the rows among the seen ones that teach an attribute, with their weights."""
    labels, weights = corpus.labels(attribute), corpus.weights(attribute)
    usable = ~np.isnan(labels) & seen & (weights > 0)
    if attribute in language.fair:
        weights = np.where(corpus.naming & (labels < HALF), language.fair[attribute], 1.0) * weights
    real = usable & ~corpus.ours
    natural = np.where(usable, corpus.natural, 0.0)
    if not (natural > 0).any():
        natural = (real if real.any() else usable).astype(float)
    return Rows(labels=labels, weights=weights, usable=usable, real=real, natural=natural)


def fit_plane(
    attribute: str,
    language: LanguageRecipe,
    corpus: Corpus,
    rows: Rows,
    chosen: NDArray[np.bool_],
    seed: int,
) -> Plane:
    """Fit one attribute to the chosen rows."""
    places = language.scheme.size if attribute in language.aside else 1 << language.scheme.bits
    weights, bias = fit_head(
        _chosen(attribute, corpus, chosen, places),
        rows.labels[chosen],
        rows.weights[chosen],
        language.costs[attribute],
        seed,
        attribute in language.logistic,
    )
    return Plane(weights=weights[:places], signs=weights[places:], bias=bias)


def _fit_signs(attribute: str, corpora: Sequence[Corpus], recipe: Recipe) -> FittedHead:
    labels = np.concatenate([corpus.labels(attribute) for corpus in corpora])
    weights = np.concatenate([corpus.weights(attribute) for corpus in corpora])
    held = np.concatenate([corpus.held for corpus in corpora])
    signs = np.concatenate([corpus.signs for corpus in corpora])
    usable = ~np.isnan(labels) & ~held & (weights > 0)
    if not usable.any():
        raise RecipeError(f"{attribute} is borrowed, but no earlier language has rows for it")
    plane, bias = fit_head(
        csr_matrix(signs[usable]), labels[usable], weights[usable], SIGNS_COST, recipe.seed
    )
    platt = fit_platt(signs[usable] @ plane + bias, labels[usable])
    return FittedHead(weights=np.zeros(1), signs=plane, bias=bias, platt=platt)


def _chosen(attribute: str, corpus: Corpus, rows: NDArray[np.bool_], places: int) -> csr_matrix:
    """Select the rows, and the columns that the attribute may use."""
    matrix = corpus.matrix[rows][:, :places]
    if attribute == SPAM:
        return csr_matrix(hstack([matrix, csr_matrix(corpus.signs[rows])], format="csr"))
    return matrix


def _padded(weights: Floats, size: int) -> Floats:
    return np.concatenate([weights, np.zeros(size - len(weights))])
