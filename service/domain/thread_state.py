"""States of a thread: whether it takes comments, and who publishes them."""

from enum import StrEnum


class ThreadState(StrEnum):
    """Open as the site's policy says, closed for new comments, or read by a person first."""

    OPEN = "open"
    CLOSED = "closed"
    PREMODERATED = "premoderated"
