"""An account goes on: what is written for it holds only while it is the one that was asked for.

Whoever removes or resets an account changes the account first and takes what belongs to it then.
So what is written before it is looked at again is either seen by them, or they are seen here. No
script could do both at once: on a Cluster the account lies elsewhere than what belongs to it.
"""

from collections.abc import Callable

from service.core import Core
from service.domain.errors import NotSignedIn
from service.domain.moderator import Moderator
from service.store.accounts import moderators


def insist(core: Core, moderator: Moderator, undo: Callable[[], object]) -> None:
    """Make sure, after something was written for an account, that it goes on; else undo that.

    :raises NotSignedIn: it was removed, reset or given another password meanwhile.
    """
    if not moderators.is_same(core.redis, moderator):
        undo()
        raise NotSignedIn
