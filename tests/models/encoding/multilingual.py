"""A small encoder of many languages, of the same shape as the real one."""

import io

import numpy as np
import sentencepiece

from models.encoding.convolution import ORDERS, Convolution
from models.encoding.multilingual import MultilingualEncoder
from models.encoding.perceptron import Perceptron
from models.encoding.sentence import SentenceReader
from models.encoding.subwords import Subwords

HEADS = ("TOXICITY", "IDENTITY_ATTACK", "SPAM")
SENTENCES = [
    "du bist ein clown. und der rat ist müde!",
    "le maire a décidé de fermer la piscine",
    "что вы делаете с этим городом",
    "市長は公園を閉めることにした",
    "you are a clown? and the fox is tired of rain",
]
PIECES = 76
SPREAD = (20, 3, 3)


def pieces_model():
    """Return a small model of pieces."""
    model = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(SENTENCES * 20),
        model_writer=model,
        vocab_size=PIECES,
        minloglevel=2,
        num_threads=1,
    )
    return model.getvalue()


def network_arrays(rows=PIECES, seed=1):
    """Return random weights by their names."""
    chance = np.random.default_rng(seed)

    def floats(*shape):
        return chance.normal(0, 0.1, shape).astype(np.float32)

    arrays = {
        "codes": chance.integers(0, 256, (rows, 256), np.uint8),
        "levels": np.linspace(-2, 2, 16, dtype=np.float32),
        "scales": chance.uniform(0.1, 0.5, rows).astype(np.float16),
        "means": chance.normal(0, 0.05, rows).astype(np.float16),
    }
    matrices = {"pool": (1280, 512), "hidden_0": (512, 320), "hidden_1": (320, 320)}
    matrices |= {"hidden_2": (320, 512), "hidden_3": (512, 512)}
    matrices |= {"skip_1": (512, 320), "skip_3": (320, 512)}
    for order, _ in ORDERS:
        matrices[f"project_{order}"] = (512, 256)
        matrices[f"first_{order}"] = matrices[f"second_{order}"] = (order * 256, 256)
        for name in ("project", "first", "second"):
            arrays[f"{name}_{order}_bias"] = floats(256)
        arrays[f"norm_{order}_gain"], arrays[f"norm_{order}_bias"] = 1 + floats(256), floats(256)
    for name, shape in matrices.items():
        arrays[name] = chance.integers(-127, 128, shape, np.int8)
        arrays[f"{name}_scale"] = np.float32(1.4 / np.sqrt(shape[0]) / 73)
    arrays |= {"norm_gain": 1 + floats(1280), "norm_bias": floats(1280), "pool_bias": floats(512)}
    return arrays


def heads_arrays(heads=HEADS, seed=2):
    """Return random heads by their names."""
    chance = np.random.default_rng(seed)
    widths = (512, 24, 16, len(heads))
    arrays = {"attributes": np.array(heads)}
    for place in range(3):
        shape = widths[place : place + 2]
        arrays[f"layer_{place}"] = chance.normal(0, SPREAD[place] / shape[0] ** 0.5, shape).astype(
            np.float16
        )
        arrays[f"layer_{place}_bias"] = chance.normal(0, 0.3, shape[1]).astype(np.float16)
    return arrays


def encoder():
    """Return the whole encoder."""
    return MultilingualEncoder(
        SentenceReader(Subwords(pieces_model())),
        Convolution(network_arrays()),
        Perceptron(heads_arrays()),
    )
