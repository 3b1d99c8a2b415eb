"""QR codes as one SVG path, so that no image has to be stored or fetched."""

from dataclasses import dataclass

import segno

# The standard requires a white margin of four modules.
QUIET = 4


@dataclass(frozen=True, slots=True)
class QrCode:
    """A QR code: its width in modules, and the path of the dark ones."""

    size: int
    path: str


def draw(text: str) -> QrCode:
    """Draw a text as a QR code."""
    rows = [bytes(row) for row in segno.make(text, error="m", micro=False).matrix]
    path = "".join(
        f"M{x + QUIET} {y + QUIET}h1v1h-1z"
        for y, row in enumerate(rows)
        for x, is_dark in enumerate(row)
        if is_dark
    )
    return QrCode(len(rows) + 2 * QUIET, path)
