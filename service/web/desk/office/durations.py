"""Durations in the unit that fits best."""

from datetime import timedelta

UNITS = ((86_400, "days"), (3600, "h"), (60, "min"))


def write(wait: timedelta | None) -> str:
    """Format a duration; "–" if unknown."""
    if wait is None:
        return "–"
    seconds = wait.total_seconds()
    for size, name in UNITS:
        if seconds >= size:
            return f"{seconds / size:.1f}".removesuffix(".0") + f" {name}"
    return f"{seconds:.0f} s"
