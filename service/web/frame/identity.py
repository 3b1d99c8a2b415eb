"""Who the reader is: known by cookies of the frame without JavaScript, with it by a header."""

from dataclasses import dataclass

from flask import Response, request

from service.web.http import caller

READER = "reader"
MINE = "mine"
A_YEAR = 365 * 24 * 3600
# As long as a refusal may be appealed against, and the answer takes.
SIXTY_DAYS = 60 * 24 * 3600
MOST_OWN = 20


@dataclass(frozen=True, slots=True)
class KeptReceipt:
    """A comment that this reader wrote, with the receipt that proves it."""

    comment: str
    receipt: str


def known() -> str | None:
    """Give the pseudonym of the reader who asks, None for one whom we do not know yet."""
    token = _shown_token()
    return pseudonym(token) if token else None


def token() -> str:
    """Give the reader's token: their own, or a new one for a new reader."""
    core, site, held = caller.core(), caller.site(), _shown_token()
    is_ours = core.signer.reader(site.name, held) is not None
    return held if is_ours else core.signer.reader_token(site.name, core.random(12))


def pseudonym(token: str) -> str | None:
    """Give the pseudonym of the reader who holds a token."""
    return caller.core().signer.reader(caller.site().name, token)


def receipts() -> list[KeptReceipt]:
    """List the receipts of the reader's latest comments, the newest first."""
    pairs = (part.split(":", 1) for part in request.cookies.get(MINE, "").split("~") if ":" in part)
    return [KeptReceipt(*pair) for pair in pairs][:MOST_OWN]


def receipt(comment: str) -> str:
    """Give the receipt that the reader shows for a comment, by header or cookie, or ""."""
    by_comment = {kept.comment: kept.receipt for kept in receipts()}
    return request.headers.get("Folkmoot-Receipt") or by_comment.get(comment, "")


def keep_reader(response: Response, held: str) -> None:
    """Let the reader be known next time; with JavaScript their browser does that."""
    if "Folkmoot-Reader" in request.headers:
        return
    _keep(response, READER, held, A_YEAR)


def keep_receipt(response: Response, newest: KeptReceipt) -> None:
    """Let the reader see what becomes of their comment."""
    older = (kept for kept in receipts() if kept.comment != newest.comment)
    latest = [newest, *older][:MOST_OWN]
    pairs = "~".join(f"{kept.comment}:{kept.receipt}" for kept in latest)
    _keep(response, MINE, pairs, SIXTY_DAYS)


def _shown_token() -> str:
    return request.headers.get("Folkmoot-Reader") or request.cookies.get(READER, "")


def _keep(response: Response, name: str, value: str, seconds: int) -> None:
    # The frame stands in a page of another site, so only SameSite=None reaches us, and Partitioned
    # (CHIPS) ties the cookie to that page's site. Browsers take Secure from a loopback address over
    # plain http too; over plain http elsewhere they drop it, and a reader is new each time.
    response.set_cookie(
        name,
        value,
        max_age=seconds,
        path=f"/frame/{caller.site().name}",
        httponly=True,
        secure=True,
        samesite="None",
        partitioned=True,
    )
