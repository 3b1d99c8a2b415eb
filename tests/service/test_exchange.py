"""Reading conversations: pages of exchanges, further replies, permalinks."""

import pytest

from service.domain.comment import Status
from service.domain.errors import CommentNotFound, Invalid
from service.domain.thread import Order
from service.readers.exchange import FIRST_ANSWERS, find_position, read_answers, read_page
from service.store.comments import comments
from tests.factories import ARTICLE, NOON
from tests.store.test_exchanges import an_exchange, published


def read(core, news, order=Order.OLDEST, **more):
    return read_page(core, news, ARTICLE, order, **more)


def test_an_exchange_comes_with_its_first_answers(core, record, news):
    root = published(record)
    made = [published(record, root).id for _ in range(FIRST_ANSWERS + 2)]
    [exchange] = read(core, news).exchanges
    assert [answer.id for answer in exchange.answers] == made[:-2]
    assert exchange.left == 2


def test_all_answers_of_the_exchange_asked_for_come_along(core, record, news):
    root = published(record)
    made = [published(record, root).id for _ in range(FIRST_ANSWERS + 2)]
    [exchange] = read(core, news, whole=root.id).exchanges
    assert [answer.id for answer in exchange.answers] == made
    assert exchange.left == 0


def test_the_rest_of_the_answers_follows_page_by_page(core, record, news):
    root = published(record)
    made = [published(record, root).id for _ in range(3)]
    first = read_answers(core, news, root.id, limit=2)
    rest = read_answers(core, news, root.id, limit=2, cursor=first.next)
    assert [c.id for c in (*first.comments, *rest.comments)] == made
    assert not rest.next


def test_a_removed_comment_leaves_a_gap_above_its_answers(core, record, news):
    root, answer, deeper = an_exchange(record)
    comments.change_status(record, root, Status.REMOVED, by="olga", now=NOON)
    [exchange] = read(core, news).exchanges
    assert (exchange.root, exchange.comment) == (root.id, None)
    assert [one.id for one in exchange.answers] == [answer.id, deeper.id]


def test_pages_of_exchanges_add_up(core, record, news):
    made = [an_exchange(record)[0].id for _ in range(5)]
    seen, cursor = [], ""
    while True:
        page = read(core, news, limit=2, cursor=cursor)
        seen += [exchange.root for exchange in page.exchanges]
        if not (cursor := page.next):
            break
    assert seen == made


@pytest.mark.parametrize("order", list(Order))
def test_the_place_of_an_answer_is_the_page_that_begins_with_its_exchange(
    core, record, news, order
):
    made = [an_exchange(record) for _ in range(3)]
    root, _, deeper = made[1]
    place = find_position(core, news, ARTICLE, order, deeper.id)
    page = read(core, news, order, cursor=place.cursor)
    assert place.root == page.exchanges[0].root == root.id


@pytest.mark.parametrize("comment", ["", "nonsense", "0" * 26])
def test_what_is_not_there_has_no_place(core, news, comment):
    with pytest.raises(CommentNotFound):
        find_position(core, news, ARTICLE, Order.NEWEST, comment)


def test_what_was_removed_has_no_place(core, record, news):
    root = published(record)
    comments.change_status(record, root, Status.REMOVED, by="olga", now=NOON)
    with pytest.raises(CommentNotFound):
        find_position(core, news, ARTICLE, Order.NEWEST, root.id)


def test_another_sites_article_is_refused(core, news):
    with pytest.raises(Invalid):
        read_page(core, news, "https://elsewhere.example/", Order.NEWEST)
