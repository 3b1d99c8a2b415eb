"""Where a store is: one server, a primary that Sentinels watch, or a Cluster."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import unquote, urlsplit

Host = tuple[str, int]


class Topology(StrEnum):
    """What kind of store stands behind an address."""

    SERVER = "server"
    SENTINEL = "sentinel"
    CLUSTER = "cluster"


SCHEMES = {
    "redis": Topology.SERVER,
    "rediss": Topology.SERVER,
    "unix": Topology.SERVER,
    "redis+sentinel": Topology.SENTINEL,
    "redis+cluster": Topology.CLUSTER,
}
AFTER_PATH = re.compile("[?#]")
PORTS = {Topology.SENTINEL: 26379, Topology.CLUSTER: 6379}


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """A store's address, read; a single server's `url` is left to the client library."""

    topology: Topology
    url: str
    hosts: tuple[Host, ...] = ()
    primary: str = ""
    db: int = 0
    username: str | None = None
    password: str | None = None


def read(url: str) -> Address:
    """Read an address; the error says what is wrong with it.

    :raises ValueError: it is none that we know.
    """
    scheme, separator, rest = url.partition("://")
    topology = SCHEMES.get(scheme)
    if topology is None or not separator:
        raise ValueError(f"must begin with one of {', '.join(f'{s}://' for s in SCHEMES)}")
    if topology is Topology.SERVER:
        return Address(topology=topology, url=url)
    # Several hosts are no URL to the standard library: it refuses brackets after the first.
    places, *more = AFTER_PATH.split(rest)[0].split("/")
    path = [unquote(part) for part in more if part]
    primary, db = _watched(path) if topology is Topology.SENTINEL else _whole(path)
    username, password = _credentials(places)
    return Address(
        topology=topology,
        url=url,
        hosts=tuple(_hosts(places, PORTS[topology])),
        primary=primary,
        db=db,
        username=username,
        password=password,
    )


def _hosts(places: str, port: int) -> Iterator[Host]:
    for place in places.rpartition("@")[2].split(","):
        parts = urlsplit(f"//{place}")
        if not parts.hostname:
            raise ValueError("names no host; write host:port,host:port")
        yield parts.hostname, parts.port or port


def _watched(path: list[str]) -> tuple[str, int]:
    match path:
        case [primary]:
            return primary, 0
        case [primary, db] if db.isascii() and db.isdigit():
            return primary, int(db)
        case _:
            raise ValueError("must end with the name that the Sentinels watch, and perhaps /db")


def _whole(path: list[str]) -> tuple[str, int]:
    if path:
        raise ValueError("a Cluster has no numbered databases; leave out what follows the hosts")
    return "", 0


def _credentials(places: str) -> tuple[str | None, str | None]:
    given, separator, _ = places.rpartition("@")
    username, _, password = given.partition(":")
    return (unquote(username) or None, unquote(password) or None) if separator else (None, None)
