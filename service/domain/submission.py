"""Submissions: untrusted input on its way to becoming a comment."""

from dataclasses import dataclass

from service.domain.comment import Badge


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """A reader's input; `reader` is their pseudonym, None without a valid token.

    `trusted` input comes with the newsroom's key: no captcha, any name, perhaps a badge.
    `captcha_work` proves the work beside a code. `trap` is the field that people do not see.
    `insist` submits a text unchanged although it may be held. `language` is the one that its page
    or the request names, as a BCP-47 tag.
    """

    thread: str
    name: str
    body: str
    title: str = ""
    parent: str | None = None
    email: str | None = None
    captcha_id: str = ""
    captcha_answer: str = ""
    captcha_work: str = ""
    trap: str = ""
    reader: str | None = None
    address: str = ""
    idempotency: str = ""
    insist: bool = False
    language: str = ""
    trusted: bool = False
    badge: Badge | None = None
