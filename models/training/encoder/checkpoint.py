"""Checkpoints: the state of an unfinished course, and the weights that it ends with."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from safetensors import safe_open
from safetensors.torch import load_file, save_file
from torch import Tensor
from torch.optim import AdamW

from models.training.encoder.network import EncoderNetwork

STEP: Final = "step"
COURSE: Final = "course"
_MOMENTS: Final = ("exp_avg", "exp_avg_sq", "step")


class CheckpointError(ValueError):
    """The saved state belongs to another course."""


def save_state(
    path: Path, network: EncoderNetwork, optimizer: AdamW, step: int, course: str
) -> None:
    """Write the state after `step` steps of a course, all or nothing."""
    tensors = {f"network.{name}": value for name, value in network.state_dict().items()}
    for name, parameter in _learning(network):
        for moment in _MOMENTS:
            tensors[f"{moment}.{name}"] = optimizer.state[parameter][moment]
    _write(path, tensors, {STEP: str(step), COURSE: course})


def load_state(path: Path, network: EncoderNetwork, optimizer: AdamW, course: str) -> int:
    """Go on with a saved state; return how many steps are done, 0 if nothing is saved.

    :raises CheckpointError: the state belongs to another course.
    """
    if not path.exists():
        return 0
    with safe_open(path, "pt") as stored:
        described = stored.metadata()
        if described[COURSE] != course:
            raise CheckpointError(f"{path} belongs to other rows or another plan; delete it")
        network.load_state_dict(
            {name: stored.get_tensor(f"network.{name}") for name in network.state_dict()}
        )
        for name, parameter in _learning(network):
            optimizer.state[parameter] = {
                moment: stored.get_tensor(f"{moment}.{name}") for moment in _MOMENTS
            }
    return int(described[STEP])


def save_weights(path: Path, network: EncoderNetwork) -> None:
    """Write the weights of a network, all or nothing."""
    _write(path, dict(network.state_dict()), {})


def load_weights(path: Path, network: EncoderNetwork) -> None:
    """Give a network the weights of a file."""
    network.load_state_dict(load_file(path))


def _write(path: Path, tensors: dict[str, Tensor], described: dict[str, str]) -> None:
    fresh = path.with_name(f"{path.name}.new")
    save_file(tensors, fresh, metadata=described)
    os.replace(fresh, path)


def _learning(network: EncoderNetwork) -> Iterator[tuple[str, Tensor]]:
    return ((name, each) for name, each in network.named_parameters() if each.requires_grad)
