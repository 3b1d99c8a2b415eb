"""Building a model folder from a recipe and data; the same input gives the same model."""

import json
import re
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from models.artifact import CARD, CONFIG, FORMAT, LANGUAGES, LEXICON, METRICS, NOTICE, SUMS, seal
from models.reading.lexicon import Lexicon
from models.reading.reader import Style
from models.scoring.classifier import Classifier
from models.scoring.model import write_heads
from models.training.data.corpus import Corpus, build_corpus
from models.training.data.dataset import Example
from models.training.data.origins import Origin, origins_of
from models.training.data.selection import gather, lexicon_of
from models.training.fitting.heads import FittedHead, as_heads, borrow_heads, fit_heads
from models.training.fitting.left_out import Workshop, measure_abroad
from models.training.measuring.batch import BATCH
from models.training.measuring.behaviour import MOST_DISGUISED
from models.training.measuring.card import card_of
from models.training.measuring.evaluation import evaluate
from models.training.recipe import CODE, RECIPES, LanguageRecipe, Recipe, RecipeError

RECIPE: Final = "recipe.yaml"
IDENTIFIER: Final = RECIPES / LANGUAGES
PARTS: Final = {CARD, CONFIG, LANGUAGES, LEXICON, METRICS, NOTICE, RECIPE, SUMS}
ARRAYS: Final = re.compile(r"heads-[a-zA-Z-]+\.npz|encoder-[a-zA-Z-]+\.(?:onnx|txt|npz)")
TRICK_STEPS: Final = 13 * (MOST_DISGUISED // BATCH + 1)
Progress = Callable[[str, int], Callable[[], None]]
Plan = Mapping[str, Sequence[Origin]]
Metrics = dict[str, Any]
Judge = Callable[[Metrics, Plan], None]


def silent(_title: str, _total: int) -> Callable[[], None]:
    """Show no progress."""
    return lambda: None


def content(_metrics: Metrics, _plan: Plan) -> None:
    """Accept any model."""


def train(
    recipe: Recipe,
    data: Path,
    folder: Path,
    progress: Progress = silent,
    *,
    work: Path | None = None,
    judge: Judge = content,
) -> str:
    """Train every language of a recipe, write the model folder and return its hash.

    An earlier model in that folder stays until the new one is finished and `judge`, which sees
    its figures, has not raised an exception. `work` keeps finished left-out models.

    :raises RecipeError: a source is missing, a row is wrong, or the folder holds other files.
    """
    if strangers := _strangers(folder):
        raise RecipeError(f"{folder} holds more than a model ({strangers[0]}); nothing was changed")
    fresh = folder.with_name(f"{folder.name}.new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    try:
        plan = {each.code: origins_of(each, data, recipe.seed) for each in recipe.languages}
        held = _write(recipe, data, fresh, progress)
        metrics = _measure(recipe, fresh, held, progress)
        metrics["abroad"] = measure_abroad(recipe, plan, data, Workshop(work), progress)
        hash_ = _finish(fresh, metrics)
        judge(metrics, plan)
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        raise
    shutil.rmtree(folder, ignore_errors=True)
    fresh.rename(folder)
    return hash_


def _strangers(folder: Path) -> list[str]:
    """Return the names in a folder that are not part of a model."""
    names = sorted(path.name for path in folder.iterdir()) if folder.exists() else []
    return [name for name in names if name not in PARTS and not ARRAYS.fullmatch(name)]


def _write(recipe: Recipe, data: Path, folder: Path, progress: Progress) -> list[Example]:
    """Fit and write every language; return the held-out rows."""
    lexicon = Lexicon(())
    held: list[Example] = []
    corpora: list[Corpus] = []
    config: dict[str, Any] = {"format": FORMAT, "name": recipe.name, "version": recipe.version}
    config["code"] = CODE
    config["languages"] = {}
    for language in recipe.languages:
        examples = gather(language, data, recipe.seed)
        if language.style is Style.KNOWN_WORDS:
            lexicon = lexicon_of(examples, data)
        held += (example for example in examples if example.held)
        tick = progress(f"{language.code}: reading", len(examples))
        corpus = build_corpus(language, examples, lexicon, tick)
        every_head = fit_heads(language, corpus, recipe, progress)
        # A score that may be no better than chance is worse than none: without one, a
        # moderator reads the comment.
        fitted = {
            name: head for name, head in every_head.items() if head.least_auc >= recipe.least_auc
        }
        corpora.append(corpus.without_words())
        fitted |= borrow_heads(language, corpora, recipe)
        if not fitted:
            raise RecipeError(f"{language.code}: no attribute is better than chance")
        config["languages"][language.code] = describe(language, fitted, every_head)
        write_heads(folder / f"heads-{language.code}.npz", as_heads(language, corpus, fitted))
    write_json(folder / CONFIG, config)
    write_json(folder / LEXICON, {"words": lexicon.ranked, "disguised": lexicon.disguised})
    (folder / RECIPE).write_text(recipe.text, encoding="utf-8")
    shutil.copyfile(IDENTIFIER, folder / LANGUAGES)
    return held


def _measure(recipe: Recipe, folder: Path, held: Sequence[Example], progress: Progress) -> Metrics:
    """Measure the finished model on held-out rows."""
    write_json(folder / METRICS, {})
    seal(folder)
    tick = progress("measuring", 2 * (len(held) // BATCH) + TRICK_STEPS)
    return evaluate(Classifier.load(folder), held, recipe.seed, tick)


def _finish(folder: Path, metrics: Metrics) -> str:
    """Add the figures and the card, and return the hash of the folder."""
    write_json(folder / METRICS, metrics)
    config = json.loads((folder / CONFIG).read_text(encoding="utf-8"))
    (folder / CARD).write_text(card_of(config, metrics), encoding="utf-8")
    return seal(folder)


def describe(
    language: LanguageRecipe, fitted: dict[str, FittedHead], every_head: dict[str, FittedHead]
) -> dict[str, Any]:
    """Describe a trained language for the configuration file."""
    withheld = {
        name: round(every_head[name].least_auc, 3) for name in every_head if name not in fitted
    }
    return {
        "style": str(language.style),
        "scheme": asdict(language.scheme),
        "attributes": list(fitted),
        "windows": asdict(language.windows),
        "prevalence": language.prevalence,
        "withheld": withheld,
        "left_out": {
            name: {"rows": head.left_out[0], "ece": round(head.left_out[1], 4)}
            for name, head in fitted.items()
        },
        "platt": {name: [round(part, 6) for part in head.platt] for name, head in fitted.items()},
    }


def write_json(path: Path, content: Any) -> None:
    """Write JSON; equal content gives equal bytes."""
    text = json.dumps(content, indent=1, ensure_ascii=False)
    path.write_text(text + "\n", encoding="utf-8")
