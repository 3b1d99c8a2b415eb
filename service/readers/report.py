"""Readers' reports of comments; enough reports send a comment back to the queue."""

import base64
from dataclasses import replace

import structlog

from service import networks
from service.core import Core
from service.domain import ids, text
from service.domain.actor import Actor
from service.domain.comment import Comment, Status
from service.domain.errors import (
    CommentNotFound,
    Invalid,
    NotFlaggable,
    ReaderUnknown,
    StaleStatus,
)
from service.domain.flag import Flag, FlagReason, Notice
from service.domain.site import Site
from service.domain.thread import Thread
from service.readers.report_rules import report_faults
from service.store.comments import comments, threads
from service.store.people import allowances, flags

RATE = allowances.Rate(per_minute=10, burst=10)

log = structlog.get_logger(__name__)


def flag_comment(
    core: Core,
    site: Site,
    comment: str,
    reader: str | None,
    reason: FlagReason,
    note: str,
    address: str,
    notice: Notice | None = None,
) -> str:
    """Store a reader's flag, hold the comment at the site's threshold, and return a reference.

    Each network counts once towards the threshold: reader tokens are free, and one person with
    three tokens must not be able to take a comment off the page. With the reference the reader
    can ask about the report.

    :raises ReaderUnknown: the reader's token is missing.
    :raises Invalid: the note is too long, or a notice of illegal content lacks something.
    :raises NotFlaggable: the comment is not approved.
    """
    if reader is None:
        raise ReaderUnknown
    if not ids.is_id(comment):
        raise CommentNotFound(comment)
    flag = Flag(
        reader=reader,
        reason=reason,
        note=text.clean_body(note),
        at=core.now(),
        network=networks.customer(core, site.name, address),
        notice=_cleaned(notice) if reason is FlagReason.ILLEGAL else None,
    )
    if faults := report_faults(flag):
        raise Invalid(*faults)
    networks.charge(core, site.name, "flag", RATE, address)
    _keep(core, site, comment, flag)
    return _reference(core, site, comment, reader)


def find_reported(core: Core, site: Site, comment_id: str) -> tuple[Comment, Thread]:
    """Return the comment that a reader wants to report, with its article.

    :raises NotFlaggable: it is not, or no longer, approved.
    """
    if not ids.is_id(comment_id):
        raise CommentNotFound(comment_id)
    record = core.at(site.name)
    comment = comments.get(record, comment_id)
    if comment.status is not Status.APPROVED:
        raise NotFlaggable(comment_id)
    return comment, threads.titles(record, [comment.thread])[comment.thread]


def _keep(core: Core, site: Site, comment: str, flag: Flag) -> None:
    record = core.at(site.name)
    try:
        if flags.raise_flag(record, comment, flag) >= site.policy.flags_to_hold:
            _hold(core, site, comment)
    except NotFlaggable:
        # The reader may repeat the report that sent it to the queue if the answer was lost.
        if not flags.has_flagged(record, comment, flag.reader):
            raise


def _hold(core: Core, site: Site, comment_id: str) -> None:
    record = core.at(site.name)
    comment = comments.get(record, comment_id)
    try:
        comments.change_status(
            record, comment, Status.HELD, by=Actor.FLAGS, why="flagged", now=core.now()
        )
    except StaleStatus:
        log.info("flagged comment was decided meanwhile", site=site.name, comment=comment_id)


def _reference(core: Core, site: Site, comment: str, reader: str) -> str:
    digest = core.signer.derive(site.name, "flag", comment, reader)
    return base64.b32encode(digest[:5]).decode()


def _cleaned(notice: Notice | None) -> Notice:
    details = notice or Notice(place="")
    name, email = text.clean_name(details.name), details.email.strip()
    return replace(details, place=details.place.strip(), name=name, email=email)
