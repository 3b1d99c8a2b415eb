"""Tell an outage (the store is away, full or read-only) from a defect in our own command."""

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
# Inside a script, and for what the library has no kind for, only the words tell.
STATES = re.compile(
    r"\b(OOM|READONLY|LOADING|CLUSTERDOWN|MASTERDOWN|NOREPLICAS|MISCONF|BUSY|TRYAGAIN)\b"
)


def is_outage(error: RedisError) -> bool:
    """Tell whether trying again later may help; a command that the server rejects is a defect."""
    if not isinstance(error, ResponseError) or isinstance(error, NOT_OURS):
        return True
    return STATES.search(str(error)) is not None
