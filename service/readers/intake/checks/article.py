"""Check of the article: its address must belong to the site."""

from collections.abc import Sequence

from service.core import Core
from service.domain.errors import Fault
from service.domain.site import Site
from service.readers import article
from service.readers.intake.draft import CommentDraft


def check_article(core: Core, site: Site, draft: CommentDraft) -> Sequence[Fault]:
    """Find what is wrong with the article's address."""
    _, faults = article.locate(site, draft.sent.thread)
    return faults
