"""The differences between the measurements of two models."""

from collections.abc import Iterator
from typing import Any

from models.scoring.classifier import ModelInfo


def differences(first: ModelInfo, second: ModelInfo) -> list[dict[str, Any]]:
    """List every number that both models have, with the change from the first to the second."""
    second_numbers = dict(_numbers(second.metrics))
    return [
        {
            "measure": name,
            "first": value,
            "second": second_numbers[name],
            "change": round(second_numbers[name] - value, 5),
        }
        for name, value in _numbers(first.metrics)
        if name in second_numbers
    ]


def _numbers(part: Any, path: str = "") -> Iterator[tuple[str, float]]:
    if isinstance(part, bool) or part is None:
        return
    if isinstance(part, int | float):
        yield path, float(part)
    elif isinstance(part, dict):
        for name, inner in part.items():
            yield from _numbers(inner, f"{path} / {name}" if path else str(name))
