"""Loading a model folder: arrays, words, encoders and the configuration of each language."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.artifact import (
    CONFIG,
    FORMAT,
    LANGUAGES,
    LEXICON,
    METRICS,
    TWO_TIERS,
    ArtifactError,
    verify,
)
from models.encoding.encoder import Encoder
from models.encoding.load import load_encoder
from models.features.occurrences import Scheme
from models.reading.lexicon import Lexicon
from models.reading.reader import TextReader, reader_of
from models.scoring.heads import Heads
from models.scoring.identifier import LanguageIdentifier
from models.scoring.second import Mix, SecondReading
from models.scoring.tiers import BOTH


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """Everything that scoring needs, loaded and verified.

    `readers` and `heads` are of the trained languages; `second` may have zero-shot ones too.
    """

    hash: str
    config: dict[str, Any]
    metrics: dict[str, Any]
    identifier: LanguageIdentifier
    lexicon: Lexicon
    readers: dict[str, TextReader]
    heads: dict[str, Heads]
    second: dict[str, SecondReading]


def read_model(folder: Path, tiers: int = BOTH) -> Model:
    """Load a model folder, without its encoders if only one tier is wanted.

    :raises ArtifactError: a file is missing, added or changed, or the format is not supported.
    """
    hash_ = verify(folder)
    try:
        config = json.loads((folder / CONFIG).read_text(encoding="utf-8"))
        if config["format"] not in {FORMAT, TWO_TIERS}:
            raise ArtifactError(
                f"{folder}: format {config['format']}, this program reads up to {TWO_TIERS}"
            )
        lexicon = _read_lexicon(folder / LEXICON)
        languages = config["languages"]
        readers = {code: reader_of(each["style"], lexicon) for code, each in languages.items()}
        return Model(
            hash=hash_,
            config=config,
            metrics=json.loads((folder / METRICS).read_text(encoding="utf-8")),
            identifier=LanguageIdentifier.load(folder / LANGUAGES),
            lexicon=lexicon,
            readers=readers,
            heads={
                code: _read_heads(folder / f"heads-{code}.npz", each)
                for code, each in languages.items()
            },
            second=_read_second(folder, config, readers) if tiers >= BOTH else {},
        )
    except (OSError, ValueError, KeyError, TypeError) as fault:
        raise ArtifactError(f"{folder}: not a readable model ({fault})") from fault


def write_heads(path: Path, heads: Heads) -> None:
    """Write the arrays of one language; equal arrays give equal bytes."""
    np.savez(
        path,
        weights=heads.weights,
        scales=heads.scales,
        biases=heads.biases,
        rarity=heads.rarity,
        rarity_scale=np.float32(heads.rarity_scale),
        signs=heads.signs,
    )


def _read_second(
    folder: Path, config: dict[str, Any], readers: dict[str, TextReader]
) -> dict[str, SecondReading]:
    """Load the encoders, and what each of them does for which language."""
    encoders: dict[str, Encoder] = {
        name: load_encoder(folder, each, readers)
        for name, each in config.get("encoders", {}).items()
    }
    described = {**config["languages"], **config.get("zero_shot", {})}
    return {
        code: SecondReading(
            encoders[each["encoder"]], {name: Mix.of(mix) for name, mix in each["mixes"].items()}
        )
        for code, each in described.items()
        if "encoder" in each
    }


def _read_heads(path: Path, described: dict[str, Any]) -> Heads:
    with np.load(path, allow_pickle=False) as arrays:
        return Heads(
            attributes=tuple(described["attributes"]),
            scheme=Scheme.of(described["scheme"]),
            weights=_typed(arrays["weights"], np.int8),
            scales=arrays["scales"],
            biases=arrays["biases"],
            rarity=_typed(arrays["rarity"], np.uint8),
            rarity_scale=float(arrays["rarity_scale"]),
            signs=arrays["signs"],
        )


def _typed(array: NDArray[Any], kind: type[np.generic]) -> NDArray[Any]:
    if array.dtype != kind:
        raise ValueError(f"array of {array.dtype}, not {np.dtype(kind)}")
    return array


def _read_lexicon(path: Path) -> Lexicon:
    words = json.loads(path.read_text(encoding="utf-8"))
    return Lexicon(words["words"], words["disguised"])
