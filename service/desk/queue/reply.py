"""Moderators' public replies, for the newsroom or as the article's author."""

from service.core import Core
from service.desk.queue import permission
from service.domain.comment import Badge
from service.domain.moderator import Moderator
from service.domain.site import Site
from service.domain.submission import Submission
from service.store.comments import threads


def compose(
    core: Core, site: Site, moderator: Moderator, comment_id: str, words: str, badge: Badge
) -> Submission:
    """Compose a reply with a badge for the intake, which treats it like any comment.

    :raises NotAllowed: the site is not this moderator's, or their role is read-only.
    :raises CommentNotFound: there is no such comment.
    """
    permission.check_may_decide(site, moderator)
    comment = permission.find_comment(core, site, comment_id)
    thread = threads.titles(core.at(site.name), [comment.thread])[comment.thread]
    return Submission(
        thread=thread.url,
        parent=comment.id,
        name=moderator.name,
        body=words,
        insist=True,
        trusted=True,
        badge=badge,
        # A form sent twice gives one reply: nobody repeats the same words on purpose. With the
        # other badge it is another reply; otherwise that choice would be silently ignored.
        idempotency="\n".join(("answer", badge, moderator.name, comment.id, words)),
    )
