"""Check of a request's Origin: browsers may call only from the site's own pages."""

from service.core import Core
from service.domain.errors import ForeignOrigin
from service.domain.site import Site


def check_origin(core: Core, site: Site, origin: str | None) -> None:
    """Admit requests from the site's pages, from our own frame, and from programs.

    :raises ForeignOrigin: a browser sent it from another page.
    """
    if origin and not site.owns(origin) and origin != core.public_url:
        raise ForeignOrigin(origin)
