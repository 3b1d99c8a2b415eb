"""A moderator leaves a note for his colleagues, or sends a comment to one of them."""

from service.core import Core
from service.desk.queue import permission
from service.domain import ids, text
from service.domain.errors import Fault, Invalid
from service.domain.moderator import Moderator
from service.domain.note import Errand, Note
from service.domain.site import Site
from service.store.accounts import moderators
from service.store.desk import claims, notes


def note(core: Core, site: Site, moderator: Moderator, comment: str, words: str) -> Note:
    """Note something on a comment.

    :raises NotAllowed: the site is not his, or he may only look.
    :raises Invalid: there is nothing in it, or too much.
    """
    permission.admit(site, moderator)
    found = permission.find(core, site, comment)
    said = text.clean_body(words)
    if text.is_blank(said):
        raise Invalid(Fault("note", "empty", "Please write something."))
    permission.check_length(said, "note", permission.MAX_NOTE)
    kept = Note(by=moderator.name, at=core.now(), text=said)
    id_ = ids.new_id(core.now(), core.random(ids.RANDOM_BYTES))
    notes.add(core.at(site.name), found.id, id_, kept)
    return kept


def send(
    core: Core, site: Site, moderator: Moderator, comment: str, to: str, words: str = ""
) -> Errand:
    """Send a comment to a colleague, who finds it among his own; a note may go with it.

    :raises Invalid: there is no such colleague on this site, or the note is too long.
    """
    permission.admit(site, moderator)
    found = permission.find(core, site, comment)
    permission.check_length(words, "note", permission.MAX_NOTE)
    colleague = moderators.find(core.redis, to)
    if colleague is None or not colleague.may_decide(site.name):
        raise Invalid(Fault("to", "unknown", "Nobody by that name decides on this site."))
    if not text.is_blank(words):
        note(core, site, moderator, comment, words)
    record = core.at(site.name)
    errand = Errand(comment=found.id, to=colleague.name, by=moderator.name, at=core.now())
    notes.send(record, errand)
    claims.release(record, found.id, moderator.name)
    return errand
