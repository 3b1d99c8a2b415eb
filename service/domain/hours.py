"""Clock hours (UTC), by which the counts are kept."""

from datetime import UTC, datetime, timedelta

HOUR = timedelta(hours=1)
FORMAT = "%Y-%m-%dT%H"


def of(moment: datetime) -> datetime:
    """Return the start of the hour that contains a moment."""
    return moment.replace(minute=0, second=0, microsecond=0)


def name(hour: datetime) -> str:
    """Return an hour's name, e.g. 2026-11-22T09; names sort like the hours."""
    return hour.strftime(FORMAT)


def read(text: str) -> datetime:
    """Parse the name of an hour."""
    return datetime.strptime(text, FORMAT).replace(tzinfo=UTC)


def between(start: datetime, end: datetime) -> list[datetime]:
    """List the hours from the one that contains `start` to `end`, which is exclusive."""
    first, count = of(start), 0
    hours = []
    while first + count * HOUR < end:
        hours.append(first + count * HOUR)
        count += 1
    return hours
