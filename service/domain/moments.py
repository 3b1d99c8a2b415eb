"""Moments as whole milliseconds since 1970: floats would be off by one now and then."""

from datetime import UTC, datetime, timedelta

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MILLISECOND = timedelta(milliseconds=1)


def to_ms(moment: datetime) -> int:
    """Convert a moment to milliseconds since 1970."""
    return (moment - EPOCH) // MILLISECOND


def from_ms(ms: str | int) -> datetime:
    """Convert milliseconds since 1970 to a moment."""
    return EPOCH + int(ms) * MILLISECOND
