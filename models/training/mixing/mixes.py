"""Mixes: how much an encoder counts beside the linear model, chosen on what neither has seen."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean
from typing import Final

import numpy as np
import yaml

from models.attributes import SPAM, TOXICITY
from models.encoding.encoder import Floats
from models.scoring.odds import probability
from models.scoring.second import Mix
from models.training.fitting.calibration import log_odds
from models.training.fitting.linear import fit_platt
from models.training.measuring.functional import answer_of
from models.training.measuring.metrics import FEWEST, auc
from models.training.mixing.twice import TwiceRead
from models.training.recipe import RECIPES, RecipeError, Source

DEFAULT_MIXING: Final = RECIPES / "mixes-en.yaml"
WIDEST: Final = 30.0
HALF: Final = 0.5
NEARLY: Final = 0.005  # of two shares that are about as good, the lower leaves more to both tiers

Mixes = dict[str, Mix]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mixing:
    """The shares of the encoder to choose from, and the sources to choose by."""

    language: str
    shares: tuple[float, ...]
    abroad: tuple[Source, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What mixes of one language are fitted to and chosen by.

    `home` are held-out rows of the sources of training, `abroad` rows of other sources, if there
    are any, and `sentences` the functional ones by kind, with TOXICITY 1 where they are abusive.
    `prevalence` is the share of positive rows in real life, by attribute.
    """

    home: TwiceRead
    abroad: TwiceRead
    sentences: Mapping[str, TwiceRead]
    prevalence: Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareTrial:
    """One share of the encoder, and the mean AUC by place and kind of sentences."""

    share: float
    figures: Mapping[str, float]

    @property
    def mean(self) -> float:
        """The mean over all places; the kinds of sentences are one of them."""
        return fmean(self.figures.values())


def read_mixing(path: Path = DEFAULT_MIXING) -> Mixing:
    """Read what to choose from.

    :raises RecipeError: the file cannot be read, or a part of it is unknown or missing.
    """
    try:
        written = yaml.safe_load(path.read_text(encoding="utf-8"))
        return Mixing(
            language=str(written["language"]),
            shares=tuple(map(float, written["shares"])),
            abroad=tuple(Source(**source) for source in written["abroad"]),
        )
    except (OSError, yaml.YAMLError, KeyError, TypeError, ValueError) as fault:
        raise RecipeError(f"{path}: {type(fault).__name__}: {fault}") from fault


def choose_mixes(evidence: Evidence, shares: Sequence[float]) -> tuple[Mixes, list[ShareTrial]]:
    """Choose the share of the encoder for spam and for all else; return the mixes and the trials.

    The trials are those of all else. An attribute with too few held-out rows gets no mix.

    :raises RecipeError: there is no attribute with enough rows.
    """
    names = usable(evidence.home)
    tone = [name for name in names if name != SPAM]
    if not tone:
        raise RecipeError("no attribute has enough held-out rows for a mix")
    trials = [_trial(evidence, tone, share) for share in shares]
    enough = max(trial.mean for trial in trials) - NEARLY
    best = min(trial.share for trial in trials if trial.mean >= enough)
    mixes = fit_mixes(evidence, tone, best)
    if SPAM in names:
        spam = max(shares, key=lambda share: _pooled(evidence.home, SPAM, share))
        mixes |= fit_mixes(evidence, [SPAM], spam)
    return mixes, trials


def usable(home: TwiceRead) -> list[str]:
    """Return the attributes that have enough rows of both labels at one place."""
    return [name for name in home.heads if _areas(home, [name], HALF)]


def fit_mixes(evidence: Evidence, names: Sequence[str], share: float) -> Mixes:
    """Calibrate the sum of both readings on held-out rows, with one share for all attributes."""
    return {name: fit_mix(evidence.home, name, share, evidence.prevalence[name]) for name in names}


def fit_mix(rows: TwiceRead, name: str, share: float, prevalence: float) -> Mix:
    """Fit the slope on all rows with a label, and the offset on those as frequent as in real life.

    Of these as many are expected to be positive as `prevalence` says, since the held-out ones alone
    may be too few to tell. Without any such rows, the offset moves by the change of the prior odds.

    :raises RecipeError: there are no rows of both labels.
    """
    summed, labels = rows.summed(name, share), rows.labels_of(name)
    known = ~np.isnan(labels)
    if len(np.unique(labels[known] >= HALF)) < 2:
        raise RecipeError(f"{name}: no held-out rows of both labels")
    slope, offset = fit_platt(summed[known], labels[known])
    natural = known & rows.natural
    if natural.any():
        offset = _offset(slope * summed[natural], prevalence)
    else:
        offset += log_odds(prevalence) - log_odds(float(labels[known].mean()))
    return Mix(offset=offset, linear=slope * (1 - share), encoder=slope * share)


def scores_of(rows: TwiceRead, mixes: Mixes) -> list[dict[str, float | None]]:
    """Return the scores of rows with these mixes; attributes without one have those of old."""
    scores: list[dict[str, float | None]] = []
    for odds, margins in zip(rows.first, rows.encoder.tolist(), strict=True):
        read = dict(zip(rows.heads, margins, strict=True))
        mixed = {name: mix.odds(odds.get(name, 0.0), read[name]) for name, mix in mixes.items()}
        scores.append({name: probability(value) for name, value in (odds | mixed).items()})
    return scores


def _offset(margins: Floats, prevalence: float) -> float:
    """Find by bisection the offset with which the mean probability is the prevalence."""
    low, high = -WIDEST, WIDEST
    for _ in range(60):
        middle = (low + high) / 2
        mean = float((1 / (1 + np.exp(-(margins + middle)))).mean())
        low, high = (middle, high) if mean < prevalence else (low, middle)
    return (low + high) / 2


def _trial(evidence: Evidence, names: Sequence[str], share: float) -> ShareTrial:
    figures = _areas(evidence.abroad, names, share) or _areas(evidence.home, names, share)
    if evidence.sentences:
        mixes = fit_mixes(evidence, names, share)
        kinds = [_of_kind(rows, mixes) for rows in evidence.sentences.values()]
        figures["functional sentences"] = fmean(kinds)
    return ShareTrial(share=share, figures=figures)


def _areas(rows: TwiceRead, names: Sequence[str], share: float) -> dict[str, float]:
    """Return the mean AUC by place, over the attributes that have enough rows of both labels."""
    areas: dict[str, list[float]] = defaultdict(list)
    for name in names:
        summed, labels = rows.summed(name, share), rows.labels_of(name)
        for place in np.unique(rows.places):
            here = ~np.isnan(labels) & (rows.places == place)
            positives = int((labels[here] >= HALF).sum())
            if FEWEST <= positives <= int(here.sum()) - FEWEST:
                areas[str(place)].append(auc(labels[here], summed[here]))
    return {place: fmean(each) for place, each in areas.items()}


def _pooled(rows: TwiceRead, name: str, share: float) -> float:
    """Return the AUC over all places, as the ham of one place must not pass for another's spam."""
    labels = rows.labels_of(name)
    known = ~np.isnan(labels)
    return auc(labels[known], rows.summed(name, share)[known])


def _of_kind(rows: TwiceRead, mixes: Mixes) -> float:
    """Return how well abusive sentences of a kind are told from harmless ones."""
    reach = [answer_of(scores).reach for scores in scores_of(rows, mixes)]
    return auc(rows.labels_of(TOXICITY), np.array(reach))


def describe(mixes: Mixes) -> dict[str, dict[str, float]]:
    """Describe mixes for the configuration file."""
    return {
        name: {
            "offset": round(mix.offset, 4),
            "linear": round(mix.linear, 4),
            "encoder": round(mix.encoder, 4),
        }
        for name, mix in mixes.items()
    }
