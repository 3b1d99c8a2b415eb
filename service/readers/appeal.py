"""Appeals: an author contests a refusal, and a moderator reviews it and answers."""

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


def lodge(core: Core, site: Site, comment_id: str, receipt: str, words: str) -> Appeal:
    """Ask a moderator to reconsider a refused comment; repeating the same appeal has no effect.

    :raises Invalid: the text is empty or too long.
    :raises NotAppealable: the comment was not refused, it is too late, or another appeal exists.
    """
    comment = own(core, site, comment_id, receipt)
    appeal = Appeal(comment=comment_id, text=text.clean_body(words), at=core.now())
    record = core.at(site.name)
    if (lodged := appeals.get(record, comment_id)) is not None:
        return _insist_on_same(lodged, appeal)
    if faults := _faults(appeal.text, "text"):
        raise Invalid(*faults)
    if not is_open(core, site, comment):
        raise NotAppealable
    if appeals.lodge(record, appeal, against=comment.status):
        return appeal
    return _insist_on_same(appeals.get(record, comment_id), appeal)


def is_open(core: Core, site: Site, comment: Comment) -> bool:
    """Tell whether a decision on a comment can be appealed now, earlier appeals aside."""
    refusal = statement.state(core, site, comment)
    until = refusal.appeal_until if refusal else None
    return until is not None and core.now() <= until


def waiting(core: Core, site: Site, moderator: Moderator) -> list[tuple[Appeal, Comment]]:
    """List the open appeals with their comments, oldest first.

    :raises NotAllowed: the site is not this moderator's.
    """
    if not moderator.may_see(site.name):
        raise NotAllowed(site.name)
    record = core.at(site.name)
    by_comment = {appeal.comment: appeal for appeal in appeals.waiting(record)}
    appealed = comments.get_many(record, by_comment)
    return [(by_comment[comment.id], comment) for comment in appealed]


def answer(
    core: Core, site: Site, moderator: Moderator, comment: str, *, upheld: bool, words: str
) -> Appeal:
    """Answer an appeal and publish the comment if it is upheld; repeating the answer has no effect.

    :raises NotAllowed: the site is not this moderator's, or their role is read-only.
    :raises Invalid: the answer is empty or too long.
    :raises AppealNotFound: there is no appeal.
    :raises StaleStatus: somebody else has answered it.
    """
    if not moderator.may_decide(site.name):
        raise NotAllowed(site.name)
    if not ids.is_id(comment):
        raise AppealNotFound(comment)
    cleaned = text.clean_body(words)
    if faults := _faults(cleaned, "answer"):
        raise Invalid(*faults)
    state, record = AppealState.UPHELD if upheld else AppealState.DECLINED, core.at(site.name)
    # The answer is stored first: only the moderator who gave it may restore the comment. If this
    # process ends between the two steps, repeating the answer completes the second.
    appeals.answer(record, comment, state, text=cleaned, by=moderator.name, now=core.now())
    answered = _insist_on_answer(appeals.get(record, comment), state, moderator)
    if upheld:
        _reinstate(core, site, comment, moderator, cleaned)
    return answered


def _reinstate(core: Core, site: Site, comment_id: str, moderator: Moderator, why: str) -> None:
    record = core.at(site.name)
    comment = comments.get(record, comment_id)
    if comment.status not in statement.REFUSED:
        return
    comments.change_status(
        record,
        comment,
        Status.APPROVED,
        by=moderator.name,
        why=why,
        now=core.now(),
        redress=True,
    )


def _insist_on_answer(appeal: Appeal | None, state: AppealState, moderator: Moderator) -> Appeal:
    if appeal is None:
        raise AppealNotFound
    if (appeal.state, appeal.by) != (state, moderator.name):
        raise StaleStatus(appeal.state, appeal.by, appeal.answered_at)
    return appeal


def _insist_on_same(lodged: Appeal | None, appeal: Appeal) -> Appeal:
    if lodged is None or lodged.text != appeal.text:
        raise NotAppealable
    return lodged


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
