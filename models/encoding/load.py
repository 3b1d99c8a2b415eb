"""Loading an encoder of a model folder by its description in the configuration."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from models.encoding.convolution import Convolution
from models.encoding.encoder import Encoder, PassageEncoder
from models.encoding.multilingual import MultilingualEncoder
from models.encoding.passage import PassageReader
from models.encoding.perceptron import Perceptron
from models.encoding.sentence import SentenceReader
from models.encoding.subwords import Subwords
from models.encoding.transformer import Transformer
from models.encoding.wordpiece import WordPiece
from models.reading.reader import TextReader


def load_encoder(
    folder: Path, described: Mapping[str, Any], readers: Mapping[str, TextReader]
) -> Encoder:
    """Load one encoder; `readers` split the texts of each trained language into words.

    :raises OSError: a file cannot be read.
    :raises KeyError: a line of the description is missing.
    :raises ValueError: the kind is unknown, or its files do not fit together.
    """
    match described["kind"]:
        case "transformer":
            return _transformer(folder, described, readers[described["reader"]])
        case "convolution":
            return _multilingual(folder, described)
        case kind:
            raise ValueError(f"an encoder of kind {kind!r}")


def _transformer(folder: Path, described: Mapping[str, Any], reader: TextReader) -> Encoder:
    pieces = WordPiece.load(member(folder, described["pieces"]))
    network = Transformer.load(member(folder, described["file"]))
    try:
        network.contributions((pieces.first, len(pieces) - 1, pieces.last))
    except Exception as fault:  # onnxruntime's exceptions have no base of their own
        raise ValueError(f"network and vocabulary do not fit ({fault})") from fault
    return PassageEncoder(PassageReader(pieces, reader), network)


def _multilingual(folder: Path, described: Mapping[str, Any]) -> Encoder:
    return MultilingualEncoder(
        SentenceReader(Subwords.load(member(folder, described["pieces"]))),
        Convolution.load(member(folder, described["file"])),
        Perceptron.load(member(folder, described["heads"])),
    )


def member(folder: Path, name: str) -> Path:
    """Return the path of a file in a model folder, where all checksums have been compared.

    :raises ValueError: the name leads out of the folder.
    """
    if Path(name).name != name:
        raise ValueError(f"{name!r} is not a file of the folder")
    return folder / name
