"""Rendering of pictures and sounds: once per captcha, and one at a time."""

from collections import OrderedDict
from collections.abc import Callable
from random import Random
from threading import Lock

from service.captcha.code import code
from service.captcha.picture import picture
from service.captcha.seal import seal
from service.captcha.sound import sound
from service.captcha.token import Captcha

# A sound is as large as some twenty pictures, and few readers request one.
PICTURES_PER_SOUND = 8


class Shelf:
    """A cache of recently used renderings that makes one missing item at a time."""

    def __init__(self, capacity: int) -> None:
        """Create a cache of the given capacity."""
        self.capacity = capacity
        self.things: OrderedDict[str, bytes] = OrderedDict()
        self.lock = Lock()

    def take(self, key: str, make: Callable[[], bytes]) -> bytes:
        """Return the cached item, or make it while other callers wait."""
        with self.lock:
            if key not in self.things:
                self.things[key] = make()
                if len(self.things) > self.capacity:
                    self.things.popitem(last=False)
            self.things.move_to_end(key)
            return self.things[key]


class Renderings:
    """Renders captchas; safe to share between threads."""

    def __init__(self, secret: bytes, capacity: int = 512) -> None:
        """Cache `capacity` pictures and an eighth as many sounds."""
        self.secret = secret
        self.pictures = Shelf(capacity)
        self.sounds = Shelf(max(1, capacity // PICTURES_PER_SOUND))

    def png(self, captcha: Captcha) -> bytes:
        """Return the picture of a captcha."""
        return self.pictures.take(captcha.id, lambda: self._draw(captcha))

    def wav(self, captcha: Captcha) -> bytes:
        """Return the sound of a captcha."""
        return self.sounds.take(captcha.id, lambda: self._speak(captcha))

    def _draw(self, captcha: Captcha) -> bytes:
        return picture(code(self.secret, captcha), rng=self._chance(captcha, "picture"))

    def _speak(self, captcha: Captcha) -> bytes:
        return sound(code(self.secret, captcha), rng=self._chance(captcha, "sound"))

    def _chance(self, captcha: Captcha, purpose: str) -> Random:
        # Several renderings of one code would help a program to read it, so the randomness follows
        # from the captcha: every process always renders it alike. Without the secret it cannot be
        # guessed.
        seed = seal(self.secret, f"captcha {purpose}", bytes.fromhex(captcha.nonce))
        return Random(seed)  # noqa: S311  # how a picture looks, not what it says
