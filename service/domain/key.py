"""API keys: the tokens that identify programs; they are verified without the store."""

import base64
import hashlib
import hmac
import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

# Akismet's clients put the key before a host name, so it is a valid DNS label: lower-case letters,
# digits and "-", fewer than 63 characters.
PREFIX = "fmk-"
ID_BYTES = 10
MAC_BYTES = 12
TOKEN = re.compile(r"fmk-([acm])([a-z2-7]{16})([a-z2-7]{20})")
QUOTA = re.compile(r"([1-9][0-9]{0,8})/(minute|hour|day|month)")
# A program that works on the queue may read the counts too.
INCLUDED = {"manage": frozenset({"counts"})}
MINUTES = {"minute": 1, "hour": 60, "day": 24 * 60, "month": 30 * 24 * 60}
NEVER_A_SCORE = 1.0


class Scope(StrEnum):
    """What a key allows: scoring texts, reading counts, or working on the queue."""

    ANALYZE = "analyze"
    COUNTS = "counts"
    MANAGE = "manage"


class Manner(StrEnum):
    """The answer for a language or attribute that we cannot score.

    Strict: the protocol's error. Lenient: a number in place of the score. Auto, the default: what
    is safe for a program of which nothing is known, and that is lenient: many publish on an error.
    """

    AUTO = "auto"
    STRICT = "strict"
    LENIENT = "lenient"


@dataclass(frozen=True, slots=True)
class Quota:
    """A number of uses per period."""

    count: int
    per: str

    @classmethod
    def read(cls, text: str) -> "Quota":
        """Parse a quota such as `60/minute`.

        :raises ValueError: this is not a quota.
        """
        match = QUOTA.fullmatch(text)
        if match is None:
            raise ValueError(f"{text!r} is no quota; write for example 60/minute or 50000/month")
        return cls(int(match[1]), match[2])

    @property
    def per_minute(self) -> float:
        """The number of uses per minute."""
        return self.count / MINUTES[self.per]

    @property
    def per_month(self) -> int:
        """The number of uses per thirty days."""
        return round(self.per_minute * MINUTES["month"])

    def __str__(self) -> str:
        """Return the quota in the form that `read` accepts."""
        return f"{self.count}/{self.per}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiKey:
    """The stored part of a key; its secret is not stored.

    `site` names the site it covers, "" all of them; a requested verdict follows that site's policy.
    `unscored` replaces a score that we do not have. `secrets` sign Coral's requests. Programs in
    browsers may use it on pages of `origins`.
    """

    id: str
    scope: Scope
    site: str = ""
    label: str = ""
    quota: str = ""
    manner: Manner = Manner.AUTO
    unscored: float = NEVER_A_SCORE
    secrets: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()
    made_at: datetime | None = None
    revoked: bool = False

    def covers(self, scope: Scope, site: str = "") -> bool:
        """Return whether the key covers a scope on a site; a site of "" is not checked."""
        is_of_site = not site or self.site in ("", site)
        has_scope = self.scope is scope or scope in INCLUDED.get(self.scope, ())
        return not self.revoked and has_scope and is_of_site


@dataclass(frozen=True, slots=True)
class KeyToken:
    """What a genuine token reveals about its key."""

    id: str
    scope: Scope


def mint(secret: bytes, scope: Scope, random: bytes) -> tuple[str, str]:
    """Make a key from fresh random bytes; return its id and the full key."""
    id_ = _letters(random[:ID_BYTES])
    return id_, f"{PREFIX}{scope[0]}{id_}{_mac(secret, scope[0], id_)}"


def read(secret: bytes, token: str) -> KeyToken | None:
    """Verify a key in any letter case; return None if it is not one of ours."""
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
