"""Releasing: a model is trained and measured, and written only if it is no worse abroad."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from models.artifact import METRICS
from models.scoring.classifier import Classifier
from models.training.build import RECIPE, Plan, Progress, silent, train
from models.training.fitting.left_out import Workshop, measure_abroad
from models.training.measuring.choice import ComparedFigure, choose, covers
from models.training.measuring.functional import functional
from models.training.recipe import Recipe, read_recipe


def release(
    recipe: Recipe,
    data: Path,
    folder: Path,
    before: Path | None,
    work: Path,
    progress: Progress = silent,
) -> tuple[str, Sequence[ComparedFigure]]:
    """Train a model that is no worse than the one before it; return its hash and the comparison.

    A model of another name replaces nothing, and is not compared.

    :raises Refused: it is worse abroad; nothing was written.
    :raises RecipeError: a source is missing, a row is wrong, or the folder holds other files.
    """
    lines: list[ComparedFigure] = []

    def judge(metrics: dict[str, Any], plan: Plan) -> None:
        if before is not None and Classifier.load(before).info.name == recipe.name:
            wanted = metrics["abroad"]
            figures = figures_of(before, wanted, plan, data, Workshop(work), progress)
            lines.extend(choose(figures, metrics))

    return train(recipe, data, folder, progress, work=work, judge=judge), lines


def figures_of(
    folder: Path,
    wanted: dict[str, Any],
    plan: Plan,
    data: Path,
    workshop: Workshop,
    progress: Progress,
) -> dict[str, Any]:
    """Return the figures of a finished model that a candidate's are compared with.

    Those on functional sentences are measured now, since the sentences may be new. Those on
    left-out sources are the stored ones if they are of the same rows; otherwise the model's own
    recipe is measured on these.
    """
    metrics = json.loads((folder / METRICS).read_text(encoding="utf-8"))
    abroad = metrics.get("abroad", {})
    if not covers(abroad, wanted):
        abroad = measure_abroad(read_recipe(folder / RECIPE), plan, data, workshop, progress)
    return {**metrics, "abroad": abroad, "functional": functional(Classifier.load(folder))}
