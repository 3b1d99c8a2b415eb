"""A minimal keep-alive HTTP connection for benchmarks."""

import json
import socket
from typing import Any
from urllib.parse import urlsplit


class Line:
    """An HTTP/1.1 connection; answers must have a Content-Length."""

    def __init__(self, url: str) -> None:
        address = urlsplit(url)
        host_and_port = (str(address.hostname), address.port or 80)
        self._wire = socket.create_connection(host_and_port, timeout=60)
        self._wire.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._host = address.netloc

    def request(self, method: str, path: str, body: Any = None, **headers: str) -> bytes:
        """Encode a request, which may then be sent many times."""
        content = b"" if body is None else json.dumps(body).encode()
        if content:
            headers |= {"Content-Type": "application/json", "Content-Length": str(len(content))}
        lines = [f"{method} {path} HTTP/1.1", f"Host: {self._host}"]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        return "\r\n".join([*lines, "", ""]).encode() + content

    def send(self, request: bytes, status: int = 200) -> None:
        """Send a request and read its answer, which must have this status."""
        self._wire.sendall(request)
        received = b""
        while b"\r\n\r\n" not in received:
            received += self._wire.recv(65536)
        head, _, content = received.partition(b"\r\n\r\n")
        length = int(head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0])
        while len(content) < length:
            content += self._wire.recv(65536)
        if not head.startswith(f"HTTP/1.1 {status}".encode()):
            raise RuntimeError(f"{head!r} {content!r}")


def bearer(key: str) -> dict[str, str]:
    """Return the header that carries a key."""
    return {"Authorization": f"Bearer {key}"}
