"""Write how long something took, in the unit that says most."""

from datetime import timedelta

UNITS = ((86_400, "days"), (3600, "h"), (60, "min"))


def write(wait: timedelta | None) -> str:
    """Write how long something took, "–" where nothing is known."""
    if wait is None:
        return "–"
    seconds = wait.total_seconds()
    for size, name in UNITS:
        if seconds >= size:
            return f"{seconds / size:.1f}".removesuffix(".0") + f" {name}"
    return f"{seconds:.0f} s"
