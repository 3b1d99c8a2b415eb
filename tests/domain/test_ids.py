"""Ids sort by time and contain it."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from service.domain.ids import is_id, made_at, new_id

MOMENTS = st.datetimes(datetime(1970, 1, 2), datetime(2500, 1, 1)).map(
    lambda moment: moment.replace(microsecond=moment.microsecond // 1000 * 1000, tzinfo=UTC)
)
RANDOM = st.binary(min_size=10, max_size=10)


@given(MOMENTS, RANDOM)
def test_an_id_tells_when_it_was_made(moment, random):
    made = new_id(moment, random)
    assert is_id(made)
    assert made_at(made) == moment


@given(MOMENTS, RANDOM, MOMENTS, RANDOM)
def test_ids_sort_by_time(first, a, second, b):
    if first < second:
        assert new_id(first, a) < new_id(second, b)


def test_an_id_of_a_time_that_no_date_can_hold_is_none():
    last = new_id(datetime(9999, 12, 31, 23, 59, 59, 999000, UTC), b"\xff" * 10)
    assert is_id(last)
    assert made_at(last).year == 9999
    assert not is_id("76ez920000" + "0" * 16)
    assert not is_id("z" * 26)


def test_nothing_else_is_an_id():
    for text in ("", "u" * 26, "0" * 25, "0" * 27, "0" * 25 + "\n", "0" * 25 + ":", "A" * 26):
        assert not is_id(text)
