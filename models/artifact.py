"""The folder of a trained model: arrays and JSON, loaded only if all checksums match."""

import hashlib
from pathlib import Path
from typing import Final

FORMAT: Final = 1  # linear models only
TWO_TIERS: Final = 2  # and encoders, which read some languages again and others alone
SUMS: Final = "SHA256SUMS"
CONFIG: Final = "config.json"
METRICS: Final = "metrics.json"
CARD: Final = "CARD.md"
NOTICE: Final = "NOTICE"  # where encoders come from, and their licence
LANGUAGES: Final = "languages.npz"
LEXICON: Final = "lexicon.json"
SHIPPED: Final = Path(__file__).with_name("artifacts")
DEFAULT: Final = SHIPPED / "DEFAULT"


class ArtifactError(ValueError):
    """The folder holds no model, or its files were changed."""


def default_folder() -> Path:
    """Return the folder of the default model that is shipped."""
    return SHIPPED / DEFAULT.read_text(encoding="utf-8").strip()


def verify(folder: Path) -> str:
    """Compare every file with its checksum and return the hash of the whole folder.

    :raises ArtifactError: a file is missing, added or changed.
    """
    try:
        sums = (folder / SUMS).read_bytes()
        lines = [line.split("  ", 1) for line in sums.decode("utf-8").splitlines()]
        listed = {name: expected for expected, name in lines}
    except OSError as fault:
        raise ArtifactError(f"{folder}: no model here ({SUMS} cannot be read)") from fault
    except ValueError as fault:
        raise ArtifactError(f"{folder}: {SUMS} is not a list of checksums") from fault
    present = {path.name for path in folder.iterdir() if path.name != SUMS}
    for name in sorted(present ^ listed.keys()):
        raise ArtifactError(f"{folder}: {name} is {'missing' if name in listed else 'not listed'}")
    for name, expected in listed.items():
        if sha256(folder / name) != expected:
            raise ArtifactError(f"{folder}: {name} was changed (wrong checksum)")
    return hashlib.sha256(sums).hexdigest()


def seal(folder: Path) -> str:
    """Write the checksums of a finished folder and return the hash of the whole folder."""
    names = sorted(path.name for path in folder.iterdir() if path.name != SUMS)
    lines = "".join(f"{sha256(folder / name)}  {name}\n" for name in names)
    (folder / SUMS).write_text(lines, encoding="utf-8")
    return hashlib.sha256(lines.encode()).hexdigest()


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file in hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
