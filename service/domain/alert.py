"""Alerts about long queues, and the mails and webhook calls that carry them."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """A site's limits: how many comments may wait, and for how many minutes; 0 is no limit.

    `said` is the result of the last webhook call.
    """

    depth: int = 0
    minutes: int = 0
    webhook: str = ""
    said: str = ""

    def is_over(self, waiting: int, oldest: timedelta | None) -> bool:
        """Return whether the queue is over one of the limits."""
        too_deep = bool(self.depth) and waiting >= self.depth
        too_old = bool(self.minutes) and oldest is not None
        return too_deep or (too_old and oldest is not None and oldest >= self.limit)

    @property
    def limit(self) -> timedelta:
        """The longest that a comment may wait."""
        return timedelta(minutes=self.minutes)


class Way(StrEnum):
    """The channel a letter is sent by."""

    MAIL = "mail"
    WEBHOOK = "webhook"


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A mail or a webhook call; it holds counts and links only, never anybody's text."""

    id: str
    way: Way
    to: str
    subject: str
    body: str
    site: str = ""
    tries: int = 0
