"""A link is judged by the address that a browser opens, whatever it looks like."""

import pytest

from service.domain.links import host_of, is_host, links_in, names_a_user, plain_host


@pytest.mark.parametrize(
    ("link", "host"),
    [
        ("https://news.example/a?b#c", "news.example"),
        ("https://WWW.News.Example.:8443/", "news.example"),
        ("www.news.example", "news.example"),
        ("https://bad.example\\@news.example/", "bad.example"),
        ("https://news.example@bad.example/", "bad.example"),
        ("https://a@news.example@bad.example", "bad.example"),
        ("https://bad.example?@news.example", "bad.example"),
        ("https://bad.example#@news.example", "bad.example"),
        ("https://[::1]/", "[::1]"),
    ],
)
def test_the_host_is_the_one_that_a_browser_asks(link, host):
    assert host_of(link) == host


def test_a_link_ends_before_the_sentence_and_before_a_backslash():
    text = "See (https://news.example/a). Or https://bad.example\\@news.example, or www.c.example!"
    assert links_in(text) == ["https://news.example/a", "https://bad.example", "www.c.example"]


def test_a_user_s_name_is_told():
    assert names_a_user("https://news.example@bad.example/")
    assert not names_a_user("https://news.example/@marta")


@pytest.mark.parametrize("written", ["News.example", "www.news.example", " news.example. "])
def test_hosts_are_compared_in_one_form(written):
    assert plain_host(written) == "news.example"


@pytest.mark.parametrize(
    ("host", "is_one"),
    [("news.example", True), ("xn--nws-qla.example", True), ("zürich.example", True)]
    + [(bad, False) for bad in ("", "news", "https://a.example", "a b.example", "a..b", "-a.b")],
)
def test_what_is_no_host_is_told(host, is_one):
    assert is_host(host) is is_one
