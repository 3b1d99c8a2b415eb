"""The address of the store is parsed; a wrong one gives a clear error."""

import pytest

from service.store.server import address
from service.store.server.address import Topology


@pytest.mark.parametrize(
    ("url", "topology", "hosts", "primary", "db"),
    [
        ("redis://store:6380/2", Topology.SERVER, (), "", 0),
        ("unix:///run/store.sock", Topology.SERVER, (), "", 0),
        ("redis+sentinel://a/main", Topology.SENTINEL, (("a", 26379),), "main", 0),
        (
            "redis+sentinel://a:1,[::1]:2/main/3",
            Topology.SENTINEL,
            (("a", 1), ("::1", 2)),
            "main",
            3,
        ),
        ("redis+cluster://a,b:7000/", Topology.CLUSTER, (("a", 6379), ("b", 7000)), "", 0),
    ],
)
def test_an_address_is_read(url, topology, hosts, primary, db):
    place = address.read(url)
    assert (place.topology, place.hosts, place.primary, place.db) == (topology, hosts, primary, db)


def test_credentials_are_those_of_the_servers():
    place = address.read("redis+cluster://folk:p%40ss@a,b")
    assert (place.username, place.password) == ("folk", "p@ss")
    assert address.read("redis+cluster://:secret@a").username is None


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("http://store", "must begin with one of redis://"),
        ("redis:store", "must begin with"),
        ("redis+sentinel://a:26379", "the name that the Sentinels watch"),
        ("redis+sentinel://a/main/x", "perhaps /db"),
        ("redis+cluster://a/1", "no numbered databases"),
        ("redis+cluster://a,,b", "names no host"),
        ("redis+cluster://a:many", "[Pp]ort"),
    ],
)
def test_what_is_wrong_is_said(url, says):
    with pytest.raises(ValueError, match=says):
        address.read(url)
