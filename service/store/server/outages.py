"""Distinguish outages (the store is away, full or read-only) from defects in our commands."""

import re

from redis.exceptions import (
    AskError,
    ClusterDownError,
    NoPermissionError,
    OutOfMemoryError,
    ReadOnlyError,
    RedisError,
    ResponseError,
    TryAgainError,
)

NOT_OURS = (
    AskError,
    ClusterDownError,
    NoPermissionError,
    OutOfMemoryError,
    ReadOnlyError,
    TryAgainError,
)
# Errors inside a script, and those without a class in the library, are known by their text.
STATES = re.compile(
    r"\b(OOM|READONLY|LOADING|CLUSTERDOWN|MASTERDOWN|NOREPLICAS|MISCONF|BUSY|TRYAGAIN)\b"
)

# The only parts of a server's messages that name anybody: "User folk has no permissions …".
NAMES_USER = re.compile(r"\b(user(?:name)?)\s+(['\"]?)[^\s'\"]+\2", re.IGNORECASE)


def plainly(error: RedisError) -> str:
    """Return what a server or its client says, without the name of the store's user."""
    return NAMES_USER.sub(r"\1 ***", str(error))[:300]


def is_outage(error: RedisError) -> bool:
    """Return whether a later retry may help; a command that the server rejects is a defect."""
    if not isinstance(error, ResponseError) or isinstance(error, NOT_OURS):
        return True
    return STATES.search(str(error)) is not None
