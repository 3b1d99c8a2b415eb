"""Assembly: a linear model's folder and an encoder become one model of two tiers."""

import json
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from models.artifact import CARD, CONFIG, METRICS, NOTICE, SUMS, TWO_TIERS, seal, sha256
from models.encoding.load import load_encoder
from models.scoring.language_model import LanguageModel
from models.scoring.model import read_model
from models.scoring.tiers import FIRST
from models.training.encoder.shelf import ORIGIN, VOCABULARY, WEIGHTS
from models.training.encoder.shelf import SUMS as PRETRAINED
from models.training.mixing.evidence import Progress, gather_evidence
from models.training.mixing.mixes import Mixes, Mixing, ShareTrial, choose_mixes, describe
from models.training.recipe import Recipe

ANCESTORS: Final = "nreimers/MiniLM-L6-H384-uncased, and that to microsoft/MiniLM-L12-H384-uncased"


FILES: Final = ("file", "pieces", "heads")
ENGLISH: Final = {
    "kind": "transformer",
    "file": "encoder-en.onnx",
    "pieces": "encoder-en.txt",
    "reader": "en",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class EncoderFiles:
    """A trained encoder: its files in a folder, and its description in the configuration."""

    folder: Path
    described: Mapping[str, str] = field(default_factory=lambda: dict(ENGLISH))

    @property
    def names(self) -> list[str]:
        """The names of the files."""
        return [self.described[part] for part in FILES if part in self.described]


def add_encoder(
    before: Path,
    files: EncoderFiles,
    recipe: Recipe,
    mixing: Mixing,
    data: Path,
    folder: Path,
    progress: Progress,
) -> tuple[str, Sequence[ShareTrial]]:
    """Choose the mixes and write the model of two tiers; return its hash and what was tried.

    `recipe` is the one of the linear model in `before`, with the name and version of the new model.

    :raises ArtifactError: `before` is no model.
    :raises RecipeError: rows are missing or wrong.
    :raises FileExistsError: `folder` exists.
    """
    code = mixing.language
    model = read_model(before, FIRST)
    linear = LanguageModel(model.heads[code], model.readers[code], model.config["languages"][code])
    encoder = load_encoder(files.folder, files.described, model.readers)
    [language] = (each for each in recipe.languages if each.code == code)
    evidence = gather_evidence(language, mixing, data, recipe.seed, (linear, encoder), progress)
    mixes, trials = choose_mixes(evidence, mixing.shares)
    return assemble(before, files, mixes, trials, recipe.version, folder, code), trials


def assemble(
    before: Path,
    files: EncoderFiles,
    mixes: Mixes,
    trials: Sequence[ShareTrial],
    version: str,
    folder: Path,
    language: str = "en",
) -> str:
    """Write a new folder with a linear model, an encoder and their mixes; return its hash.

    :raises FileExistsError: the folder exists.
    """
    shutil.copytree(before, folder, ignore=shutil.ignore_patterns(SUMS, NOTICE))
    for name in files.names:
        shutil.copyfile(files.folder / name, folder / name)
    config = _read(folder / CONFIG)
    title = f"{config['name']} {config['version']}"
    config |= {"format": TWO_TIERS, "version": version}
    encoders = config.setdefault("encoders", {})
    encoders[language] = dict(files.described)
    config["languages"][language] |= {"encoder": language, "mixes": describe(mixes)}
    _write(folder / CONFIG, config)
    tried = [{"share": trial.share, **trial.figures} for trial in trials]
    _write(folder / METRICS, _read(folder / METRICS) | {"mixes": {language: tried}})
    card = (folder / CARD).read_text(encoding="utf-8")
    card = card.replace(title, f"{config['name']} {version}", 1) + _section(mixes, trials)
    (folder / CARD).write_text(card, encoding="utf-8")
    (folder / NOTICE).write_text(_notice(folder, files), encoding="utf-8")
    return seal(folder)


def _section(mixes: Mixes, trials: Sequence[ShareTrial]) -> str:
    """Describe the second reading for the card."""
    rows = [
        f"| {name} | {mix.offset:.2f} | {mix.linear:.2f} | {mix.encoder:.2f} |"
        for name, mix in mixes.items()
    ]
    places = dict.fromkeys(place for trial in trials for place in trial.figures)
    tried = [
        "| " + " | ".join([f"{trial.share:.1f}", *_figures(trial, places)]) + " |"
        for trial in trials
    ]
    return "\n".join(
        [
            "",
            "## The second reading",
            "",
            "English is read by an encoder too, whose margins are added to the log odds of the",
            "linear model. The figures above are those of the linear model alone.",
            "",
            "| attribute | offset | linear | encoder |",
            "| --- | --- | --- | --- |",
            *rows,
            "",
            "The share of the encoder was chosen on what neither has seen; mean AUC by share:",
            "",
            "| " + " | ".join(["share", *places]) + " |",
            "| " + " | ".join(["---"] * (len(places) + 1)) + " |",
            *tried,
            "",
        ]
    )


def _figures(trial: ShareTrial, places: Mapping[str, None]) -> list[str]:
    return [f"{trial.figures[place]:.3f}" if place in trial.figures else "–" for place in places]


def _notice(folder: Path, files: EncoderFiles) -> str:
    """Say where the encoder comes from, under which licence, and what was changed."""
    network, pieces = files.names
    return f"""\
{network} is a copy of {ORIGIN} with other heads, fine-tuned on the
sources in CARD.md and quantised; {pieces} is its vocabulary, unchanged. Licence of both:
Apache-2.0. {ORIGIN} goes back to
{ANCESTORS} (MIT).

SHA-256 of what was fine-tuned, as it is published:
{PRETRAINED[WEIGHTS]}  {WEIGHTS}
{PRETRAINED[VOCABULARY]}  {VOCABULARY}
and of what became of it:
{sha256(folder / network)}  {network}
{sha256(folder / pieces)}  {pieces}
"""


def _read(path: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return content


def _write(path: Path, content: Mapping[str, Any]) -> None:
    text = json.dumps(content, indent=1, ensure_ascii=False)
    path.write_text(text + "\n", encoding="utf-8")
