"""A trained model is a folder of arrays and JSON, read only if its check sums are right."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from models.reading.language import LanguageIdentifier
from models.reading.lexicon import Lexicon
from models.scoring.heads import Heads, scheme_of

FORMAT: Final = 1
SUMS: Final = "SHA256SUMS"
CONFIG: Final = "config.json"
METRICS: Final = "metrics.json"
CARD: Final = "CARD.md"
LANGUAGES: Final = "languages.npz"
LEXICON: Final = "lexicon.json"
SHIPPED: Final = Path(__file__).with_name("artifacts")
DEFAULT: Final = SHIPPED / "DEFAULT"


class ArtifactError(ValueError):
    """The folder is no model, or not the model that was made."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Artifact:
    """Everything that serving needs, read and verified."""

    hash: str
    config: dict[str, Any]
    metrics: dict[str, Any]
    identifier: LanguageIdentifier
    lexicon: Lexicon
    heads: dict[str, Heads]


def default_folder() -> Path:
    """Name the folder of the model that is shipped as the default."""
    return SHIPPED / DEFAULT.read_text(encoding="utf-8").strip()


def read_artifact(folder: Path) -> Artifact:
    """Read a model folder.

    :raises ArtifactError: a file is missing, added or changed, or the format is another.
    """
    seal = verify(folder)
    try:
        config = json.loads((folder / CONFIG).read_text(encoding="utf-8"))
        if config["format"] != FORMAT:
            raise ArtifactError(f"{folder}: format {config['format']}, this program reads {FORMAT}")
        return Artifact(
            hash=seal,
            config=config,
            metrics=json.loads((folder / METRICS).read_text(encoding="utf-8")),
            identifier=LanguageIdentifier.load(folder / LANGUAGES),
            lexicon=_read_lexicon(folder / LEXICON),
            heads={
                code: _read_heads(folder / f"heads-{code}.npz", described)
                for code, described in config["languages"].items()
            },
        )
    except (OSError, ValueError, KeyError, TypeError) as fault:
        raise ArtifactError(f"{folder}: not a readable model ({fault})") from fault


def verify(folder: Path) -> str:
    """Compare every file with its check sum and give the hash of the whole.

    :raises ArtifactError: a file is missing, added or changed.
    """
    try:
        sums = (folder / SUMS).read_bytes()
        lines = [line.split("  ", 1) for line in sums.decode("utf-8").splitlines()]
        named = {name: expected for expected, name in lines}
    except OSError as fault:
        raise ArtifactError(f"{folder}: no model here ({SUMS} cannot be read)") from fault
    except ValueError as fault:
        raise ArtifactError(f"{folder}: {SUMS} is not a list of check sums") from fault
    present = {path.name for path in folder.iterdir() if path.name != SUMS}
    for name in sorted(present ^ named.keys()):
        raise ArtifactError(f"{folder}: {name} is {'missing' if name in named else 'not listed'}")
    for name, expected in named.items():
        if sha256(folder / name) != expected:
            raise ArtifactError(f"{folder}: {name} is not the file that was made (check sum)")
    return hashlib.sha256(sums).hexdigest()


def seal(folder: Path) -> str:
    """Write the check sums of a finished folder and give the hash of the whole."""
    names = sorted(path.name for path in folder.iterdir() if path.name != SUMS)
    lines = "".join(f"{sha256(folder / name)}  {name}\n" for name in names)
    (folder / SUMS).write_text(lines, encoding="utf-8")
    return hashlib.sha256(lines.encode()).hexdigest()


def sha256(path: Path) -> str:
    """Give the SHA-256 of a file in hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def write_heads(path: Path, heads: Heads) -> None:
    """Write one language's arrays, the same bytes for the same arrays."""
    np.savez(
        path,
        weights=heads.weights,
        scales=heads.scales,
        biases=heads.biases,
        rarity=heads.rarity,
        rarity_scale=np.float32(heads.rarity_scale),
        signs=heads.signs,
    )


def _read_heads(path: Path, described: dict[str, Any]) -> Heads:
    with np.load(path, allow_pickle=False) as arrays:
        return Heads(
            attributes=tuple(described["attributes"]),
            scheme=scheme_of(described["scheme"]),
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
