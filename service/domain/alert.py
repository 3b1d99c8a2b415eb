"""When people are told that a queue is long, and the messages that are sent to them."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """A site's limits: how many may wait, and for how many minutes; 0 is no limit.

    `said` is how the last call of the webhook went.
    """

    depth: int = 0
    minutes: int = 0
    webhook: str = ""
    said: str = ""

    def is_over(self, waiting: int, oldest: timedelta | None) -> bool:
        """Tell whether the queue is longer or older than wanted."""
        too_deep = bool(self.depth) and waiting >= self.depth
        too_old = bool(self.minutes) and oldest is not None
        return too_deep or (too_old and oldest is not None and oldest >= self.limit)

    @property
    def limit(self) -> timedelta:
        """How old the oldest may be."""
        return timedelta(minutes=self.minutes)


class Way(StrEnum):
    """How a letter is sent."""

    MAIL = "mail"
    WEBHOOK = "webhook"


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A mail or a call of a webhook; counts and links only, never what anybody wrote."""

    id: str
    way: Way
    to: str
    subject: str
    body: str
    site: str = ""
    tries: int = 0
