"""A small vocabulary, a plan for it and rows that a network can learn."""

from dataclasses import replace

import numpy as np

from models.encoding.passage import PassageReader
from models.encoding.wordpiece import WordPiece
from models.reading.lexicon import Lexicon
from models.reading.words import WordReader
from models.training.data.dataset import Example
from models.training.encoder.plan import EncoderSource, read_plan
from models.training.encoder.rows import Taught, TrainingRows

WORDS = "you are a clown kind person gay women people the fox"
VOCABULARY = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *WORDS.split()]
PLAN = replace(
    read_plan(), heads={"TOXICITY": 1.0, "IDENTITY_ATTACK": 1.0}, sources=(), frozen=5, seed=3
)


def passages():
    return PassageReader(WordPiece(VOCABULARY), WordReader(Lexicon(WORDS.split())))


def words(pieces):
    return " ".join(VOCABULARY[place] for place in pieces)


def taught(text, labels, *, weight=1.0, fair=1.0):
    example = Example(
        text=text,
        labels=labels,
        weights=dict.fromkeys(labels, weight),
        source="ours",
        language="en",
        key=1,
        twin=1,
        held=False,
        natural=0.0,
        rarity=False,
    )
    return Taught(EncoderSource(fair=fair), example)


def rude_rows(count):
    """Return rows in which one piece decides the first label, and nobody judged the second."""
    rude = np.arange(count) % 2
    return TrainingRows(
        pieces=[[2, 5 + place % 3, 8 + each, 3] for place, each in enumerate(rude)],
        labels=np.stack([rude, np.full(count, np.nan)], 1).astype(np.float32),
        weights=np.stack([np.ones(count), np.zeros(count)], 1).astype(np.float32),
    )
