"""Readers who ask at a given rate, whether or not they are answered."""

import asyncio
import itertools
import random
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from statistics import quantiles
from urllib.parse import urlsplit

# More at once, and the readers would measure themselves.
MOST_AT_ONCE = 1000
REFUSED = (429, 503)
TICK = 0.005


@dataclass(frozen=True, slots=True)
class Question:
    """A request: its first line's method and path, its body and more headers."""

    method: str
    path: str
    body: bytes = b""
    headers: str = ""


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back, after how many seconds; status 0 if nothing did."""

    status: int
    seconds: float
    body: bytes = b""


@dataclass
class Readers:
    """A crowd with keep-alive connections, each from an address of its own."""

    url: str
    most: int = MOST_AT_ONCE
    replies: list[Reply] = field(default_factory=list)
    unsent: int = 0
    _idle: list[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = field(default_factory=list)

    async def arrive(
        self, rate: float, seconds: float, next_question: Callable[[], Question]
    ) -> None:
        """Ask `rate` questions a second, and wait for the answers."""
        begun, asking = time.monotonic(), set[asyncio.Task[None]]()
        for due in itertools.count():
            while (now := time.monotonic() - begun) < due / rate:
                await asyncio.sleep(TICK)
            if now > seconds:
                break
            if len(asking) >= self.most:
                self.unsent += 1
                continue
            task = asyncio.create_task(self._note(next_question()))
            asking.add(task)
            task.add_done_callback(asking.discard)
            if due % 50 == 0:
                await asyncio.sleep(0)
        await asyncio.gather(*asking)

    async def insist(
        self, clients: int, seconds: float, next_question: Callable[[], Question]
    ) -> None:
        """Let a number of clients ask one question after the other."""
        end = time.monotonic() + seconds

        async def one() -> None:
            while time.monotonic() < end:
                await self._note(next_question())

        await asyncio.gather(*(one() for _ in range(clients)))

    async def _note(self, question: Question) -> None:
        self.replies.append(await self.ask(question))

    async def ask(self, question: Question) -> Reply:
        """Ask one question."""
        begun = time.monotonic()
        while self._idle and self._idle[-1][0].at_eof():
            self._idle.pop()[1].close()
        try:
            reader, writer = self._idle.pop() if self._idle else await self._connect()
            writer.write(_bytes(question))
            status, body, stays = await asyncio.wait_for(_read(reader), 30)
        except (OSError, TimeoutError, asyncio.IncompleteReadError, ValueError, IndexError):
            return Reply(0, time.monotonic() - begun)
        if stays:
            self._idle.append((reader, writer))
        else:
            writer.close()
        return Reply(status, time.monotonic() - begun, body)

    def hang_up(self) -> None:
        """Forget the connections, so that what was learnt can be handed on."""
        self._idle.clear()

    async def _connect(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        at = urlsplit(self.url)
        return await asyncio.open_connection(at.hostname, at.port)

    @property
    def admitted(self) -> list[float]:
        """The seconds to each answer that was no refusal."""
        return [r.seconds for r in self.replies if r.status and r.status not in REFUSED]

    @property
    def statuses(self) -> dict[int, int]:
        """How often each status came."""
        return dict(sorted(Counter(reply.status for reply in self.replies).items()))

    @property
    def p99(self) -> float:
        """The time within which 99 % of the admitted were answered, in seconds."""
        return percentile(self.admitted, 99)


def percentile(seconds: list[float], number: int) -> float:
    """Return a percentile, infinite without any."""
    if len(seconds) < 2:
        return float("inf")
    return quantiles(seconds, n=100, method="inclusive")[number - 1]


def _bytes(question: Question) -> bytes:
    address = f"10.{random.randrange(256)}.{random.randrange(256)}.{random.randrange(256)}"
    length = f"Content-Length: {len(question.body)}\r\n" if question.body else ""
    head = (
        f"{question.method} {question.path} HTTP/1.1\r\nHost: comments.example\r\n"
        f"X-Forwarded-For: {address}\r\n{question.headers}{length}\r\n"
    )
    return head.encode() + question.body


async def _read(reader: asyncio.StreamReader) -> tuple[int, bytes, bool]:
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    _, _, length = head.partition(b"content-length:")
    body = await reader.readexactly(int(length.split()[0])) if length else b""
    return int(head.split()[1]), body, b"connection: close" not in head
