"""The interface of captcha providers.

Ours are `image` and `pow`; docs/captcha.md shows how to write another.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from service.captcha.token import Captcha


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What a provider shows of a captcha.

    `picture` and `sound` make a PNG and a WAV on request. `fields` go into the API's answer. `html`
    is shown in the form above the answer; it is trusted, so escape anything from elsewhere. The
    form needs `picture` or `html`, unless the provider is silent.
    """

    picture: Callable[[], bytes] | None = None
    sound: Callable[[], bytes] | None = None
    fields: Mapping[str, object] = field(default_factory=dict)
    html: str = ""


class Provider(Protocol):
    """Offers captchas and verifies answers; stores nothing, so all follows from the nonce.

    `kind` is its name in the API, `number` (8 to 15 for yours) its number within ids. `sources` are
    the Content-Security-Policy directives that the frame needs for it, such as
    "frame-src https://captcha.example".
    """

    @property
    def kind(self) -> str: ...
    @property
    def number(self) -> int: ...
    @property
    def sources(self) -> Sequence[str]: ...

    def offer(self, secret: bytes, captcha: Captcha) -> Offer:
        """Offer a captcha; the same captcha always gives the same offer."""

    def verify(self, secret: bytes, captcha: Captcha, answer: str) -> bool:
        """Tell whether an answer is right; tries are counted elsewhere."""
