"""Rows that are read twice: what the linear model and the encoder say, beside people's labels."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from models.encoding.encoder import Encoder, Floats
from models.reading.draft import TextDraft
from models.reading.normal_form import fold
from models.scoring.language_model import LanguageModel
from models.scoring.odds import Odds
from models.scoring.second import ENCODER_LIMIT, LINEAR_LIMIT
from models.training.data.dataset import Example

BATCH: Final = 100
Tick = Callable[[], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class TwiceRead:
    """Arrays of shape (rows, heads), NaN where there is no label or no linear head.

    `natural` rows are as frequent as in real life; `places` says which source each is from, and
    `first` holds all log odds of the linear model, for attributes without a second reading too.
    """

    heads: tuple[str, ...]
    linear: Floats
    encoder: Floats
    labels: Floats
    natural: NDArray[np.bool_]
    places: NDArray[np.str_]
    first: Sequence[Odds]

    def summed(self, name: str, share: float) -> Floats:
        """Add both readings of an attribute, each limited as in a mix."""
        head = self.heads.index(name)
        linear = np.nan_to_num(self.linear[:, head]).clip(-LINEAR_LIMIT, LINEAR_LIMIT)
        encoder = self.encoder[:, head].clip(-ENCODER_LIMIT, ENCODER_LIMIT)
        return np.asarray((1 - share) * linear + share * encoder, np.float64)

    def labels_of(self, name: str) -> Floats:
        """Return the labels of an attribute, NaN where nobody judged."""
        return self.labels[:, self.heads.index(name)]


def read_twice(
    linear: LanguageModel, encoder: Encoder, rows: Sequence[Example], tick: Tick = lambda: None
) -> TwiceRead:
    """Read rows with both tiers; `tick` is called after each batch."""
    first: list[Odds] = []
    second: list[Floats] = []
    for start in range(0, len(rows), BATCH):
        texts = [row.text for row in rows[start : start + BATCH]]
        first += linear.odds([_folded(text) for text in texts], texts)
        second.append(encoder.margins(texts))
        tick()
    heads = encoder.attributes
    return TwiceRead(
        heads=heads,
        linear=_table((odds for odds in first), heads),
        encoder=np.concatenate(second) if second else np.zeros((0, len(heads))),
        labels=_table((row.labels for row in rows), heads),
        natural=np.array([row.natural > 0 for row in rows], np.bool_),
        places=np.array([row.source for row in rows], np.str_),
        first=first,
    )


def _table(rows: Iterable[Odds], heads: Sequence[str]) -> Floats:
    table = [[row.get(name, np.nan) for name in heads] for row in rows]
    return np.array(table, np.float64).reshape(-1, len(heads))


def _folded(text: str) -> TextDraft:
    draft = TextDraft(text)
    fold(draft)
    return draft
