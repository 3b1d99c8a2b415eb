"""The demo: a site of our own, on another origin than the service."""

from dataclasses import replace

from service.core import Core
from service.domain.errors import SiteNotFound
from service.domain.site import Site
from service.store.site import sites

NAME = "demo"


def is_wanted(core: Core, asked: bool | None) -> bool:
    """Tell whether to show the demo: as asked, else while there is no other site."""
    if asked is not None:
        return asked
    return all(site.name == NAME for site in sites.every(core.redis))


def prepare(core: Core, port: int) -> bool:
    """Make the demo's site, or let it follow the port; its other settings stay as they are.

    Tells whether the site is new.
    """
    ours = origin(port)
    try:
        sites.revise(core.redis, NAME, lambda known: _with(known, ours))
    except SiteNotFound:
        sites.put(core.redis, Site(name=NAME, origins=(ours,)))
        return True
    return False


def _with(site: Site, ours: str) -> Site:
    return site if ours in site.origins else replace(site, origins=(*site.origins, ours))


def origin(port: int) -> str:
    """Give the demo page's origin: by another name than the service, so it is another one."""
    return f"http://localhost:{port}"


def article_url(port: int, slug: str = "") -> str:
    """Give the address of one of the demo's articles."""
    return f"{origin(port)}/demo/{slug}"
