"""A proxy between a program and its server that loses requests and replies, or goes dead."""

import random
import socket
import threading
from contextlib import suppress


class Proxy:
    """Forwards data until it cuts a connection or goes dead.

    `loss` is the share of chunks at which it cuts. A reply to a request with `deaf_to` in it is
    lost, once. After a reply with `dead_after` in it nothing is forwarded any more.
    """

    def __init__(self, port, *, loss=0.0, seed=1, deaf_to=None, dead_after=None):
        self.loss, self.cut, self.deaf_to, self.dead_after = loss, 0, deaf_to, dead_after
        self.dead, self._dice, self._port = threading.Event(), random.Random(seed), port
        self._door = socket.create_server(("127.0.0.1", 0))
        self.url = f"redis://127.0.0.1:{self._door.getsockname()[1]}"
        threading.Thread(target=self._welcome, daemon=True).start()

    def close(self):
        # Only a shutdown wakes the thread that waits for the next connection.
        self._door.shutdown(socket.SHUT_RDWR)
        self._door.close()

    def _welcome(self):
        with suppress(OSError):
            while True:
                self._connect(self._door.accept()[0])

    def _connect(self, caller):
        try:
            server = socket.create_connection(("127.0.0.1", self._port))
        except OSError:
            caller.close()
            return
        line = _Line(self)
        for ends in ((caller, server, line.passes_request), (server, caller, line.passes_reply)):
            threading.Thread(target=self._pass_on, args=ends, daemon=True).start()

    def is_lost(self):
        return self._dice.random() < self.loss

    def _pass_on(self, source, target, passes):
        with suppress(OSError):
            while piece := source.recv(65536):
                if not passes(piece):
                    self.cut += 1
                    break
                if not self.dead.is_set():
                    target.sendall(piece)
        for end in (source, target):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()


class _Line:
    """One client's connection."""

    def __init__(self, proxy):
        self._proxy, self._is_deaf = proxy, False

    def passes_request(self, piece):
        proxy = self._proxy
        if proxy.deaf_to and proxy.deaf_to in piece:
            proxy.deaf_to, self._is_deaf = None, True
        return not proxy.is_lost()

    def passes_reply(self, piece):
        proxy = self._proxy
        if proxy.dead_after and proxy.dead_after in piece:
            proxy.dead.set()
        return not self._is_deaf and not proxy.is_lost()
