"""The book of sites: what was read a moment ago is not read again."""

import pytest

from service.domain.errors import SiteNotFound
from service.domain.site import Site, Theme
from service.store.site import sites
from service.store.site.sites import GRACE, REMEMBERED, SiteBook

OLD = Site(name="news", origins=("https://news.example",))
NEW = Site(name="news", origins=("https://news.example",), theme=Theme.DARK)


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def book(redis, clock):
    sites.put(redis, OLD)
    return SiteBook(redis, clock)


def test_a_site_is_read_again_after_half_a_second(redis, book, clock):
    assert book.get("news") == OLD
    sites.put(redis, NEW)
    clock.now = REMEMBERED
    assert book.get("news") == OLD
    clock.now += 0.01
    assert book.get("news") == NEW


def test_a_site_that_is_gone_is_not_found(redis, book, clock):
    book.get("news")
    sites.remove(redis, "news")
    clock.now = REMEMBERED + 0.01
    with pytest.raises(SiteNotFound):
        book.get("news")


def test_nothing_is_known_of_a_site_that_was_not_read(book):
    assert book.known("news") is None
    book.get("news")
    assert book.known("news") == OLD


def test_the_first_to_ask_for_an_old_one_has_to_read_it_and_others_do_not_wait(redis, book, clock):
    book.get("news")
    for _ in range(2):
        clock.now += REMEMBERED + 0.01
        assert book.known("news") is None
        assert book.known("news") == OLD
        book.get("news")
        assert book.known("news") == OLD
    sites.put(redis, NEW)
    clock.now += REMEMBERED + GRACE + 0.01
    assert book.known("news") is None
    assert book.known("news") is None
    assert book.get("news") == NEW
    assert book.known("news") == NEW
