"""Addresses, in every spelling, belong to the networks that their owner has."""

import pytest

from service.domain import network


@pytest.mark.parametrize(
    ("address", "narrowest"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:DB8:1:2::", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::/64", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("::1", "::/64"),
        ("::", "::/64"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("::ffff:c000:207", "192.0.2.7"),
        ("::192.0.2.7", "192.0.2.7"),
        ("::ffff:0:192.0.2.7", "192.0.2.7"),
        ("64:ff9b::192.0.2.7", "192.0.2.7"),
        ("64:ff9b:1::192.0.2.7", "192.0.2.7"),
        ("64:ff9b:1:aaaa:1:2:192.0.2.7", "192.0.2.7"),
        ("64:ff9b:1:c000:2:700::", "192.0.2.7"),
        ("2002:c000:207::1", "192.0.2.7"),
        ("2002:c000:207:ffff::1", "192.0.2.7"),
        ("2001:0:4136:e378:8000:63bf:3fff:fdf8", "192.0.2.7"),
        ("unknown", "unknown"),
        ("", "unknown"),
        ("a socket", "a socket"),
    ],
)
def test_a_caller_is_known_by_the_narrowest_network_they_cannot_leave(address, narrowest):
    assert network.narrowest(address) == narrowest
    assert network.narrowest(narrowest) == narrowest


def test_the_networks_around_an_address_are_wider_and_may_do_more():
    assert [level.name for level in network.around("192.0.2.7")] == [
        "192.0.2.7",
        "192.0.2.0/24",
        "192.0.0.0/16",
    ]
    assert [level.name for level in network.around("2001:db8:1:2ff::1")] == [
        "2001:db8:1:2ff::/64",
        "2001:db8:1:200::/56",
        "2001:db8:1::/48",
        "2001:db8::/32",
    ]
    for address in ("192.0.2.7", "2001:db8::1"):
        breadths = [level.breadth for level in network.around(address)]
        assert breadths == sorted(set(breadths))
        assert breadths[0] == 1


def test_votes_know_households_neighbourhoods_and_providers():
    assert network.voters("192.0.2.7") == ("192.0.2.7", "192.0.2.0/24", "192.0.0.0/16")
    assert network.voters("2001:db8:1:2ff::1")[0] == network.voters("2001:db8:1:201::9")[0]
    assert network.voters("here") == ("here",)


def test_a_customer_has_an_address_of_ipv4_or_at_most_a_48():
    assert network.customer("192.0.2.7") != network.customer("192.0.2.8")
    assert network.customer("2001:db8:1:1::1") == network.customer("2001:db8:1:ffff::1")
    assert network.customer("2001:db8:1::1") != network.customer("2001:db8:2::1")
