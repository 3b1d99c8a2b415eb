"""The heads of the multilingual encoder: a small network learns from vectors that never change."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn
from torch.nn.functional import binary_cross_entropy_with_logits

from models.training.multilingual.plan import HeadsFitting, HeadsPlan
from models.training.multilingual.rows import TaughtSentences

WARM_UP: Final = 0.05
LEAST_RATE: Final = 0.02

Told = Callable[[int, int, float], None]


def fit_heads(
    rows: TaughtSentences, vectors: NDArray[np.float16], plan: HeadsPlan, told: Told
) -> nn.Sequential:
    """Return heads that learnt from the vectors (rows, width) of texts.

    `told` is called after each epoch with its number, the number of all epochs and the mean loss.
    """
    fitting = plan.fitting
    torch.manual_seed(plan.seed)
    # Vectors have the length 1; numbers of about 1 are learnt from faster.
    scale = vectors.shape[1] ** 0.5
    inputs = torch.from_numpy(vectors.astype(np.float32) * scale)
    labels = torch.from_numpy(np.nan_to_num(rows.labels))
    weights = torch.from_numpy(rows.weights) * torch.tensor(list(plan.heads.values()))
    network = _network(inputs.shape[1], fitting, len(plan.heads))
    optimizer = torch.optim.AdamW(network.parameters(), lr=fitting.rate, weight_decay=fitting.decay)
    steps = -(-len(inputs) // fitting.batch) * fitting.epochs
    step = 0
    for epoch in range(fitting.epochs):
        total = 0.0
        for batch in torch.randperm(len(inputs)).split(fitting.batch):
            step += 1
            _set_rate(optimizer, fitting.rate, step / steps)
            losses = binary_cross_entropy_with_logits(
                network(inputs[batch]), labels[batch], weight=weights[batch], reduction="sum"
            )
            optimizer.zero_grad()
            (losses / len(batch)).backward()
            optimizer.step()
            total += losses.item()
        told(epoch + 1, fitting.epochs, total / len(inputs))
    with torch.no_grad():
        network[0].weight.mul_(scale)
    return network.eval()


def write_heads(network: nn.Sequential, attributes: Sequence[str], path: Path) -> None:
    """Write the heads as `models.encoding.perceptron` reads them; equal heads give equal bytes."""
    arrays: dict[str, Any] = {"attributes": np.array(attributes)}
    layers = [layer for layer in network if isinstance(layer, nn.Linear)]
    for place, layer in enumerate(layers):
        arrays[f"layer_{place}"] = layer.weight.detach().numpy().T.astype(np.float16)
        arrays[f"layer_{place}_bias"] = layer.bias.detach().numpy().astype(np.float16)
    np.savez(path, **arrays)


def _network(width: int, fitting: HeadsFitting, heads: int) -> nn.Sequential:
    first, second = fitting.hidden
    return nn.Sequential(
        nn.Linear(width, first),
        nn.GELU(approximate="tanh"),
        nn.Dropout(fitting.dropout),
        nn.Linear(first, second),
        nn.GELU(approximate="tanh"),
        nn.Dropout(fitting.dropout),
        nn.Linear(second, heads),
    )


def _set_rate(optimizer: torch.optim.Optimizer, highest: float, done: float) -> None:
    """Raise the learning rate during the warm-up, and lower it evenly to almost nothing."""
    for group in optimizer.param_groups:
        group["lr"] = highest * min(1.0, done / WARM_UP) * max(LEAST_RATE, 1 - done)
