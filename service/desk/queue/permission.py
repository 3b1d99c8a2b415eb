"""Permissions at the desk; every use case checks them first."""

from service.core import Core
from service.domain import ids
from service.domain.comment import Comment
from service.domain.errors import CommentNotFound, Fault, Invalid, NotAllowed
from service.domain.moderator import Moderator
from service.domain.site import Site
from service.store.comments import comments

MAX_REASON = 500
MAX_NOTE = 2000


def check_may_see(site: Site, moderator: Moderator) -> None:
    """Check that a moderator may see the site.

    :raises NotAllowed: the site is not this moderator's.
    """
    if not moderator.may_see(site.name):
        raise NotAllowed(site.name)


def check_may_decide(site: Site, moderator: Moderator) -> None:
    """Check that a moderator may change something on the site.

    :raises NotAllowed: the site is not this moderator's, or their role is read-only.
    """
    if not moderator.may_decide(site.name):
        raise NotAllowed(site.name)


def find_comment(core: Core, site: Site, comment_id: str) -> Comment:
    """Return a comment of this site.

    :raises CommentNotFound: the site has no comment with that id.
    """
    if not ids.is_id(comment_id):
        raise CommentNotFound(comment_id)
    return comments.get(core.at(site.name), comment_id)


def check_length(text: str, field: str, most: int) -> None:
    """Check the length of a text written by a moderator.

    :raises Invalid: it has more than `most` characters.
    """
    if len(text) > most:
        detail = f"At most {most} characters; this has {len(text)}."
        raise Invalid(Fault(field, "too-long", detail))
