"""Store addresses: a single server, a primary watched by Sentinels, or a Cluster."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from urllib.parse import quote, unquote

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
PORTS = {Topology.SERVER: 6379, Topology.SENTINEL: 26379, Topology.CLUSTER: 6379}
ESCAPE = re.compile("%(?:[0-9A-Fa-f]{2})?")
# What may stand after user and password: hosts, a path, options, a fragment.
REST = re.compile(r"([^/?#]*)(/[^?#]*)?(\?[^#]*)?(#.*)?")
PLACE = re.compile(r"(?:\[([0-9A-Fa-f:.]+)\]|([^\s:@%\[\]]+))(?::([0-9]{1,5}))?")
HIDDEN_OPTIONS = re.compile(r"[?&](username|password)=", re.IGNORECASE)
MISPLACED = "write user and password before the host: redis://user:password@host"
UNCLEAR = "has a % in the password that may or may not be an escape: write each % of it as %25"


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """A parsed address; `url` is for the client library, with user and password percent-encoded.

    Nothing that is shown or logged contains `url`, `username` or `password`.
    """

    topology: Topology
    url: str = field(repr=False)
    hosts: tuple[Host, ...] = ()
    primary: str = ""
    db: int = 0
    username: str | None = field(default=None, repr=False)
    password: str | None = field(default=None, repr=False)


def read(url: str) -> Address:
    """Parse an address; user and password may be percent-encoded, or as they are.

    :raises ValueError: the address is invalid; the message says why, and quotes nothing of it.
    """
    scheme, separator, rest = url.partition("://")
    topology = SCHEMES.get(scheme.lower())
    if topology is None or not separator:
        raise ValueError(f"must begin with one of {', '.join(f'{s}://' for s in SCHEMES)}")
    credentials, places = _split(scheme.lower(), rest)
    username, password = _credentials(credentials)
    if topology is Topology.SERVER:
        if credentials and not places:
            raise ValueError("names no host after user and password")
        _check_server(scheme.lower(), places)
        whole = f"{scheme.lower()}://{_encoded(username, password)}{places}"
        return Address(topology=topology, url=whole, username=username, password=password)
    return _of_many(topology, url, places, username, password)


def _of_many(
    topology: Topology, url: str, rest: str, username: str | None, password: str | None
) -> Address:
    places, path, *_ = _parts(rest)
    names = [unquote(part) for part in path.split("/") if part]
    is_watched = topology is Topology.SENTINEL
    primary, db = _parse_sentinel_path(names) if is_watched else _parse_cluster_path(names)
    return Address(
        topology=topology,
        url=url,
        hosts=tuple(_hosts(places, PORTS[topology])),
        primary=primary,
        db=db,
        username=username,
        password=password,
    )


def _split(scheme: str, rest: str) -> tuple[str | None, str]:
    """Split user and password from the hosts: at the last @, since no host contains one."""
    if scheme == "unix":
        # The path of a socket may contain an @, and begins with a slash.
        if rest.startswith("/"):
            return None, rest
        credentials, separator, path = rest.rpartition("@/")
        return (credentials, f"/{path}") if separator else (None, rest)
    credentials, separator, places = rest.rpartition("@")
    if HIDDEN_OPTIONS.search(rest):
        raise ValueError(MISPLACED)
    return (credentials, places) if separator else (None, places)


def _credentials(credentials: str | None) -> tuple[str | None, str | None]:
    if credentials is None:
        return None, None
    username, _, password = credentials.partition(":")
    return _decoded(username) or None, _decoded(password) or None


def _decoded(text: str) -> str:
    """Decode what is percent-encoded throughout; a % that begins no escape stands for itself.

    :raises ValueError: there are both, so that nobody can tell what is meant.
    """
    escapes = ESCAPE.findall(text)
    if all(escape == "%" for escape in escapes):
        return text
    if "%" in escapes:
        raise ValueError(UNCLEAR)
    try:
        return unquote(text, errors="strict")
    except UnicodeDecodeError:
        raise ValueError(UNCLEAR) from None


def _encoded(username: str | None, password: str | None) -> str:
    if username is None and password is None:
        return ""
    return f"{quote(username or '', safe='')}:{quote(password or '', safe='')}@"


def _check_server(scheme: str, rest: str) -> None:
    if scheme == "unix":
        if not rest.startswith("/"):
            raise ValueError("must name a socket by its whole path: unix:///run/store.sock")
        return
    places, path, *_ = _parts(rest)
    hosts = list(_hosts(places, PORTS[Topology.SERVER])) if places else []
    if len(hosts) > 1:
        raise ValueError("names several hosts; redis+sentinel:// and redis+cluster:// can")
    if path.strip("/") and not (path[1:].isascii() and path[1:].isdigit()):
        raise ValueError("must end with the number of a database, as in redis://host:6379/0")


def _parts(rest: str) -> tuple[str, str, str, str]:
    match = REST.fullmatch(rest)
    if match is None:
        raise ValueError("contains a line break")
    places, path, options, fragment = (part or "" for part in match.groups())
    return places, path, options, fragment


def _hosts(places: str, default: int) -> Iterator[Host]:
    for place in places.split(","):
        match = PLACE.fullmatch(place)
        if match is None or int(match[3] or 1) not in range(1, 65536):
            raise ValueError(_fault(place))
        yield match[1] or match[2], int(match[3] or default)


def _fault(place: str) -> str:
    if not place or place.startswith(":"):
        return "names no host; write host:port,host:port"
    return "names no host and port; the port is a number, and a password ends with @"


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
