"""A moderator answers a reader in public: for the newsroom, or as the author of the article."""

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
    """Write an answer with a badge for the intake, which judges it like every comment.

    :raises NotAllowed: the site is not this moderator's, or they may only look.
    :raises CommentNotFound: there is no such comment.
    """
    permission.check_may_decide(site, moderator)
    comment = permission.find_comment(core, site, comment_id)
    thread = threads.titles(core.at(site.name), [comment.thread])[comment.thread]
    return Submission(
        thread=thread.url,
        title=thread.title,
        parent=comment.id,
        name=moderator.name,
        body=words,
        insist=True,
        trusted=True,
        badge=badge,
        # A form that is sent twice is one answer: nobody says the same words twice on purpose.
        # With the other badge it is another answer; else that choice would go unheeded unseen.
        idempotency="\n".join(("answer", badge, moderator.name, comment.id, words)),
    )
