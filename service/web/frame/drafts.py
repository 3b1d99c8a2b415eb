"""The reader's drafts in a cookie of the frame, for browsers that deny it any other storage."""

import base64
import binascii
import json
import zlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

from flask import Response, request

from service.web.frame import identity

COOKIE = "drafts"
SIXTY_DAYS = 60 * 24 * 3600
# A cookie with its name and attributes has at most 4,096 bytes (RFC 6265bis, 5.6), and browsers
# drop all partitioned cookies of a host that together exceed 10 KB.
LARGEST = 3700
# The most that an honest cookie of that size unpacks to.
LONGEST = 64 * 1024


@dataclass(frozen=True, slots=True)
class UnsentDraft:
    """What a reader has typed under an article and not sent; `key` makes sending it twice safe."""

    name: str = ""
    body: str = ""
    parent: str = ""
    answered: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class UnsentDrafts:
    """All drafts of a reader by article, the latest last, and the name under which they write."""

    name: str = ""
    by_thread: Mapping[str, UnsentDraft] = field(default_factory=dict)

    def of(self, thread: str) -> UnsentDraft:
        """Return the draft under an article, an empty one with the reader's name without any."""
        return self.by_thread.get(thread) or UnsentDraft(name=self.name)

    def put(self, thread: str, draft: UnsentDraft) -> "UnsentDrafts":
        """Replace the draft under an article; one without text is only deleted."""
        others = {url: kept for url, kept in self.by_thread.items() if url != thread}
        is_empty = not (draft.body or draft.parent)
        return UnsentDrafts(draft.name, others if is_empty else {**others, thread: draft})


def read() -> UnsentDrafts:
    """Return the drafts that the browser sent, none if they cannot be read."""
    try:
        content = json.loads(_unpack(request.cookies.get(COOKIE, "")))
        drafts = {url: UnsentDraft(**draft) for url, draft in content["drafts"].items()}
        return UnsentDrafts(str(content["name"]), drafts)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError, zlib.error):
        return UnsentDrafts()


def keep(response: Response, drafts: UnsentDrafts, path: str) -> bool:
    """Set the cookie; the oldest drafts make room, and False means that the latest has none."""
    by_thread = dict(drafts.by_thread)
    while len(packed := _pack(drafts.name, by_thread)) > LARGEST and by_thread:
        del by_thread[next(iter(by_thread))]
    identity.set_cookie(response, COOKIE, packed, SIXTY_DAYS, path)
    return bool(by_thread) or not drafts.by_thread


def _pack(name: str, by_thread: Mapping[str, UnsentDraft]) -> str:
    drafts = {url: asdict(draft) for url, draft in by_thread.items()}
    text = json.dumps({"name": name[:100], "drafts": drafts}, ensure_ascii=False)
    return base64.urlsafe_b64encode(zlib.compress(text.encode("utf-8", "replace"), 9)).decode()


def _unpack(packed: str) -> str:
    try:
        return zlib.decompressobj().decompress(base64.urlsafe_b64decode(packed), LONGEST).decode()
    except binascii.Error as error:
        raise ValueError(COOKIE) from error
