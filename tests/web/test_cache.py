"""A cache keeps what many need within its room, whatever else is put there."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.web.http.cache import SegmentedCache


@pytest.fixture
def cache():
    return SegmentedCache(300)


def test_what_was_put_there_is_found_and_nothing_else(cache):
    cache.put("a", 1, 10)
    assert (cache.get("a"), cache.get("b")) == (1, None)


def test_what_was_asked_for_again_outlives_a_flood_of_what_was_not(cache):
    cache.put("hot", 1, 100)
    cache.get("hot")
    for number in range(1000):
        cache.put(f"cold {number}", number, 50)
    assert cache.get("hot") == 1


def test_a_flood_that_asks_twice_pushes_out_what_is_not_asked_for_meanwhile(cache):
    cache.put("hot", 1, 100)
    for number in range(1000):
        assert cache.get("hot") == 1
        cache.put(f"warm {number}", number, 50)
        cache.get(f"warm {number}")
    assert cache.size <= 300


def test_a_thing_replaces_the_one_before_it(cache):
    for size in (100, 50):
        cache.put("a", size, size)
    assert (cache.get("a"), cache.size, len(cache)) == (50, 50, 1)
    cache.put("a", 20, 20)
    assert (cache.get("a"), cache.size, len(cache)) == (20, 20, 1)


def test_what_is_larger_than_the_room_is_not_kept(cache):
    cache.put("a", 1, 301)
    assert (cache.get("a"), cache.size) == (None, 0)


@given(
    st.lists(
        st.tuples(st.sampled_from("abcdefgh"), st.one_of(st.none(), st.integers(1, 400))),
        max_size=60,
    )
)
def test_its_room_is_never_exceeded_and_its_size_is_that_of_its_things(moves):
    cache, sizes = SegmentedCache(300), {}
    for key, size in moves:
        if size is None:
            assert cache.get(key) in (None, sizes.get(key))
        else:
            cache.put(key, size, size)
            sizes[key] = size
        there = [
            kept
            for key in "abcdefgh"
            for part in (cache._front, cache._back)
            if (kept := part.get(key))
        ]
        assert cache.size == sum(size for _, size in there) <= 300
        assert cache._back_size == sum(size for _, size in cache._back.values()) <= 200
