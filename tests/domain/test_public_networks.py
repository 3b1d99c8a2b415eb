"""Which addresses of the internet a stranger's webhook may name."""

import pytest

from service.domain.public_networks import is_public

PUBLIC = ("93.184.215.14", "8.8.8.8", "2606:4700::1111", "2001:4860:4860::8888")
TRANSLATED_PUBLIC = ("::ffff:8.8.8.8", "64:ff9b::808:808")
REFUSED = (
    *("0.0.0.0", "0.1.2.3", "10.0.0.1", "100.64.0.1", "100.100.100.200", "127.0.0.1"),  # noqa: S104
    *("127.255.255.254", "169.254.169.254", "172.16.0.1", "172.31.255.255", "192.168.1.1"),
    *("192.0.0.1", "192.0.0.170", "192.0.0.192", "192.0.2.1", "192.88.99.1", "198.18.0.1"),
    *("198.19.255.255", "198.51.100.1", "203.0.113.1", "224.0.0.1", "239.255.255.255"),
    *("240.0.0.1", "255.255.255.255", "168.63.129.16"),
    *("::", "::1", "::127.0.0.1", "::8.8.8.8", "::ffff:127.0.0.1", "::ffff:10.0.0.1"),
    *("::ffff:0:127.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a00:1", "64:ff9b:1::808:808"),
    *("100::1", "2001::1", "2001:0:7f00:1::", "2001:2::1", "2001:10::1", "2001:20::1"),
    *("2001:db8::1", "2002:7f00:1::", "2002:808:808::", "3fff::1", "5f00::1", "fc00::1"),
    *("fd00:ec2::254", "fe80::1", "fe80::1%eth0", "fec0::1", "feff::1", "ff02::1"),
)


@pytest.mark.parametrize("address", PUBLIC + TRANSLATED_PUBLIC)
def test_an_address_of_the_internet_is_called(address):
    assert is_public(address)


@pytest.mark.parametrize("address", REFUSED)
def test_an_address_inside_is_not_called(address):
    assert not is_public(address)
