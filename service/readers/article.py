"""Articles: find an article's thread and check that its address belongs to the site."""

from service.domain import text
from service.domain.errors import Fault, Invalid
from service.domain.site import Site
from service.domain.thread import Thread, canonical_url, origin_of, thread_id

MAX_TITLE = 300
NOWHERE = Thread(id="", url="")


def find_thread(site: Site, url: str) -> Thread:
    """Return the thread of an article that belongs to the site.

    :raises Invalid: the address is malformed or belongs to another site.
    """
    thread, faults = locate(site, url)
    if faults:
        raise Invalid(*faults)
    return thread


def locate(site: Site, url: str, title: str = "") -> tuple[Thread, tuple[Fault, ...]]:
    """Return the thread of an article, with the faults of its address."""
    try:
        address = canonical_url(url)
        is_ours = site.owns(origin_of(address))
    except ValueError:
        fault = Fault(
            "thread", "not-an-address", "The thread must be an article's http(s) address."
        )
        return NOWHERE, (fault,)
    if not is_ours:
        fault = Fault("thread", "foreign", "This article's address does not belong to the site.")
        return NOWHERE, (fault,)
    shown_title = text.clean_name(title)[:MAX_TITLE]
    return Thread(id=thread_id(address), url=address, title=shown_title), ()
