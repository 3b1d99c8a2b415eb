"""Read a day from the address of a page."""

from datetime import UTC, datetime

# The clocks of the store begin and ours end; nothing of ours lies beyond.
FIRST_DAY, LAST_DAY = datetime(1970, 1, 1, tzinfo=UTC), datetime(2999, 12, 31, tzinfo=UTC)


def read(text: str) -> datetime | None:
    """Read a day; nonsense counts as not given, what nobody can mean as the nearest day."""
    try:
        day = datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=UTC)
    except ValueError:
        return None
    return min(max(day, FIRST_DAY), LAST_DAY)
