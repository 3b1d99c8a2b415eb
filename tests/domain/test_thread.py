"""An article has one address, no matter how readers reached it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.domain.thread import canonical_url, origin_of, thread_id


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("https://News.Example/a", "https://news.example/a"),
        ("https://news.example", "https://news.example/"),
        ("https://news.example:443/a#comments", "https://news.example/a"),
        ("http://news.example:8080/a", "http://news.example:8080/a"),
        ("https://news.example/a?utm_source=x&id=3&fbclid=y", "https://news.example/a?id=3"),
        ("https://news.example/a?id=3&b=%20", "https://news.example/a?id=3&b=%20"),
        ("https://zeitung.münchen.example/a", "https://zeitung.xn--mnchen-3ya.example/a"),
        ("http://[::1]:8000/a", "http://[::1]:8000/a"),
    ],
)
def test_an_address_is_reduced(url, canonical):
    assert canonical_url(url) == canonical
    assert canonical_url(canonical) == canonical


@pytest.mark.parametrize(
    "url",
    [
        "",
        "news.example/a",
        "/a",
        "javascript:alert(1)",
        "ftp://news.example/a",
        "https:///a",
        "https://user:pass@news.example/",
        "https://news.example/a b",
        "https://news.example\\@evil.example/",
        "https://news.example:99999/",
        "https://news.example/" + "a" * 3000,
    ],
)
def test_anything_else_is_refused(url):
    with pytest.raises(ValueError, match=r"not an? |out of range"):
        canonical_url(url)


def test_an_origin_is_scheme_host_and_port():
    assert origin_of("https://News.example:8443/a/b?c") == "https://news.example:8443"


@given(st.text(max_size=60))
def test_rubbish_is_refused_or_reduced_and_nothing_else(rubbish):
    for url in (rubbish, f"https://{rubbish}", f"https://news.example/{rubbish}"):
        try:
            address = canonical_url(url)
        except ValueError:
            continue
        assert canonical_url(address) == address
        assert len(thread_id(address)) == 20
