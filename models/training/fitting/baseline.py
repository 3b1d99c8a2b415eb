"""The plainest model one could train instead: words weighed by TF-IDF, and logistic regression."""

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
    """AUC of the baseline and of a model on the same held-out rows; None where it is withheld.

    `unscored` rows, which the model took for another language, are left out of both.
    """

    language: str
    attribute: str
    rows: int
    unscored: int
    baseline: float
    model: float | None


def compare_all(classifier: Classifier, recipe: Recipe, data: Path) -> Iterator[Comparison]:
    """Compare each attribute of each language but English, which has other peers."""
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
    machine = _baseline(language)
    machine.fit([row.text for row in seen], [row.labels[attribute] >= 0.5 for row in seen])
    theirs = machine.predict_proba([row.text for row in held])[:, 1]
    ours = score_all(classifier, [row.text for row in held], lambda: None)
    scored = np.array([scores[attribute] is not None for scores in ours])
    values = np.array([scores[attribute] or 0.0 for scores in ours])
    if not scored.any():
        scored[:] = True
        values[:] = np.nan
    return Comparison(
        language=language.code,
        attribute=attribute,
        rows=int(scored.sum()),
        unscored=int((~scored).sum()),
        baseline=auc(labels[scored], theirs[scored]),
        model=None if np.isnan(values).any() else auc(labels[scored], values[scored]),
    )


def _baseline(language: LanguageRecipe) -> Pipeline:
    if language.style is Style.CHARACTERS:
        words = TfidfVectorizer(analyzer="char", ngram_range=(1, 2), sublinear_tf=True)
    else:
        words = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True)
    return make_pipeline(words, LogisticRegression(max_iter=400))
