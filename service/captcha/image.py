"""The `image` provider: readers copy a code that they see or hear."""

from functools import cache

from service.captcha.code import matches
from service.captcha.provider import Offer
from service.captcha.rendering import Renderings
from service.captcha.token import IMAGE, Captcha


class ImageProvider:
    """Show and speak a code."""

    kind = "image"
    number = IMAGE
    sources = ("img-src 'self'", "media-src 'self'")

    def offer(self, secret: bytes, captcha: Captcha) -> Offer:
        """Offer the picture and the sound of one code."""
        renderings = _renderings(secret)
        return Offer(picture=lambda: renderings.png(captcha), sound=lambda: renderings.wav(captcha))

    def verify(self, secret: bytes, captcha: Captcha, answer: str) -> bool:
        """Tell whether the answer is the code, with slips of typing forgiven."""
        return matches(secret, captcha, answer)


@cache
def _renderings(secret: bytes) -> Renderings:
    """Keep one cache of pictures and sounds per process."""
    return Renderings(secret)
