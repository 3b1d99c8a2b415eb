"""A recipe and a folder of data become a model folder, the same one every time."""

import json
import re
import shutil
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from models.artifact import (
    CARD,
    CONFIG,
    FORMAT,
    LANGUAGES,
    LEXICON,
    METRICS,
    SUMS,
    seal,
    write_heads,
)
from models.attributes import INSULT
from models.reading.lexicon import Lexicon
from models.reading.reader import Style
from models.scoring.classifier import Classifier
from models.training.data.corpus import Corpus, build_corpus
from models.training.data.dataset import Example, examples_of
from models.training.data.vocabulary import build_lexicon
from models.training.data.weak import label_insults, label_sexual, read_terms
from models.training.fitting.heads import FittedHead, as_heads, borrow_heads, fit_heads
from models.training.fitting.recipe import RECIPES, Recipe, RecipeError, Tongue
from models.training.measuring.batch import BATCH
from models.training.measuring.behaviour import MOST_DISGUISED
from models.training.measuring.card import card_of
from models.training.measuring.evaluate import evaluate

CODE: Final = 2  # goes up when the same recipe and rows would give another model
RECIPE: Final = "recipe.yaml"
IDENTIFIER: Final = RECIPES / LANGUAGES
PARTS: Final = {CARD, CONFIG, LANGUAGES, LEXICON, METRICS, RECIPE, SUMS}
HEADS: Final = re.compile(r"heads-[a-zA-Z-]+\.npz")
TRICK_STEPS: Final = 13 * (MOST_DISGUISED // BATCH + 1)
Progress = Callable[[str, int], Callable[[], None]]


def train(recipe: Recipe, data: Path, folder: Path, progress: Progress) -> str:
    """Train every language of a recipe and write the model folder; gives its hash.

    An earlier model in that folder stays until the new one is finished.

    :raises RecipeError: a source is missing, a row is wrong, or the folder is none of a model.
    """
    if strange := _strangers(folder):
        raise RecipeError(f"{folder} holds more than a model ({strange[0]}); nothing was changed")
    fresh = folder.with_name(f"{folder.name}.new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    seal_ = _write(recipe, data, fresh, progress)
    shutil.rmtree(folder, ignore_errors=True)
    fresh.rename(folder)
    return seal_


def _strangers(folder: Path) -> list[str]:
    """Name what is in a folder and is no part of a model."""
    found = sorted(path.name for path in folder.iterdir()) if folder.exists() else []
    return [name for name in found if name not in PARTS and not HEADS.fullmatch(name)]


def _write(recipe: Recipe, data: Path, folder: Path, progress: Progress) -> str:
    lexicon = Lexicon(())
    held: list[Example] = []
    config: dict[str, Any] = {"format": FORMAT, "name": recipe.name, "version": recipe.version}
    config["code"] = CODE
    config["languages"] = {}
    judged: list[tuple[Corpus, Tongue]] = []
    for tongue in recipe.tongues:
        examples = gather(tongue, data, recipe.seed)
        if tongue.style is Style.KNOWN_WORDS:
            terms = frozenset(row["text"].lower() for row in read_terms(data))
            lexicon = build_lexicon((one for one in examples if not one.held), terms)
        held += (one for one in examples if one.held)
        corpus = build_corpus(
            tongue, examples, lexicon, progress(f"{tongue.code}: reading", len(examples))
        )
        every = fit_heads(tongue, corpus, recipe, progress)
        # No score is better than one that may be no better than chance: a person looks instead.
        fitted = {name: head for name, head in every.items() if head.least_auc >= recipe.least_auc}
        judged.append((corpus.without_words(), tongue))
        fitted |= borrow_heads(tongue, [part for part, _ in judged], recipe)
        if not fitted:
            raise RecipeError(f"{tongue.code}: no attribute that could be told from chance")
        config["languages"][tongue.code] = described(tongue, fitted, every)
        write_heads(folder / f"heads-{tongue.code}.npz", as_heads(tongue, corpus, fitted))
    write_json(folder / CONFIG, config)
    write_json(folder / LEXICON, {"words": lexicon.ranked, "disguised": lexicon.disguised})
    (folder / RECIPE).write_text(recipe.text, encoding="utf-8")
    shutil.copyfile(IDENTIFIER, folder / LANGUAGES)
    return _measured(recipe, folder, held, progress)


def held_rows(recipe: Recipe, data: Path) -> list[Example]:
    """Read the rows that a recipe keeps from training."""
    return [
        one for tongue in recipe.tongues for one in gather(tongue, data, recipe.seed) if one.held
    ]


def _measured(recipe: Recipe, folder: Path, held: Sequence[Example], progress: Progress) -> str:
    """Measure the finished model on held-out rows and put the numbers and the card beside it."""
    write_json(folder / METRICS, {})
    seal(folder)
    tick = progress("measuring", len(held) // BATCH + TRICK_STEPS)
    metrics = evaluate(Classifier.load(folder), held, recipe.seed, tick)
    write_json(folder / METRICS, metrics)
    config = json.loads((folder / CONFIG).read_text(encoding="utf-8"))
    (folder / CARD).write_text(card_of(config, metrics), encoding="utf-8")
    return seal(folder)


def gather(tongue: Tongue, data: Path, seed: int) -> list[Example]:
    """Read all examples of a language, leaving out training rows that a held-out one repeats."""
    examples: list[Example] = []
    for source in tongue.sources:
        found = list(examples_of(source, tongue.code, data, seed))
        if source.insulting:
            found = list(label_insults(found, tongue.insulting, source.weight_of(INSULT)))
        examples += label_sexual(found, read_terms(data), tongue.sexual) if source.sexual else found
    held = [example for example in examples if example.held]
    keys, twins = {one.key for one in held}, {one.twin for one in held}
    return [one for one in examples if one.held or (one.key not in keys and one.twin not in twins)]


def described(
    tongue: Tongue, fitted: dict[str, FittedHead], every: dict[str, FittedHead]
) -> dict[str, Any]:
    """Describe a trained language for the configuration file."""
    withheld = {name: round(every[name].least_auc, 3) for name in every if name not in fitted}
    return {
        "style": str(tongue.style),
        "scheme": asdict(tongue.scheme),
        "attributes": list(fitted),
        "windows": asdict(tongue.windows),
        "prevalence": tongue.prevalence,
        "withheld": withheld,
        "left_out": {
            name: {"rows": head.left_out[0], "ece": round(head.left_out[1], 4)}
            for name, head in fitted.items()
        },
        "platt": {name: [round(part, 6) for part in head.platt] for name, head in fitted.items()},
    }


def write_json(path: Path, content: Any) -> None:
    """Write JSON, the same bytes for the same content."""
    text = json.dumps(content, indent=1, ensure_ascii=False)
    path.write_text(text + "\n", encoding="utf-8")


def silent(_title: str, _total: int) -> Callable[[], None]:
    """Show no progress."""
    return lambda: None
