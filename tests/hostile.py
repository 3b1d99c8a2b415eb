"""Texts that cause quadratic time in careless patterns, and a check for it."""

import time
from collections.abc import Callable, Iterable

UNITS = (
    *("1", "0700000000", "1.", "1,", "1-", "1 ", "a", "a ", "a.", "a-", "a'", "a@", "a@b.", "@a"),
    *(" ", "  \n", "\t", "\n", "\xa0", "_", "*", "a*", ".", "!", "? ", "(", "<", "<a ", "</", "&"),
    *("#a", "/", "http://", "https://a.", "https://a@", "www.", "www.a.b", "a.com", "a.com/"),
    *("f u c k ", "f.u.", "a\u0301", "\u0301", "a\u200b", "\u200d", "😀", "🏳\u200d"),
    *("א\u200f", "🏴\U000e0067", "葛\U000e0100", "क\u094d\u200d"),
    *("α", "я", "яa", "Ꭰ", "日", "가", "ا", "é", "AB ", "'s", "x'*"),
)
FRAMES = ("{}", "x {}b", "https://a{}α")
SHORT, GROWTH = 3_000, 8
# Below this time a text of 24,000 characters does no harm.
HARMLESS_SECONDS = 0.1
# A neighbour on the machine may slow one measurement down; quadratic time is there each time.
ATTEMPTS = 8


def is_linear(read: Callable[[str], object], unit: str, frame: str) -> bool:
    """Say whether eight times the text takes about eight times as long, not sixty-four times."""
    short, long = (_text(unit, frame, size) for size in (SHORT, SHORT * GROWTH))
    return any(_looks_linear(read, short, long) for _ in range(ATTEMPTS))


def _looks_linear(read: Callable[[str], object], short: str, long: str) -> bool:
    # Nearly all are harmless at the first reading, and need no comparison.
    seconds = _once(read, long)
    return seconds < HARMLESS_SECONDS or seconds < 3 * GROWTH * _once(read, short)


def texts(size: int) -> Iterable[str]:
    """Return every hostile text of a size."""
    return (_text(unit, frame, size) for unit in UNITS for frame in FRAMES)


def _text(unit: str, frame: str, size: int) -> str:
    return frame.format((unit * (size // len(unit) + 1))[:size])


def _once(read: Callable[[str], object], text: str) -> float:
    begin = time.thread_time()
    read(text)
    return time.thread_time() - begin
