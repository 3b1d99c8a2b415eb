"""An API key: what a program identifies itself with; recognised without the store."""

import base64
import hashlib
import hmac
import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

# A key may stand before a host name (Akismet's way), so it is made of what may stand there: small
# letters, digits and "-"; and it is shorter than 63 characters.
PREFIX = "fmk-"
ID_BYTES = 10
MAC_BYTES = 12
TOKEN = re.compile(r"fmk-([acm])([a-z2-7]{16})([a-z2-7]{20})")
QUOTA = re.compile(r"([1-9][0-9]{0,8})/(minute|hour|day|month)")
# A program that works at the queue may read the counts too.
INCLUDED = {"manage": frozenset({"counts"})}
MINUTES = {"minute": 1, "hour": 60, "day": 24 * 60, "month": 30 * 24 * 60}
NEVER_A_SCORE = 1.0


class Scope(StrEnum):
    """What a key is good for: to have texts scored, to read counts, to work at the queue."""

    ANALYZE = "analyze"
    COUNTS = "counts"
    MANAGE = "manage"


class Manner(StrEnum):
    """What a caller hears about a language or attribute we cannot score.

    Strict: the protocol's error. Lenient: a number in its place. Auto: lenient for programs that
    are known to publish what they get an error for, strict for all others.
    """

    AUTO = "auto"
    STRICT = "strict"
    LENIENT = "lenient"


@dataclass(frozen=True, slots=True)
class Quota:
    """So many uses in a period."""

    count: int
    per: str

    @classmethod
    def read(cls, text: str) -> "Quota":
        """Read a quota like `60/minute`.

        :raises ValueError: it is none.
        """
        match = QUOTA.fullmatch(text)
        if match is None:
            raise ValueError(f"{text!r} is no quota; write for example 60/minute or 50000/month")
        return cls(int(match[1]), match[2])

    @property
    def per_minute(self) -> float:
        """How many come to a minute."""
        return self.count / MINUTES[self.per]

    @property
    def per_month(self) -> int:
        """How many come to thirty days."""
        return round(self.per_minute * MINUTES["month"])

    def __str__(self) -> str:
        """Write it as it is read."""
        return f"{self.count}/{self.per}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiKey:
    """What is kept of a key; its secret part is not.

    `site` names the site it is good for, "" all of them; that site's policy decides where a verdict
    is asked for. `unscored` stands for a score we do not have. `secrets` sign Coral's requests.
    """

    id: str
    scope: Scope
    site: str = ""
    label: str = ""
    quota: str = ""
    manner: Manner = Manner.AUTO
    unscored: float = NEVER_A_SCORE
    secrets: tuple[str, ...] = ()
    made_at: datetime | None = None
    revoked: bool = False

    def covers(self, scope: Scope, site: str = "") -> bool:
        """Tell whether it may be used for this, on this site; "" asks of no site."""
        is_of_site = not site or self.site in ("", site)
        has_scope = self.scope is scope or scope in INCLUDED.get(self.scope, ())
        return not self.revoked and has_scope and is_of_site


@dataclass(frozen=True, slots=True)
class KeyToken:
    """What a genuine token says of its key."""

    id: str
    scope: Scope


def mint(secret: bytes, scope: Scope, random: bytes) -> tuple[str, str]:
    """Make a key of fresh random bytes, and give its id and the whole of it."""
    id_ = _letters(random[:ID_BYTES])
    return id_, f"{PREFIX}{scope[0]}{id_}{_mac(secret, scope[0], id_)}"


def read(secret: bytes, token: str) -> KeyToken | None:
    """Recognise a key of ours, however it is written, else None."""
    match = TOKEN.fullmatch(token.strip().lower())
    if match is None:
        return None
    letter, id_, mac = match.groups()
    if not hmac.compare_digest(mac, _mac(secret, letter, id_)):
        return None
    return KeyToken(id_, next(scope for scope in Scope if scope[0] == letter))


def _mac(secret: bytes, letter: str, id_: str) -> str:
    return _letters(hmac.digest(secret, f"{letter}{id_}".encode(), hashlib.sha256)[:MAC_BYTES])


def _letters(content: bytes) -> str:
    return base64.b32encode(content).decode().rstrip("=").lower()
