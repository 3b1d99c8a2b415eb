"""Pages of a thread: every comment once, in order, for any page size."""

import pytest

from service.domain.comment import Status
from service.domain.thread import Order, thread_id
from service.store.comments import comments, intakes, threads
from tests.factories import ARTICLE, NOON, a_comment, a_verdict, an_intake

THREAD = thread_id(ARTICLE)


@pytest.fixture
def seven(record):
    # Pairs share a millisecond, so that ties are tested too.
    made = [a_comment(created_at=NOON.replace(second=i // 2)) for i in range(7)]
    for comment in made:
        intakes.accept(record, an_intake(comment))
        comments.judge(record, comment, a_verdict(), now=NOON)
    return sorted(comment.id for comment in made)


@pytest.mark.parametrize("order", list(Order))
@pytest.mark.parametrize("size", [1, 2, 3, 7, 50])
def test_pages_add_up(record, seven, order, size):
    read, cursor = [], ""
    while True:
        page, cursor = threads.page(record, THREAD, order, limit=size, cursor=cursor)
        read += page
        if not cursor:
            break
    assert read == (seven if order is Order.OLDEST else seven[::-1])


@pytest.mark.parametrize("order", list(Order))
def test_a_page_goes_on_where_the_last_one_ended_though_that_one_has_gone(record, seven, order):
    first, cursor = threads.page(record, THREAD, order, limit=3)
    gone = comments.get(record, first[-1])
    comments.change_status(record, gone, Status.REMOVED, by="olga", now=NOON)
    rest, _ = threads.page(record, THREAD, order, limit=50, cursor=cursor)
    assert sorted(first + rest) == seven


@pytest.mark.parametrize(
    "cursor",
    ["x", "~", "nan~1", "inf~", "1e999~0", "-1~zz", "💥", "1_0~x", "٣~x", "infinity~x", " 1~x"],
)
def test_a_cursor_of_somebody_elses_making_does_no_harm(record, seven, cursor):
    page, _ = threads.page(record, THREAD, Order.NEWEST, limit=50, cursor=cursor)
    assert set(page) <= set(seven)


def test_counts_are_told_in_the_order_asked(record, seven):
    unknown = "https://news.example/other"
    articles = threads.get_many(record, [unknown, ARTICLE])
    assert [(t.url, t.comments) for t in articles] == [(unknown, 0), (ARTICLE, 7)]
