"""Rendering of pictures and sounds: once per captcha, and one at a time."""

from collections import OrderedDict
from collections.abc import Callable
from random import Random
from threading import BoundedSemaphore, Lock

from service.captcha.code import code
from service.captcha.picture import picture
from service.captcha.seal import seal
from service.captcha.sound import sound
from service.captcha.token import Captcha
from service.domain.errors import TooMany

# A sound is as large as some twenty pictures, and few readers request one.
PICTURES_PER_SOUND = 8
# Callers who may wait for a rendering, and the seconds after which others may ask again.
WAITING = 8
SOON = 1.0


class Shelf:
    """A cache of recently used renderings that makes one missing item at a time."""

    def __init__(self, capacity: int, waiting: int = WAITING) -> None:
        """Create a cache of the given capacity, at which so many callers may wait."""
        self.capacity = capacity
        self.things: OrderedDict[str, bytes] = OrderedDict()
        self.lock, self.making = Lock(), Lock()
        self.places = BoundedSemaphore(waiting)

    def take(self, key: str, make: Callable[[], bytes]) -> bytes:
        """Return the cached item, or make it while a few other callers wait.

        :raises TooMany: enough callers wait already; a thread for each would block everybody else.
        """
        if (kept := self._find(key)) is not None:
            return kept
        if not self.places.acquire(blocking=False):
            raise TooMany(SOON)
        try:
            return self._make(key, make)
        finally:
            self.places.release()

    def _find(self, key: str) -> bytes | None:
        with self.lock:
            if key in self.things:
                self.things.move_to_end(key)
            return self.things.get(key)

    def _make(self, key: str, make: Callable[[], bytes]) -> bytes:
        with self.making:
            if (kept := self._find(key)) is not None:
                return kept
            made = make()
            with self.lock:
                self.things[key] = made
                if len(self.things) > self.capacity:
                    self.things.popitem(last=False)
            return made


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
