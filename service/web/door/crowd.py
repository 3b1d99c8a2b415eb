"""How long a request may wait, by how many more come than can be answered."""

# Whoever waits longer is refused. A crowd that comes and goes may wait. In a standing line
# everybody would wait for the full time, so there patience is short (RFC 8289, CoDel). In a flood
# the line fills at once, so waiting only makes the same number of answers late.
PATIENT, HASTY, CURT = 5.0, 0.2, 0.005
# A line stands if it has not been empty for so many seconds.
STANDING = 0.5
# It is a flood if more were refused than answered within so many seconds, and for as long after.
WINDOW = 0.5


class Crowd:
    """Whoever comes to a line; for the event loop alone, but for `clear` and what only reads."""

    def __init__(self, now: float) -> None:
        self._was_empty = self._window = now
        self._flood_until = -1.0
        self._answered = self._refused = 0

    def clear(self, now: float) -> None:
        """Note that the line is empty."""
        self._was_empty = now

    def answer(self, now: float) -> None:
        """Note a request that the application has answered."""
        self._renew(now)
        self._answered += 1

    def refuse(self, now: float) -> None:
        """Note a request that is refused since others wait for too long."""
        self._renew(now)
        self._refused += 1
        if self._refused > self._answered:
            self._flood_until = now + WINDOW

    def patience(self, now: float) -> float:
        """Return for how many seconds a request may wait."""
        if self.is_flood(now):
            return CURT
        return PATIENT if now - self._was_empty < STANDING else HASTY

    def is_flood(self, now: float) -> bool:
        """Tell whether most requests have to be refused."""
        return now < self._flood_until

    def _renew(self, now: float) -> None:
        if now - self._window > WINDOW:
            self._window, self._answered, self._refused = now, 0, 0
