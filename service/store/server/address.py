"""Store addresses: a single server, a primary watched by Sentinels, or a Cluster."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import unquote, urlsplit

Host = tuple[str, int]


class Topology(StrEnum):
    """The kind of store at an address."""

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
    """A parsed address; a single server's `url` is left to the client library."""

    topology: Topology
    url: str
    hosts: tuple[Host, ...] = ()
    primary: str = ""
    db: int = 0
    username: str | None = None
    password: str | None = None


def read(url: str) -> Address:
    """Parse an address.

    :raises ValueError: the address is invalid; the message says why.
    """
    scheme, separator, rest = url.partition("://")
    topology = SCHEMES.get(scheme)
    if topology is None or not separator:
        raise ValueError(f"must begin with one of {', '.join(f'{s}://' for s in SCHEMES)}")
    if topology is Topology.SERVER:
        return Address(topology=topology, url=url)
    # The standard library cannot parse several hosts: it refuses brackets after the first.
    places, *more = AFTER_PATH.split(rest)[0].split("/")
    path = [unquote(part) for part in more if part]
    primary, db = (
        _parse_sentinel_path(path) if topology is Topology.SENTINEL else _parse_cluster_path(path)
    )
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


def _parse_sentinel_path(path: list[str]) -> tuple[str, int]:
    match path:
        case [primary]:
            return primary, 0
        case [primary, db] if db.isascii() and db.isdigit():
            return primary, int(db)
        case _:
            raise ValueError("must end with the name that the Sentinels watch, and perhaps /db")


def _parse_cluster_path(path: list[str]) -> tuple[str, int]:
    if path:
        raise ValueError("a Cluster has no numbered databases; leave out what follows the hosts")
    return "", 0


def _credentials(places: str) -> tuple[str | None, str | None]:
    credentials, separator, _ = places.rpartition("@")
    username, _, password = credentials.partition(":")
    return (unquote(username) or None, unquote(password) or None) if separator else (None, None)
