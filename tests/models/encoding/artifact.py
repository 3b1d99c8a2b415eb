"""A small network of the same shape as a trained one, and a model folder that reads with it."""

import json
import shutil
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from models.artifact import CONFIG, TWO_TIERS, default_folder, seal

HEADS = (
    "TOXICITY",
    "SEVERE_TOXICITY",
    "PROFANITY",
    "THREAT",
    "INSULT",
    "IDENTITY_ATTACK",
    "SPAM",
)
BIASES = [round(-3 - 0.1 * place, 1) for place in range(len(HEADS))]
LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"
WORDS = "you are a clown idiot the fox people face joy tears of with"
VOCABULARY = [
    *("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"),
    *LETTERS,
    *(f"##{letter}" for letter in LETTERS),
    *(word for word in WORDS.split() if word not in LETTERS),
    *("##rt", "##ing", ",", ".", "!", "?", "*", "'"),
]
MIX = {"offset": -0.3, "linear": 0.6, "encoder": 0.5}
WIDTH = 8


def network(vocabulary=VOCABULARY, heads=HEADS, biases=BIASES, seed=1):
    """Return the bytes of a network whose pieces see each other, as a transformer's do."""
    random = np.random.default_rng(seed)
    weights = {
        "table": random.normal(0, 2, (len(vocabulary), WIDTH)).astype(np.float32),
        "heads": random.normal(0, 4, (WIDTH, len(heads))).astype(np.float32),
        "one": np.array([1], np.int64),
        "flat": np.array([-1, len(heads)], np.int64),
    }
    nodes = [
        helper.make_node("Gather", ["table", "pieces"], ["alone"]),
        helper.make_node("ReduceMean", ["alone", "one"], ["around"], keepdims=1),
        helper.make_node("Add", ["alone", "around"], ["seen"]),
        helper.make_node("Tanh", ["seen"], ["hidden"]),
        helper.make_node("MatMul", ["hidden", "heads"], ["summed"]),
        helper.make_node("Size", ["pieces"], ["count"]),
        helper.make_node("Cast", ["count"], ["length"], to=TensorProto.FLOAT),
        helper.make_node("Div", ["summed", "length"], ["each"]),
        helper.make_node("Reshape", ["each", "flat"], ["margins"]),
    ]
    graph = helper.make_graph(
        nodes,
        "small",
        [helper.make_tensor_value_info("pieces", TensorProto.INT64, [1, None])],
        [helper.make_tensor_value_info("margins", TensorProto.FLOAT, [None, len(heads)])],
        [numpy_helper.from_array(array, name) for name, array in weights.items()],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=9)
    helper.set_model_props(
        model, {"attributes": json.dumps(list(heads)), "bias": json.dumps(list(biases))}
    )
    return onnx.ModelProto.SerializeToString(model)


def two_tiers(folder: Path, zero_shot=("es",)) -> Path:
    """Copy the shipped model and let the small network read English, and Spanish zero-shot."""
    shutil.copytree(default_folder(), folder)
    (folder / "encoder-en.onnx").write_bytes(network())
    (folder / "encoder-en.txt").write_text("\n".join(VOCABULARY) + "\n", encoding="utf-8")
    config = json.loads((folder / CONFIG).read_text("utf-8"))
    reading = {"encoder": "en", "mixes": dict.fromkeys(HEADS, MIX)}
    config |= {
        "format": TWO_TIERS,
        "encoders": {
            "en": {
                "kind": "transformer",
                "file": "encoder-en.onnx",
                "pieces": "encoder-en.txt",
                "reader": "en",
            }
        },
        "zero_shot": dict.fromkeys(zero_shot, reading),
    }
    config["languages"]["en"] |= reading
    (folder / CONFIG).write_text(json.dumps(config), encoding="utf-8")
    seal(folder)
    return folder
