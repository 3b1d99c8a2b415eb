"""A cache: what was made once and may be needed again, within a bound of bytes.

A flood of things that are needed once must not push out what many need. So a thing stands in front
until it is asked for again, and then moves to the back, which keeps at least two thirds of the room
(a segmented LRU; Karedla, Love and Wherry 1994).
"""

import threading
from collections import OrderedDict
from collections.abc import Hashable
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Thing = TypeVar("Thing")

# The share of the room that the back may fill.
BACK = 2 / 3


class SegmentedCache(Generic[Key, Thing]):
    """Things by key; `room` is in bytes. Any thread may use it."""

    def __init__(self, room: int) -> None:
        self._room = room
        self._lock = threading.Lock()
        self._front: OrderedDict[Key, tuple[Thing, int]] = OrderedDict()
        self._back: OrderedDict[Key, tuple[Thing, int]] = OrderedDict()
        self._size = self._back_size = 0

    def __len__(self) -> int:
        return len(self._front) + len(self._back)

    @property
    def size(self) -> int:
        """The bytes that are taken."""
        return self._size

    def get(self, key: Key) -> Thing | None:
        """Return a thing, None if it is not here (any more)."""
        with self._lock:
            if found := self._back.get(key):
                self._back.move_to_end(key)
            elif found := self._front.pop(key, None):
                self._back[key] = found
                self._back_size += found[1]
                self._make_room()
            return found[0] if found else None

    def put(self, key: Key, thing: Thing, size: int) -> None:
        """Put a thing in its place, or in the place of the one that it replaces."""
        with self._lock:
            is_needed = key in self._back
            self._drop(self._back if is_needed else self._front, key)
            (self._back if is_needed else self._front)[key] = (thing, size)
            self._size += size
            self._back_size += size if is_needed else 0
            self._make_room()

    def _make_room(self) -> None:
        while self._back_size > self._room * BACK:
            key = next(iter(self._back))
            self._front[key] = self._back.pop(key)
            self._back_size -= self._front[key][1]
        while self._size > self._room:
            rest = self._front or self._back
            self._drop(rest, next(iter(rest)))

    def _drop(self, part: OrderedDict[Key, tuple[Thing, int]], key: Key) -> None:
        _, size = part.pop(key, (None, 0))
        self._size -= size
        if part is self._back:
            self._back_size -= size
