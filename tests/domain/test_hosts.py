"""A host is the one that a browser asks, in one form, whatever it looks like."""

import pytest

from service.domain.hosts import (
    ascii_host,
    host_of,
    is_among,
    is_host,
    is_openable,
    names_a_user,
    resolve_all,
)


@pytest.mark.parametrize(
    ("link", "host"),
    [
        ("https://news.example/a?b#c", "news.example"),
        ("https://WWW.News.Example.:8443/", "news.example"),
        ("www.news.example", "news.example"),
        (" news.example. ", "news.example"),
        ("//news.example/a", "news.example"),
        ("*.news.example", "news.example"),
        ("https://bad.example\\@news.example/", "bad.example"),
        ("https://news.example@bad.example/", "bad.example"),
        ("https://a@news.example@bad.example", "bad.example"),
        ("https://bad.example?@news.example", "bad.example"),
        ("https://bad.example#@news.example", "bad.example"),
        ("https:\\\\bad.example\\x", "bad.example"),
        ("https:/bad.example/x", "bad.example"),
        ("https://bad\t.exam\nple/", "bad.example"),
        ("hxxps://bad.example/", "bad.example"),
        ("h**p://bad.example/", "bad.example"),
        ("https://[::1]/", "[::1]"),
        ("https://[2001:DB8:0::1]/", "[2001:db8::1]"),
        ("https://0x7f.1/", "127.0.0.1"),
        ("https://0300.0250.1/", "192.168.0.1"),
        ("2130706433", "127.0.0.1"),
        ("ｓｐａｍ．example", "spam.example"),
        ("spam。example", "spam.example"),
        ("https://spam｡example", "spam.example"),
        ("https://sp%61m.example/", "spam.example"),
        ("https://%E2%93%A2pam.example/", "spam.example"),
        ("𝐬𝐩𝐚𝐦.example", "spam.example"),
        ("https://sp\u00adam.example", "spam.example"),
        ("https://sp\u200bam.example", "spam.example"),
        ("https://sp\u200dam.example", "spam.example"),
        ("https://straße.example/", "xn--strae-oqa.example"),
        ("XN--Strae-OQA.example", "xn--strae-oqa.example"),
        ("bücher.example", "xn--bcher-kva.example"),
        ("BU\u0308CHER.example", "xn--bcher-kva.example"),
        ("http://παράδειγμα.example", "xn--hxajbheg2az3al.example"),
        ("", ""),
        ("https://", ""),
        ("https://a b.example", ""),
    ],
)
def test_the_host_is_the_one_that_a_browser_asks(link, host):
    assert host_of(link) == host


def test_an_origin_keeps_its_www():
    assert ascii_host("WWW.straße.example.") == "www.xn--strae-oqa.example"
    with pytest.raises(ValueError, match=r"host|Invalid"):
        ascii_host("a b")


def test_a_user_s_name_is_told():
    assert names_a_user("https://news.example@bad.example/")
    assert not names_a_user("https://news.example/@marta")


@pytest.mark.parametrize(
    ("host", "is_one"),
    [("news.example", True), ("xn--nws-qla.example", True), ("127.0.0.1", True)]
    + [(bad, False) for bad in ("", "news", "https://a.example", "a b.example", "a..b", "-a.b")],
)
def test_what_is_no_host_is_told(host, is_one):
    assert is_host(host) is is_one


@pytest.mark.parametrize(
    ("link", "may"),
    [
        ("https://news.example/a", True),
        ("HTTP://news.example", True),
        ("news.example", False),
        ("https:/news.example", False),
        ("https://news.example@bad.example", False),
        ("https://sp\u200bam.example", False),
        ("javascript:alert(1)//https://news.example", False),
    ],
)
def test_only_what_leads_where_it_seems_to_is_shown_as_a_link(link, may):
    assert is_openable(link) is may


def test_listed_hosts_hold_for_their_subdomains_and_for_no_namesake():
    listed = resolve_all(("Straße.example", "https://www.news.example/about", "nonsense here"))
    assert listed == {"xn--strae-oqa.example", "news.example"}
    assert is_among("news.example", listed)
    assert is_among("blog.news.example", listed)
    assert not is_among("bad-news.example", listed)
    assert not is_among("example", listed)
