"""The reader's identity: by header with JavaScript, by the frame's cookies without storage."""

from dataclasses import dataclass

from flask import Response, request

from service.readers import introduction
from service.web.http import caller

READER = "reader"
MINE = "mine"
A_YEAR = 365 * 24 * 3600
# Long enough to appeal against a refusal and to read the answer.
SIXTY_DAYS = 60 * 24 * 3600
MOST_OWN = 20


@dataclass(frozen=True, slots=True)
class KeptReceipt:
    """A comment that this reader wrote, with the receipt that proves it."""

    comment: str
    receipt: str


def known() -> str | None:
    """Return the calling reader's pseudonym, None for a new reader."""
    token = _shown_token()
    return pseudonym(token) if token else None


def token() -> str:
    """Return the reader's token: their own, or a new one for a new reader.

    :raises TooMany: too many new readers came from their network.
    """
    return _own_token() or introduction.introduce(caller.core(), caller.site(), caller.address())


def token_to_write() -> str:
    """Return the reader's token; a new one is charged to nothing but the comment's allowance."""
    return _own_token() or introduction.make_token(caller.core(), caller.site())


def pseudonym(token: str) -> str | None:
    """Return the pseudonym of a token's reader."""
    return caller.core().signer.reader(caller.site().name, token)


def receipts() -> list[KeptReceipt]:
    """List the receipts of the reader's latest comments, newest first."""
    pairs = (part.split(":", 1) for part in request.cookies.get(MINE, "").split("~") if ":" in part)
    return [KeptReceipt(*pair) for pair in pairs][:MOST_OWN]


def receipt(comment: str) -> str:
    """Return the reader's receipt for a comment, from header or cookie, or ""."""
    by_comment = {entry.comment: entry.receipt for entry in receipts()}
    return request.headers.get("Folkmoot-Receipt") or by_comment.get(comment, "")


def keep_reader(response: Response, token: str) -> None:
    """Set the reader's cookie; with JavaScript the browser keeps the token itself."""
    if "Folkmoot-Reader" in request.headers:
        return
    set_cookie(response, READER, token, A_YEAR)


def keep_receipt(response: Response, newest: KeptReceipt) -> None:
    """Add a receipt to the reader's cookie, so that they can follow their comment."""
    older = (entry for entry in receipts() if entry.comment != newest.comment)
    latest = [newest, *older][:MOST_OWN]
    pairs = "~".join(f"{entry.comment}:{entry.receipt}" for entry in latest)
    set_cookie(response, MINE, pairs, SIXTY_DAYS)


def set_cookie(response: Response, name: str, value: str, seconds: int, path: str = "") -> None:
    """Set a cookie of the frame for some seconds; by default all pages of the frame receive it."""
    # The frame is embedded in another site's page, so only SameSite=None cookies reach us, and
    # Partitioned (CHIPS) ties the cookie to that site. Browsers accept Secure over plain http from
    # a loopback address only; over plain http elsewhere they drop it, and a reader is always new.
    response.set_cookie(
        name,
        value,
        max_age=seconds,
        path=path or f"/frame/{caller.site().name}",
        httponly=True,
        secure=True,
        samesite="None",
        partitioned=True,
    )


def _shown_token() -> str:
    return request.headers.get("Folkmoot-Reader") or request.cookies.get(READER, "")


def _own_token() -> str:
    current = _shown_token()
    return current if current and pseudonym(current) else ""
