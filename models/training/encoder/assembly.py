"""Assembly: a linear model's folder and an encoder become one model of two tiers."""

import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from models.artifact import CONFIG, METRICS, SUMS, TWO_TIERS, seal, sha256
from models.training.encoder.shelf import ORIGIN
from models.training.encoder.shelf import SUMS as PRETRAINED

NOTICE: Final = "NOTICE"
MIT: Final = "nreimers/MiniLM-L6-H384-uncased, from microsoft/MiniLM-L12-H384-uncased (MIT)"


@dataclass(frozen=True, slots=True, kw_only=True)
class EncoderFiles:
    """A trained network and its vocabulary."""

    network: Path
    pieces: Path


def assemble(
    before: Path,
    files: EncoderFiles,
    reading: Mapping[str, Any],
    version: str,
    folder: Path,
    *,
    language: str = "en",
) -> str:
    """Write a new folder with a linear model and an encoder; return its hash.

    `reading` holds the mixes as the configuration describes them, and figures for the metrics.

    :raises FileExistsError: the folder exists.
    """
    shutil.copytree(before, folder, ignore=shutil.ignore_patterns(SUMS, "encoder-*", NOTICE))
    network, pieces = folder / f"encoder-{language}.onnx", folder / f"encoder-{language}.txt"
    shutil.copyfile(files.network, network)
    shutil.copyfile(files.pieces, pieces)
    config = _read(folder / CONFIG)
    config |= {"format": TWO_TIERS, "version": version}
    config["encoders"] = {
        **config.get("encoders", {}),
        language: {
            "kind": "transformer",
            "file": network.name,
            "pieces": pieces.name,
            "reader": language,
        },
    }
    config["languages"][language] |= {"encoder": language, "mixes": dict(reading["mixes"])}
    _write(folder / CONFIG, config)
    _write(folder / METRICS, _read(folder / METRICS) | {"second": dict(reading["figures"])})
    (folder / NOTICE).write_text(_notice(network, pieces), encoding="utf-8")
    return seal(folder)


def _notice(network: Path, pieces: Path) -> str:
    """Say where the encoder comes from, under which licence, and what was changed."""
    return f"""\
{network.name} is a fine-tuned, quantised copy of {ORIGIN} with other heads;
{pieces.name} is its vocabulary, unchanged. Licence: Apache-2.0, as for this whole folder.
It goes back to {MIT}.

Origin, as published:
{PRETRAINED["model.safetensors"]}  model.safetensors
{PRETRAINED["vocab.txt"]}  vocab.txt
Here:
{sha256(network)}  {network.name}
{sha256(pieces)}  {pieces.name}
"""


def _read(path: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return content


def _write(path: Path, content: Mapping[str, Any]) -> None:
    path.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
