"""A provider: one way to make a reader show that they are no simple bot.

This is all that the service asks of one. Ours are `image` and `pow`; docs/captcha.md shows how to
write another.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from service.captcha.token import Captcha


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What a reader gets of a captcha.

    `picture` and `sound` make a PNG and a WAV, when somebody asks for them. `fields` go into the
    API's answer. `html` stands in the form above the answer; it is trusted, so escape in it what
    comes from elsewhere. The form needs `picture` or `html`, but for a provider that is silent.
    """

    picture: Callable[[], bytes] | None = None
    sound: Callable[[], bytes] | None = None
    fields: Mapping[str, object] = field(default_factory=dict)
    html: str = ""


class Provider(Protocol):
    """Asks and checks; nothing is stored between the two, so all follows from the captcha's nonce.

    `kind` is its name in the API, `number` (8 to 15 for yours) its name within ids. `sources` are
    directives of the Content-Security-Policy, as far as the frame must load something for it:
    "frame-src https://captcha.example".
    """

    @property
    def kind(self) -> str: ...
    @property
    def number(self) -> int: ...
    @property
    def sources(self) -> Sequence[str]: ...

    def offer(self, secret: bytes, captcha: Captcha) -> Offer:
        """Ask a reader; the same captcha is always the same question."""

    def verify(self, secret: bytes, captcha: Captcha, answer: str) -> bool:
        """Tell whether an answer is right; how often one may try is counted elsewhere."""
