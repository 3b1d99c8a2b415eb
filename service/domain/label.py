"""A label: what people of another system say of a text, against or with our scores."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

MOST_SCORES = 64
# Of a longer text the beginning is kept.
LONGEST = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A text with the scores it should have; of one community and token the latest counts."""

    text: str
    scores: Mapping[str, float]
    community: str = ""
    token: str = ""
    languages: tuple[str, ...] = ()
    key: str = ""
    at: datetime | None = None

    @property
    def id(self) -> str:
        """Name what is labelled: by its community and token, without a token by its text."""
        what = ("token", self.token) if self.token else ("text", self.text)
        name = "\0".join((self.community, *what))
        return hashlib.sha256(name.encode("utf-8", "replace")).hexdigest()[:32]
