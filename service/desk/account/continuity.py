"""Continuity of accounts: undo what was written for an account that changed in the meantime.

Removing or resetting an account changes the account first and then deletes what belongs to it.
Code that writes something for an account checks the account afterwards. So either the deletion
sees what was written, or the check sees the change. No script could do both atomically: on a
Cluster, an account and what belongs to it are on different nodes.
"""

from collections.abc import Callable

from service.core import Core
from service.domain.errors import NotSignedIn
from service.domain.moderator import Moderator
from service.store.accounts import moderators


def insist(core: Core, moderator: Moderator, undo: Callable[[], object]) -> None:
    """Check, after writing something for an account, that it is unchanged; else undo the write.

    :raises NotSignedIn: the account was removed, reset or given another password meanwhile.
    """
    if not moderators.is_same(core.redis, moderator):
        undo()
        raise NotSignedIn
