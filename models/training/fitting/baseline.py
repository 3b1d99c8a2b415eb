"""A simple baseline for comparison: TF-IDF of words and logistic regression."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline, make_pipeline

from models.reading.reader import Style
from models.scoring.classifier import Classifier
from models.training.data.dataset import Example
from models.training.data.selection import gather
from models.training.measuring.batch import score_all
from models.training.measuring.metrics import FEWEST, auc
from models.training.recipe import LanguageRecipe, Recipe


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """AUC of the baseline and of a model on the same held-out rows; None if withheld.

    Both leave out the `unscored` rows, which the model took for another language.
    """

    language: str
    attribute: str
    rows: int
    unscored: int
    baseline: float
    model: float | None


def compare_all(classifier: Classifier, recipe: Recipe, data: Path) -> Iterator[Comparison]:
    """Compare each attribute of every language except English, which has other rivals."""
    for language in recipe.languages[1:]:
        examples = gather(language, data, recipe.seed)
        for attribute in language.costs:
            labelled = [row for row in examples if attribute in row.labels and not row.ours]
            comparison = _compare(classifier, language, attribute, labelled)
            if comparison is not None:
                yield comparison


def _compare(
    classifier: Classifier, language: LanguageRecipe, attribute: str, labelled: Sequence[Example]
) -> Comparison | None:
    seen = [row for row in labelled if not row.held]
    held = [row for row in labelled if row.held]
    labels = np.array([row.labels[attribute] for row in held])
    if min((labels >= 0.5).sum(), (labels < 0.5).sum()) < FEWEST:
        return None
    baseline = _baseline(language)
    baseline.fit([row.text for row in seen], [row.labels[attribute] >= 0.5 for row in seen])
    baseline_values = baseline.predict_proba([row.text for row in held])[:, 1]
    model_scores = score_all(classifier, [row.text for row in held], lambda: None)
    scored = np.array([scores[attribute] is not None for scores in model_scores])
    values = np.array([scores[attribute] or 0.0 for scores in model_scores])
    if not scored.any():
        scored[:] = True
        values[:] = np.nan
    return Comparison(
        language=language.code,
        attribute=attribute,
        rows=int(scored.sum()),
        unscored=int((~scored).sum()),
        baseline=auc(labels[scored], baseline_values[scored]),
        model=None if np.isnan(values).any() else auc(labels[scored], values[scored]),
    )


def _baseline(language: LanguageRecipe) -> Pipeline:
    if language.style is Style.CHARACTERS:
        words = TfidfVectorizer(analyzer="char", ngram_range=(1, 2), sublinear_tf=True)
    else:
        words = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True)
    return make_pipeline(words, LogisticRegression(max_iter=400))
