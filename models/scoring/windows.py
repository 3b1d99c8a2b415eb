"""Windows over long texts, which are also scored piece by piece so that padding hides no abuse."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Windows:
    """The length of pieces, the distance of their starts and the weight of the worst piece."""

    size: int = 400
    step: int = 200
    share: float = 0.5

    def cut(self, text: str) -> list[tuple[int, int]]:
        """Return the pieces of a prepared text, each beginning and ending at a space.

        A text that is not much longer than one piece has no pieces.
        """
        if len(text) <= self.size * 3 // 2:
            return []
        pieces: list[tuple[int, int]] = []
        start = 0
        while start < len(text) - 1:
            end = self._space_after(text, min(start + self.size, len(text) - 1))
            pieces.append((start, end + 1))
            if end >= len(text) - 1:
                break
            start = self._space_after(text, start + self.step)
        return pieces

    def _space_after(self, text: str, place: int) -> int:
        """Find the next space, at most one window length further on."""
        space = text.find(" ", place, place + self.size)
        return place if space < 0 else space
