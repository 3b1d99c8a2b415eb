"""Labels: how people in another system rate a text, which may contradict our scores."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

MOST_SCORES = 64
# A longer text is cut off.
LONGEST = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A text with the scores it should have; the latest one per community and token counts."""

    text: str
    scores: Mapping[str, float]
    community: str = ""
    token: str = ""
    languages: tuple[str, ...] = ()
    key: str = ""
    at: datetime | None = None

    @property
    def id(self) -> str:
        """The digest of community and token, or of community and text if there is no token."""
        subject = ("token", self.token) if self.token else ("text", self.text)
        name = "\0".join((self.community, *subject))
        return hashlib.sha256(name.encode("utf-8", "replace")).hexdigest()[:32]
