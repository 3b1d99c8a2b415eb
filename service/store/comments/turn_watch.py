"""A watch over turns: the store tells each process when one rises, so that it need not be asked.

The watch reads turns on a connection of its own, and the store tells it once when one that it has
read changes (client-side caching of Redis 6, in RESP3; it covers changes by scripts too). Whatever
comes on that connection makes all turns unknown until it has been read, so a turn that is given out
is the store's latest as far as this machine has heard.
"""

import select
import socket
import threading
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from typing import Any, cast

from redis import Redis
from redis.cluster import RedisCluster
from redis.exceptions import RedisError

from service.store.keys import Keys

# Seconds: how long a request for a new site may wait for its turn to be watched, between two signs
# of life, without one until nothing is known, and until the next try after a loss.
LOOK, BEAT, SILENCE, RETRY = 0.1, 1.0, 2.5, 1.0
# A process that serves more sites asks for the turns of the others.
MOST = 10_000
PUSH = object()


class TurnWatch:
    """The turns of the sites that were asked for lately; `clock` returns monotonic seconds.

    A Cluster is not watched: every node would have to be, and nothing is ever known.
    """

    def __init__(self, redis: Redis, clock: Callable[[], float] = time.monotonic) -> None:
        self._redis, self._clock = redis, clock
        self._turns: dict[str, str] = {}
        self._sites: dict[str, str] = {}
        self._wanted: set[str] = set()
        self._asked: deque[str] = deque()
        self._poll: select.poll | None = None
        self._is_reading = False
        self._heard = self._beaten = -SILENCE
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def start(self) -> None:
        """Watch from now on, in a thread."""
        if not isinstance(self._redis, RedisCluster):
            self._thread.start()

    def stop(self) -> None:
        """Watch no longer: nothing is known from now on."""
        self._over.set()
        if self._thread.is_alive():
            self._thread.join()

    def known(self, site: str) -> str | None:
        """Return a site's turn without asking the store, None if not known; for one thread."""
        poll = self._poll
        if poll is None or self._clock() - self._heard > SILENCE:
            return None
        # Something that has come and was not read may be a change. What was here before the poll
        # has been read, and was understood if nothing is being read after it.
        if poll.poll(0) or self._is_reading:
            return None
        turn = self._turns.get(site)
        if turn is None and len(self._sites) + len(self._wanted) < MOST:
            self._wanted.add(site)
        return turn

    def settle(self) -> None:
        """Return when the store has told all watches of what this process has changed so far.

        It writes to them before it reads another command; whether they have read it they know
        themselves. A store that is silent is not waited for: then no watch knows anything.
        """
        if self._clock() - self._heard > SILENCE:
            return
        with suppress(RedisError):
            self._redis.ping()

    def _watch(self) -> None:
        while not self._over.is_set():
            with suppress(RedisError, OSError):
                self._listen()
            self._over.wait(RETRY)

    def _listen(self) -> None:
        connection = self._connect()
        try:
            wire = connection._sock
            ours, self._poll = _polling(wire), _polling(wire)
            while not self._over.is_set() and self._clock() - self._heard < SILENCE:
                self._ask(connection)
                ours.poll(LOOK * 1000)
                self._is_reading = True
                while connection.can_read(0):
                    self._read(connection)
                self._is_reading = False
        finally:
            self._forget()
            connection.disconnect()

    def _connect(self) -> Any:
        pool: Any = self._redis.connection_pool
        connection = pool.connection_class(**{**pool.connection_kwargs, "protocol": 3})
        connection.connect()
        connection._parser.set_invalidation_push_handler(self._notice)
        connection.send_command("CLIENT", "TRACKING", "ON", check_health=False)
        connection.read_response()
        self._heard = self._beaten = self._clock()
        return connection

    def _ask(self, connection: Any) -> None:
        wanted = [self._wanted.pop() for _ in range(len(self._wanted))]
        commands: list[tuple[str, ...]] = []
        for site in wanted:
            key = Keys(site).turn()
            self._sites[key] = site
            commands.append(("GET", key))
            self._asked.append(site)
        if self._clock() - self._beaten > BEAT:
            self._beaten = self._clock()
            commands.append(("PING",))
            self._asked.append("")
        if commands:
            connection.send_packed_command(connection.pack_commands(commands), check_health=False)

    def _read(self, connection: Any) -> None:
        answer = connection.read_response(push_request=True, disconnect_on_error=False)
        self._heard = self._clock()
        if answer is PUSH:
            return
        if site := self._asked.popleft():
            self._turns[site] = cast("str | None", answer) or "0"

    def _notice(self, message: list[Any]) -> object:
        """Take note of changed turns, of all without any names, and ask for them again."""
        names = message[1]
        for name in names if names is not None else list(self._sites):
            site = self._sites.get(name if isinstance(name, str) else name.decode())
            if site is not None and self._turns.pop(site, None) is not None:
                self._wanted.add(site)
        return PUSH

    def _forget(self) -> None:
        self._poll = None
        self._turns.clear()
        self._sites.clear()
        self._asked.clear()
        self._is_reading = False


def _polling(wire: socket.socket) -> select.poll:
    poll = select.poll()
    poll.register(wire, select.POLLIN)
    return poll
