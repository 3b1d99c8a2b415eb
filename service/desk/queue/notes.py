"""Notes for colleagues on a comment."""

from service.core import Core
from service.desk.queue import permission
from service.domain import ids, text
from service.domain.errors import Fault, Invalid
from service.domain.moderator import Moderator
from service.domain.note import Note
from service.domain.site import Site
from service.store.desk import notes


def add_note(core: Core, site: Site, moderator: Moderator, comment_id: str, words: str) -> Note:
    """Add a note to a comment.

    :raises NotAllowed: the site is not this moderator's, or their role is read-only.
    :raises Invalid: the note is empty or too long.
    """
    permission.check_may_decide(site, moderator)
    comment = permission.find_comment(core, site, comment_id)
    body = text.clean_body(words)
    if text.is_blank(body):
        raise Invalid(Fault("note", "empty", "Please write something."))
    permission.check_length(body, "note", permission.MAX_NOTE)
    note = Note(by=moderator.name, at=core.now(), text=body)
    id_ = ids.new_id(core.now(), core.random(ids.RANDOM_BYTES))
    notes.add(core.at(site.name), comment.id, id_, note)
    return note
