"""A QR code as one path of an SVG, so that no picture has to be kept or fetched."""

from dataclasses import dataclass

import segno

# The standard asks for four modules of white around it.
QUIET = 4


@dataclass(frozen=True, slots=True)
class QrCode:
    """How many modules wide it is, and where the dark ones are."""

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
