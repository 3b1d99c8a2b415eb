"""A submission: what somebody sent, before anything of it is believed."""

from dataclasses import dataclass

from service.domain.comment import Badge


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """What a reader sent; `reader` is their pseudonym, None without a good token.

    `trusted` is what comes with a key of the newsroom: no captcha, any name, perhaps a badge.
    `insist` sends what may be held as it is.
    """

    thread: str
    name: str
    body: str
    title: str = ""
    parent: str | None = None
    email: str | None = None
    captcha_id: str = ""
    captcha_answer: str = ""
    reader: str | None = None
    address: str = ""
    idempotency: str = ""
    insist: bool = False
    trusted: bool = False
    badge: Badge | None = None
