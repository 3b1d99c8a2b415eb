"""Days in the addresses of pages."""

from datetime import UTC, datetime

# The range of the store's clock and ours; no entry lies outside.
FIRST_DAY, LAST_DAY = datetime(1970, 1, 1, tzinfo=UTC), datetime(2999, 12, 31, tzinfo=UTC)


def read(text: str) -> datetime | None:
    """Parse a day; return None for nonsense, and the nearest possible day if out of range."""
    try:
        day = datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=UTC)
    except ValueError:
        return None
    return min(max(day, FIRST_DAY), LAST_DAY)
