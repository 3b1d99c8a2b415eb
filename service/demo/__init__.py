"""The demo: a site of our own, on another origin than the service."""

from dataclasses import replace

from service.core import Core
from service.domain.site import Site
from service.store import sites

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
    known = {site.name: site for site in sites.every(core.redis)}
    old = known.get(NAME) or Site(name=NAME, origins=())
    if origin(port) not in old.origins:
        sites.put(core.redis, replace(old, origins=(*old.origins, origin(port))))
    return NAME not in known


def origin(port: int) -> str:
    """Give the demo page's origin: by another name than the service, so it is another one."""
    return f"http://localhost:{port}"


def article_url(port: int, slug: str = "") -> str:
    """Give the address of one of the demo's articles."""
    return f"{origin(port)}/demo/{slug}"
