"""The evidence for mixes: rows that neither tier has seen, read by both."""

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from models.attributes import TOXICITY
from models.encoding.encoder import Encoder
from models.scoring.language_model import LanguageModel
from models.training.data.dataset import Example, examples_of, key_of
from models.training.measuring.functional import ABUSIVE, SENTENCES, read_sentences
from models.training.mixing.mixes import Evidence, Mixing
from models.training.mixing.twice import BATCH, Tick, read_twice
from models.training.recipe import LanguageRecipe

Progress = Callable[[str, int], Tick]


def gather_evidence(
    language: LanguageRecipe,
    mixing: Mixing,
    data: Path,
    seed: int,
    tiers: tuple[LanguageModel, Encoder],
    progress: Progress,
) -> Evidence:
    """Read what mixes are fitted to and chosen by.

    `language` is the recipe of the linear model: what it holds out, nothing was trained on.

    :raises RecipeError: no file of a source matches, or a row is wrong.
    """
    files = [source for source in language.sources if source.files]
    real = [source for source in files if source.natural is not None] or files
    every = [row for source in real for row in examples_of(source, language.code, data, seed)]
    home = list({row.text: row for row in every if row.held}.values())
    abroad = [
        row for source in mixing.abroad for row in examples_of(source, language.code, data, seed)
    ]
    sentences = _sentences(language.code)
    count = len(home) + len(abroad) + sum(map(len, sentences.values()))
    tick = progress(f"{language.code}: reading twice", count // BATCH + len(sentences) + 2)
    return Evidence(
        home=read_twice(*tiers, home, tick),
        abroad=read_twice(*tiers, abroad, tick),
        sentences={kind: read_twice(*tiers, rows, tick) for kind, rows in sentences.items()},
        prevalence=_prevalence(every, tiers[1].attributes, language.prevalence),
    )


def _prevalence(
    rows: Sequence[Example], heads: Sequence[str], most: float | None
) -> dict[str, float]:
    """Return the share of positive rows among those that are as frequent as in real life.

    Where there are none, it is the share among all, but not more than `most`.
    """
    natural = [row for row in rows if row.natural > 0]
    shares: dict[str, float] = {}
    for name in heads:
        labels = [row.labels[name] for row in natural or rows if name in row.labels]
        share = float(np.mean(labels)) if labels else np.nan
        shares[name] = share if natural else min(share, most or share)
    return shares


def _sentences(code: str) -> dict[str, list[Example]]:
    path = SENTENCES / f"{code}.yaml"
    if not path.exists():
        return {}
    return {
        kind: [
            _sentence(line, code, kind, label) for label, lines in labels.items() for line in lines
        ]
        for kind, labels in read_sentences(path).items()
    }


def _sentence(text: str, code: str, kind: str, label: str) -> Example:
    return Example(
        text=text,
        labels={TOXICITY: float(label == ABUSIVE)},
        weights={},
        source=kind,
        language=code,
        key=key_of(text),
        twin=key_of(text),
        held=True,
        natural=0.0,
        rarity=False,
        ours=True,
    )
