"""Bodies of requests, read before a thread is taken: whole and in time, or not at all."""

import asyncio
from collections import OrderedDict, defaultdict
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from service.web.door.rsgi import HttpExchange, SentHeaders

# Seconds for a whole body; fewer if it arrives at less than the least rate, in bytes a second.
LONGEST, SHORTEST = 10.0, 5.0
LEAST_RATE = 1024
# The largest body of any route, and the room for all unfinished bodies of a process, in bytes.
LARGEST = 1024 * 1024
ROOM = 64 * 1024 * 1024


class TooSlow(Exception):
    """The body did not arrive in time."""


class Broken(Exception):
    """The body ended before its end."""


@dataclass(slots=True, eq=False)
class Arrival:
    """A body that is being read: whose, until when, and how much of it is here."""

    network: str
    timeout: asyncio.Timeout
    begun: float
    size: int = 0

    def grow(self, size: int) -> None:
        """Note that a piece has come, which may earn more time."""
        self.size += size
        self.timeout.reschedule(self.begun + min(LONGEST, SHORTEST + self.size / LEAST_RATE))

    def give_up(self) -> None:
        """Wait no longer for the rest."""
        self.timeout.reschedule(self.begun)


class Bodies:
    """All bodies that a process is reading; for the event loop alone.

    A network may have `per_network` unfinished bodies, 0 for any number. With one more, its oldest
    is given up: whoever sends at once gets through beside any number of silent ones.
    """

    def __init__(self, per_network: int) -> None:
        self._per_network = per_network
        self._arrivals: OrderedDict[Arrival, None] = OrderedDict()
        self._networks: dict[str, OrderedDict[Arrival, None]] = defaultdict(OrderedDict)
        self._size = 0

    async def read(
        self, protocol: HttpExchange, headers: SentHeaders, network: str
    ) -> tuple[bytes, int]:
        """Return a body and its length; of a body that is too large only the length.

        :raises TooSlow: it did not arrive in time, or made room for others.
        :raises Broken: it is incomplete.
        """
        announced = _announced(headers)
        if announced is not None and announced > LARGEST:
            return b"", announced
        try:
            async with asyncio.timeout(SHORTEST) as timeout:
                with self._arriving(network, timeout) as arrival:
                    return await self._collect(protocol, announced, arrival)
        except TimeoutError:
            raise TooSlow from None

    async def _collect(
        self, protocol: HttpExchange, announced: int | None, arrival: Arrival
    ) -> tuple[bytes, int]:
        chunks: list[bytes] = []
        stream = aiter(protocol)
        while announced is None or arrival.size < announced:
            # After the last piece comes an empty one, and after a fault too.
            if not (chunk := await stream.__anext__()):
                await _expect_end(stream)
                break
            chunks.append(chunk)
            self._grow(arrival, len(chunk))
            if arrival.size > LARGEST:
                return b"", arrival.size
        if announced is not None and arrival.size != announced:
            raise Broken
        return b"".join(chunks), arrival.size

    @contextmanager
    def _arriving(self, network: str, timeout: asyncio.Timeout) -> Iterator[Arrival]:
        arrival = Arrival(network, timeout, asyncio.get_running_loop().time())
        theirs = self._networks[network]
        self._arrivals[arrival] = theirs[arrival] = None
        if self._per_network and len(theirs) > self._per_network:
            self._give_up(next(iter(theirs)))
        try:
            yield arrival
        finally:
            self._forget(arrival)
            self._size -= arrival.size

    def _grow(self, arrival: Arrival, size: int) -> None:
        arrival.grow(size)
        self._size += size
        if self._size > ROOM and self._arrivals:
            self._give_up(next(iter(self._arrivals)))

    def _give_up(self, arrival: Arrival) -> None:
        self._forget(arrival)
        arrival.give_up()

    def _forget(self, arrival: Arrival) -> None:
        self._arrivals.pop(arrival, None)
        theirs = self._networks.get(arrival.network)
        if theirs is not None:
            theirs.pop(arrival, None)
            if not theirs:
                del self._networks[arrival.network]


def is_empty(headers: SentHeaders) -> bool:
    """Tell whether a request comes without a body."""
    return "transfer-encoding" not in headers and headers.get("content-length", "0") == "0"


def _announced(headers: SentHeaders) -> int | None:
    # The server has checked the number.
    length = headers.get("content-length", "")
    return int(length) if length else None


async def _expect_end(stream: AsyncIterator[bytes]) -> None:
    try:
        await stream.__anext__()
    except StopAsyncIteration:
        return
    raise Broken
