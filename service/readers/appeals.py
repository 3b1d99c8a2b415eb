"""An author appeals against a refusal, and a moderator looks again and answers."""

from service.core import Core
from service.domain import ids, text
from service.domain.appeal import MAX_TEXT, Appeal, AppealState
from service.domain.comment import Comment, Status
from service.domain.errors import (
    AppealNotFound,
    Fault,
    Invalid,
    NotAllowed,
    NotAppealable,
    StaleStatus,
)
from service.domain.moderator import Moderator
from service.domain.sentences import counted
from service.domain.site import Site
from service.readers import statement
from service.readers.ownership import own
from service.store.comments import comments
from service.store.people import appeals


def lodge(core: Core, site: Site, comment: str, receipt: str, words: str) -> Appeal:
    """Ask a person to look again at a refused comment; sent again, it is lodged already.

    :raises Invalid: nothing was written, or too much.
    :raises NotAppealable: it was not refused, it is too late, or there was an appeal before.
    """
    found = own(core, site, comment, receipt)
    appeal = Appeal(comment=comment, text=text.clean_body(words), at=core.now())
    if (known := _known(core, site, comment)) is not None:
        return _same(known, appeal)
    if faults := _faults(appeal.text, "text"):
        raise Invalid(*faults)
    if not is_open(core, site, found):
        raise NotAppealable
    record = core.at(site.name)
    if appeals.lodge(record, appeal, against=found.status):
        return appeal
    return _same(_known(core, site, comment), appeal)


def is_open(core: Core, site: Site, comment: Comment) -> bool:
    """Tell whether what became of a comment takes an appeal now, if there was none before."""
    reasons = statement.state(core, site, comment)
    until = reasons.appeal_until if reasons else None
    return until is not None and core.now() <= until


def waiting(core: Core, site: Site, moderator: Moderator) -> list[tuple[Appeal, Comment]]:
    """List the open appeals with their comments, the oldest first.

    :raises NotAllowed: the site is not this moderator's.
    """
    if not moderator.may_see(site.name):
        raise NotAllowed(site.name)
    record = core.at(site.name)
    found = {appeal.comment: appeal for appeal in appeals.waiting(record)}
    return [(found[one.id], one) for one in comments.get_many(record, found)]


def answer(
    core: Core, site: Site, moderator: Moderator, comment: str, *, upheld: bool, words: str
) -> Appeal:
    """Answer an appeal, once; an upheld one publishes the comment. Sent again, it is done already.

    :raises NotAllowed: the site is not his, or he may only look.
    :raises Invalid: there is no answer in words, or it is too long.
    :raises AppealNotFound: there is no appeal.
    :raises StaleStatus: somebody else has answered it.
    """
    if not moderator.may_decide(site.name):
        raise NotAllowed(site.name)
    if not ids.is_id(comment):
        raise AppealNotFound(comment)
    said = text.clean_body(words)
    if faults := _faults(said, "answer"):
        raise Invalid(*faults)
    state = AppealState.UPHELD if upheld else AppealState.DECLINED
    # The answer comes first: only who gives it may bring the comment back. Should this process end
    # between the two, the same answer sent again does the rest.
    appeals.answer(
        core.at(site.name),
        comment,
        state,
        text=said,
        by=moderator.name,
        now=core.now(),
    )
    answered = _agreed(_known(core, site, comment), state, moderator)
    if upheld:
        _reinstate(core, site, comment, moderator, said)
    return answered


def _reinstate(core: Core, site: Site, comment: str, moderator: Moderator, why: str) -> None:
    record = core.at(site.name)
    found = comments.get(record, comment)
    if found.status not in statement.REFUSED:
        return
    comments.change_status(
        record,
        found,
        Status.APPROVED,
        by=moderator.name,
        why=why,
        now=core.now(),
        redress=True,
    )


def _agreed(known: Appeal | None, state: AppealState, moderator: Moderator) -> Appeal:
    if known is None:
        raise AppealNotFound
    if (known.state, known.by) != (state, moderator.name):
        raise StaleStatus(known.state, known.by, known.answered_at)
    return known


def _known(core: Core, site: Site, comment: str) -> Appeal | None:
    return appeals.get(core.at(site.name), comment)


def _same(known: Appeal | None, appeal: Appeal) -> Appeal:
    if known is None or known.text != appeal.text:
        raise NotAppealable
    return known


def _faults(words: str, field: str) -> tuple[Fault, ...]:
    if text.is_blank(words):
        return (Fault(field, "empty", "Please write something; nothing of this can be seen."),)
    if len(words) > MAX_TEXT:
        long = counted(
            "At most %(count)s character; this has %(has)s.",
            "At most %(count)s characters; this has %(has)s.",
            MAX_TEXT,
            has=len(words),
        )
        return (Fault(field, "too-long", long),)
    return ()
