"""Check of the e-mail address: it is optional, but must look like an address."""

from collections.abc import Sequence

from service.core import Core
from service.domain.errors import Fault
from service.domain.site import Site
from service.readers.intake.draft import CommentDraft

MAX_EMAIL = 254


def check_email(core: Core, site: Site, draft: CommentDraft) -> Sequence[Fault]:
    """Find an obvious mistake in the author's e-mail address."""
    return email_faults(draft.comment.email)


def email_faults(email: str | None) -> tuple[Fault, ...]:
    """Find an obvious mistake in an e-mail address; only a mail server knows whether it exists."""
    if email is None or _looks_right(email):
        return ()
    return (Fault("email", "not-an-address", "This does not look like an e-mail address."),)


def _looks_right(email: str) -> bool:
    local, _, domain = email.rpartition("@")
    is_whole = bool(local) and "." in domain.strip(".")
    return is_whole and len(email) <= MAX_EMAIL and len(email.split()) == 1
