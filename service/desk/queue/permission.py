"""Who may do what at the desk: asked first by everything that is done there."""

from service.core import Core
from service.domain import ids
from service.domain.comment import Comment
from service.domain.errors import CommentNotFound, Fault, Invalid, NotAllowed
from service.domain.moderator import Moderator
from service.domain.site import Site
from service.store.comments import comments

MAX_REASON = 500
MAX_NOTE = 2000


def admit_to_see(site: Site, moderator: Moderator) -> None:
    """Let a moderator look.

    :raises NotAllowed: the site is not his.
    """
    if not moderator.may_see(site.name):
        raise NotAllowed(site.name)


def admit(site: Site, moderator: Moderator) -> None:
    """Let a moderator change something.

    :raises NotAllowed: the site is not his, or he may only look.
    """
    if not moderator.may_decide(site.name):
        raise NotAllowed(site.name)


def find(core: Core, site: Site, comment: str) -> Comment:
    """Give a comment of this site.

    :raises CommentNotFound: there is none here by that id.
    """
    if not ids.is_id(comment):
        raise CommentNotFound(comment)
    return comments.get(core.at(site.name), comment)


def check_length(words: str, field: str, most: int) -> None:
    """Take words of a moderator that are not too long.

    :raises Invalid: they are.
    """
    if len(words) > most:
        detail = f"At most {most} characters; this has {len(words)}."
        raise Invalid(Fault(field, "too-long", detail))
