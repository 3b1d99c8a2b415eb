"""A shelf keeps what many need within its room, whatever else is put there."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.web.http.shelf import Shelf


@pytest.fixture
def shelf():
    return Shelf(300)


def test_what_was_put_there_is_found_and_nothing_else(shelf):
    shelf.put("a", 1, 10)
    assert (shelf.get("a"), shelf.get("b")) == (1, None)


def test_what_was_asked_for_again_outlives_a_flood_of_what_was_not(shelf):
    shelf.put("hot", 1, 100)
    shelf.get("hot")
    for number in range(1000):
        shelf.put(f"cold {number}", number, 50)
    assert shelf.get("hot") == 1


def test_a_flood_that_asks_twice_pushes_out_what_is_not_asked_for_meanwhile(shelf):
    shelf.put("hot", 1, 100)
    for number in range(1000):
        assert shelf.get("hot") == 1
        shelf.put(f"warm {number}", number, 50)
        shelf.get(f"warm {number}")
    assert shelf.size <= 300


def test_a_thing_replaces_the_one_before_it(shelf):
    for size in (100, 50):
        shelf.put("a", size, size)
    assert (shelf.get("a"), shelf.size, len(shelf)) == (50, 50, 1)
    shelf.put("a", 20, 20)
    assert (shelf.get("a"), shelf.size, len(shelf)) == (20, 20, 1)


def test_what_is_larger_than_the_room_is_not_kept(shelf):
    shelf.put("a", 1, 301)
    assert (shelf.get("a"), shelf.size) == (None, 0)


@given(
    st.lists(
        st.tuples(st.sampled_from("abcdefgh"), st.one_of(st.none(), st.integers(1, 400))),
        max_size=60,
    )
)
def test_its_room_is_never_exceeded_and_its_size_is_that_of_its_things(moves):
    shelf, sizes = Shelf(300), {}
    for key, size in moves:
        if size is None:
            assert shelf.get(key) in (None, sizes.get(key))
        else:
            shelf.put(key, size, size)
            sizes[key] = size
        there = [
            kept
            for key in "abcdefgh"
            for part in (shelf._front, shelf._back)
            if (kept := part.get(key))
        ]
        assert shelf.size == sum(size for _, size in there) <= 300
        assert shelf._back_size == sum(size for _, size in shelf._back.values()) <= 200
