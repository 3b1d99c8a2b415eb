"""Fine-tuning: a network learns from rows, in steps that go on where they were stopped."""

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Final

import numpy as np
import torch
from torch.nn.functional import binary_cross_entropy_with_logits
from torch.optim import AdamW

from models.training.encoder.batches import Batch, batches_of, padded
from models.training.encoder.checkpoint import load_state, save_state
from models.training.encoder.network import EncoderNetwork
from models.training.encoder.plan import EncoderPlan, Schedule
from models.training.encoder.rows import TrainingRows

SAVED_EVERY: Final = 200
LEAST_RATE: Final = 0.02
FIRST_WEIGHTS: Final = 0.3
RAREST: Final = 1e-4

Told = Callable[[int, int, float], None]


def start_heads(network: EncoderNetwork, rows: TrainingRows) -> None:
    """Let the heads begin at the share of positive rows and with small weights."""
    positive = (rows.weights * (rows.labels == 1)).sum(0)
    judged = np.maximum(rows.weights.sum(0), np.finfo(np.float32).tiny)
    shares = np.clip(positive / judged, RAREST, 1 - RAREST)
    with torch.no_grad():
        network.head.bias.copy_(torch.from_numpy(np.log(shares / (1 - shares))))
        network.head.weight.mul_(FIRST_WEIGHTS)


def fine_tune(
    network: EncoderNetwork,
    rows: TrainingRows,
    plan: EncoderPlan,
    schedule: Schedule,
    state: Path,
    told: Told,
) -> None:
    """Learn from every row once; the file `state` keeps what is done.

    `told` is called after each step with its number, the number of all steps and the loss.

    :raises CheckpointError: the state belongs to other rows or another plan.
    """
    lengths = [len(text) for text in rows.pieces]
    batches = batches_of(lengths, schedule.pieces, schedule.most, plan.seed)
    course = _fingerprint(rows, plan, schedule)
    optimizer = _optimizer(network, schedule)
    done = load_state(state, network, optimizer, course)
    importance = torch.tensor(list(plan.heads.values()))
    network.train()
    for step, batch in enumerate(batches[done:], done + 1):
        torch.manual_seed(plan.seed * len(batches) + step)  # the same dropout after a break
        _set_rate(optimizer, schedule, step, len(batches))
        loss = _loss(network, rows, batch, importance)
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), schedule.clip)
        optimizer.step()
        told(step, len(batches), loss.item())
        if step % SAVED_EVERY == 0 or step == len(batches):
            save_state(state, network, optimizer, step, course)


def _fingerprint(rows: TrainingRows, plan: EncoderPlan, schedule: Schedule) -> str:
    """Return a hash of all that decides what a step does."""
    digest = hashlib.sha256(repr((plan.heads, plan.seed, plan.frozen, schedule)).encode())
    digest.update(rows.labels.tobytes() + rows.weights.tobytes())
    for pieces in rows.pieces:
        digest.update(np.array(pieces, np.int32).tobytes())
    return digest.hexdigest()


def _optimizer(network: EncoderNetwork, schedule: Schedule) -> AdamW:
    layers = [each for each in network.layers.parameters() if each.requires_grad]
    heads = list(network.head.parameters())
    groups = [{"params": layers, "times": 1.0}, {"params": heads, "times": schedule.head_rate}]
    return AdamW(groups, lr=schedule.rate, weight_decay=schedule.decay)


def _set_rate(optimizer: AdamW, schedule: Schedule, step: int, steps: int) -> None:
    """Raise the learning rate during the warm-up, and lower it evenly to almost nothing."""
    warm = min(1.0, step / max(1.0, schedule.warm_up * steps))
    left = max(LEAST_RATE, (steps - step + 1) / steps)
    for group in optimizer.param_groups:
        group["lr"] = schedule.rate * group["times"] * warm * left


def _loss(
    network: EncoderNetwork, rows: TrainingRows, batch: Batch, importance: torch.Tensor
) -> torch.Tensor:
    """Return the cross-entropy per row, over the labels that were judged."""
    pieces, real = padded([rows.pieces[row] for row in batch])
    labels = torch.from_numpy(np.nan_to_num(rows.labels[batch]))
    weights = torch.from_numpy(rows.weights[batch]) * importance
    margins = network(torch.from_numpy(pieces), torch.from_numpy(real))
    losses = binary_cross_entropy_with_logits(margins, labels, reduction="none") * weights
    return losses.sum() / len(batch)
