"""Referrals: a moderator sends a comment to a colleague for a decision."""

from service.core import Core
from service.desk.queue import permission
from service.desk.queue.notes import add_note
from service.domain import text
from service.domain.errors import Fault, Invalid
from service.domain.moderator import Moderator
from service.domain.referral import Referral
from service.domain.site import Site
from service.store.accounts import moderators
from service.store.desk import claims, notes


def refer(
    core: Core, site: Site, moderator: Moderator, comment_id: str, to: str, words: str = ""
) -> Referral:
    """Send a comment to a colleague, who finds it in the queue `mine`; a note may go with it.

    :raises NotAllowed: the site is not this moderator's, or their role is read-only.
    :raises Invalid: there is no such colleague on this site, or the note is too long.
    """
    permission.check_may_decide(site, moderator)
    comment = permission.find_comment(core, site, comment_id)
    permission.check_length(words, "note", permission.MAX_NOTE)
    colleague = moderators.find(core.redis, to)
    if colleague is None or not colleague.may_decide(site.name):
        raise Invalid(Fault("to", "unknown", "Nobody by that name decides on this site."))
    if not text.is_blank(words):
        add_note(core, site, moderator, comment_id, words)
    record = core.at(site.name)
    referral = Referral(comment=comment.id, to=colleague.name, by=moderator.name, at=core.now())
    notes.send(record, referral)
    claims.release(record, comment.id, moderator.name)
    return referral


def colleagues(core: Core, site: Site, moderator: Moderator) -> list[str]:
    """List the other moderators who decide on this site; empty for a read-only role."""
    if not moderator.may_decide(site.name):
        return []
    accounts = moderators.every(core.redis)
    deciding = [account.name for account in accounts if account.may_decide(site.name)]
    return [name for name in deciding if name != moderator.name]
