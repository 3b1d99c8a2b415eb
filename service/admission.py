"""What may come in at all: from which page, about which article, with which name and text."""

from service.core import Core
from service.domain import text
from service.domain.errors import Fault, ForeignOrigin, Invalid
from service.domain.site import Site
from service.domain.thread import Thread, canonical_url, origin_of, thread_id

MAX_NAME = 50
MAX_EMAIL = 254


def check_origin(core: Core, site: Site, origin: str | None) -> None:
    """Let in requests from the site's pages, from our own frame, and from programs.

    :raises ForeignOrigin: a browser sent it from somewhere else.
    """
    if origin and not site.owns(origin) and origin != core.public_url:
        raise ForeignOrigin(origin)


def article(site: Site, url: str, title: str = "") -> Thread:
    """Name the thread of an article that belongs to the site.

    :raises Invalid: this is no address, or one of another site.
    """
    thread, faults = locate(site, url, title)
    if faults:
        raise Invalid(*faults)
    return thread


def locate(site: Site, url: str, title: str) -> tuple[Thread, tuple[Fault, ...]]:
    """Name an article's thread, or tell what is wrong with its address."""
    try:
        address = canonical_url(url)
        ours = site.owns(origin_of(address))
    except ValueError:
        fault = Fault(
            "thread", "not-an-address", "The thread must be an article's http(s) address."
        )
        return Thread(id="", url=""), (fault,)
    if not ours:
        fault = Fault("thread", "foreign", "This article's address does not belong to the site.")
        return Thread(id="", url=""), (fault,)
    return Thread(id=thread_id(address), url=address, title=text.clean_name(title)[:300]), ()


def body_faults(site: Site, body: str) -> tuple[Fault, ...]:
    """Find what is wrong with a comment's text after cleaning."""
    policy = site.policy
    if text.is_blank(body):
        return (Fault("body", "empty", "Please write something; nothing of this can be seen."),)
    if len(body) < policy.min_length:
        return (Fault("body", "too-short", f"At least {policy.min_length} characters, please."),)
    if len(body) > policy.max_length:
        long = f"At most {policy.max_length} characters; this has {len(body)}."
        return (Fault("body", "too-long", long),)
    return ()


def name_faults(name: str) -> tuple[Fault, ...]:
    """Find what is wrong with a name after cleaning."""
    if text.is_blank(name):
        return (Fault("name", "empty", "Please give a name."),)
    if len(name) > MAX_NAME:
        return (Fault("name", "too-long", f"At most {MAX_NAME} characters."),)
    return ()


def email_faults(email: str | None) -> tuple[Fault, ...]:
    """Find a slip of the hand in an e-mail address; only a mail server knows if it is right."""
    if email is None:
        return ()
    local, _, domain = email.rpartition("@")
    if (
        not local
        or "." not in domain.strip(".")
        or len(email) > MAX_EMAIL
        or len(email.split()) > 1
    ):
        return (Fault("email", "not-an-address", "This does not look like an e-mail address."),)
    return ()
