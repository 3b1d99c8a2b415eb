"""What may come in at all: from which page, about which article, with which name and text."""

from service.core import Core
from service.domain import names, text
from service.domain.errors import Fault, ForeignOrigin, Invalid
from service.domain.sentences import counted, said
from service.domain.site import Site
from service.domain.thread import Thread, canonical_url, origin_of, thread_id
from service.store.people import badges

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
        short = counted(
            "At least %(count)s character, please.",
            "At least %(count)s characters, please.",
            policy.min_length,
        )
        return (Fault("body", "too-short", short),)
    if len(body) > policy.max_length:
        long = counted(
            "At most %(count)s character; this has %(has)s.",
            "At most %(count)s characters; this has %(has)s.",
            policy.max_length,
            has=len(body),
        )
        return (Fault("body", "too-long", long),)
    return ()


def name_faults(name: str) -> tuple[Fault, ...]:
    """Find what is wrong with a name after cleaning."""
    if text.is_blank(name):
        return (Fault("name", "empty", "Please give a name."),)
    if len(name) > MAX_NAME:
        long = counted("At most %(count)s character.", "At most %(count)s characters.", MAX_NAME)
        return (Fault("name", "too-long", long),)
    return ()


def reserved_faults(core: Core, site: Site, name: str) -> tuple[Fault, ...]:
    """Find out whether a name could be taken for the newsroom's, or for somebody's with a badge."""
    record = core.at(site.name)
    own = names.is_reserved(name, site.policy.reserved_names, own=site.name)
    if own or badges.is_taken(record, names.looks(name)):
        kept = said("This name is kept for the newsroom. Please take another one.")
        return (Fault("name", "reserved", kept),)
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
