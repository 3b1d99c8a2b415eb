"""A reader reports a comment; enough reports send it back to the queue."""

import structlog

from service.core import Core
from service.domain import ids, text
from service.domain.comment import Status
from service.domain.errors import CommentNotFound, ReaderUnknown, StaleStatus
from service.domain.flag import Flag, FlagReason
from service.domain.site import Site
from service.store import comments, flags, limits

RATE = limits.Rate(per_minute=10, burst=10)
MAX_NOTE = 1000

log = structlog.get_logger(__name__)


def flag(
    core: Core,
    site: Site,
    comment: str,
    reader: str | None,
    reason: FlagReason,
    note: str,
    address: str,
) -> None:
    """Keep a reader's flag, and hold the comment once the site's threshold is reached.

    :raises ReaderUnknown: there is no reader's token.
    :raises NotFlaggable: the comment is not approved.
    """
    if reader is None:
        raise ReaderUnknown
    if not ids.is_id(comment):
        raise CommentNotFound(comment)
    keys = core.keys(site.name)
    who = core.signer.pseudonym(site.name, "address", address)
    limits.take(core.redis, keys.allowance("flag", who), RATE, now=core.now())
    raised = Flag(
        reader=reader, reason=reason, note=text.clean_body(note)[:MAX_NOTE], at=core.now()
    )
    if flags.raise_flag(core.redis, keys, comment, raised) >= site.policy.flags_to_hold:
        _hold(core, site, comment)


def _hold(core: Core, site: Site, comment: str) -> None:
    keys = core.keys(site.name)
    found = comments.get(core.redis, keys, comment)
    try:
        comments.change_status(
            core.redis, keys, found, Status.HELD, by="flags", why="flagged", now=core.now()
        )
    except StaleStatus:
        log.info("flagged comment was decided meanwhile", site=site.name, comment=comment)
