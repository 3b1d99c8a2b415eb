"""A moderator answers a reader in public: for the newsroom, or as who wrote the article."""

from service.core import Core
from service.desk.queue import permission
from service.domain.comment import Badge
from service.domain.moderator import Moderator
from service.domain.site import Site
from service.domain.submission import Submission
from service.store.comments import threads


def answer(
    core: Core, site: Site, moderator: Moderator, comment: str, words: str, badge: Badge
) -> Submission:
    """Write an answer with a badge for the intake, which judges it like every comment.

    :raises NotAllowed: the site is not his, or he may only look.
    :raises CommentNotFound: there is no such comment.
    """
    permission.admit(site, moderator)
    found = permission.find(core, site, comment)
    thread = threads.titles(core.at(site.name), [found.thread])[found.thread]
    return Submission(
        thread=thread.url,
        title=thread.title,
        parent=found.id,
        name=moderator.name,
        body=words,
        insist=True,
        trusted=True,
        badge=badge,
        # A form that is sent twice is one answer: what else would he say in the same words?
        # With the other badge it is another answer; else that choice would go unheeded unseen.
        idempotency="\n".join(("answer", badge, moderator.name, found.id, words)),
    )
