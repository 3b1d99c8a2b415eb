"""Show on a terminal how far a long command has come; a pipe hears nothing of it."""

from collections.abc import Iterator

from rich.console import Console
from rich.progress import track

ERRORS = Console(stderr=True)


def show(what: str, counts: Iterator[int]) -> int:
    """Show something counting up, and give the last count."""
    quiet = not ERRORS.is_terminal
    *_, last = (0, *track(counts, what, console=ERRORS, transient=True, disable=quiet))
    return last
