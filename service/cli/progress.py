"""Progress of long commands, shown on a terminal only."""

from collections.abc import Iterator

from rich.console import Console
from rich.progress import track

ERRORS = Console(stderr=True)


def show(what: str, counts: Iterator[int]) -> int:
    """Show a rising count, and return the last one."""
    quiet = not ERRORS.is_terminal
    *_, last = (0, *track(counts, what, console=ERRORS, transient=True, disable=quiet))
    return last
