"""The part of RSGI that we use, as types (granian's specification, version 1.6)."""

from collections.abc import AsyncIterator
from typing import Protocol


class SentHeaders(Protocol):
    """The headers of a request; names are in lower case."""

    def __contains__(self, name: str) -> bool: ...

    def get(self, name: str, default: str) -> str:
        """Return the first value of a header."""

    def get_all(self, name: str) -> list[str]:
        """Return all values of a header."""

    def items(self) -> list[tuple[str, str]]:
        """Return names and values, a name as often as it was sent."""


class HttpScope(Protocol):
    """What is known of a request; each look at `headers` copies them."""

    client: str
    server: str
    scheme: str
    method: str
    path: str
    query_string: str
    http_version: str
    authority: str | None

    @property
    def headers(self) -> SentHeaders:
        """The headers of the request."""


class HttpExchange(Protocol):
    """The body of a request and the way back to its client."""

    def __aiter__(self) -> AsyncIterator[bytes]: ...

    async def client_disconnect(self) -> None:
        """Return when the client has gone."""

    def response_bytes(self, status: int, headers: list[tuple[str, str]], body: bytes) -> None:
        """Answer; any thread may do so."""
