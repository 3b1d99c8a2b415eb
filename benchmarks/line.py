"""A connection for benchmarks: it stays open and does as little else as possible."""

import json
import socket
from typing import Any
from urllib.parse import urlsplit


class Line:
    """An HTTP/1.1 connection whose answers name their length."""

    def __init__(self, url: str) -> None:
        place = urlsplit(url)
        self._wire = socket.create_connection((str(place.hostname), place.port or 80), timeout=60)
        self._wire.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._host = place.netloc

    def request(self, method: str, path: str, body: Any = None, **headers: str) -> bytes:
        """Write a request once; it may be sent often."""
        content = b"" if body is None else json.dumps(body).encode()
        if content:
            headers |= {"Content-Type": "application/json", "Content-Length": str(len(content))}
        lines = [f"{method} {path} HTTP/1.1", f"Host: {self._host}"]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        return "\r\n".join([*lines, "", ""]).encode() + content

    def send(self, request: bytes, status: int = 200) -> None:
        """Send a request and read its answer, which must have this status."""
        self._wire.sendall(request)
        got = b""
        while b"\r\n\r\n" not in got:
            got += self._wire.recv(65536)
        head, _, content = got.partition(b"\r\n\r\n")
        length = int(head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0])
        while len(content) < length:
            content += self._wire.recv(65536)
        if not head.startswith(f"HTTP/1.1 {status}".encode()):
            raise RuntimeError(f"{head!r} {content!r}")


def bearer(key: str) -> dict[str, str]:
    """Give the header that shows a key."""
    return {"Authorization": f"Bearer {key}"}
