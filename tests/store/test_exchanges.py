"""Exchanges: a comment and its replies stay together, whatever their status."""

import pytest

from service.domain.comment import Status
from service.domain.thread import Order, thread_id
from service.domain.vote import Direction
from service.store.comments import comments, exchanges, intakes
from service.store.people import votes
from service.store.upkeep import repair
from tests.factories import ARTICLE, NOON, a_ballot, a_comment, a_verdict, an_intake

THREAD = thread_id(ARTICLE)


def published(record, parent=None, **changes):
    root = exchanges.root_of(record, parent.id) if parent else None
    comment = a_comment(parent=parent and parent.id, root=root, **changes)
    assert not intakes.accept(record, an_intake(comment)).faults
    comments.judge(record, comment, a_verdict(), now=NOON)
    return comments.get(record, comment.id)


def an_exchange(record):
    """Publish a comment, a reply to it, and a reply to that."""
    root = published(record)
    answer = published(record, root)
    return root, answer, published(record, answer)


def roots(record, order=Order.NEWEST):
    return exchanges.page(record, THREAD, order, limit=50)[0]


def answers(record, root):
    return exchanges.answers(record, [root.id], limit=50)[root.id]


def test_answers_to_answers_belong_to_one_exchange(record):
    root, answer, deeper = an_exchange(record)
    assert roots(record) == [root.id]
    assert answers(record, root) == ([answer.id, deeper.id], 2)


@pytest.mark.parametrize("order", list(Order))
def test_only_what_answers_nobody_is_in_the_list(record, order):
    first, *_ = an_exchange(record)
    second, *_ = an_exchange(record)
    votes.cast_vote(record, THREAD, second.id, "bob", Direction.UP, a_ballot())
    oldest = [first.id, second.id]
    assert roots(record, order) == (oldest if order is Order.OLDEST else oldest[::-1])


def test_a_removed_comment_keeps_its_place_while_answers_stand_under_it(record):
    root, answer, deeper = an_exchange(record)
    comments.change_status(record, root, Status.REMOVED, by="olga", now=NOON)
    assert roots(record) == [root.id]
    comments.change_status(record, answer, Status.REMOVED, by="olga", now=NOON)
    assert answers(record, root) == ([deeper.id], 1)
    comments.change_status(record, deeper, Status.REMOVED, by="olga", now=NOON)
    assert roots(record) == roots(record, Order.BEST) == []


def test_an_answer_that_is_let_stand_later_brings_the_place_back(record):
    root = published(record)
    waiting = a_comment(parent=root.id, root=root.id)
    intakes.accept(record, an_intake(waiting))
    comments.change_status(record, root, Status.REMOVED, by="olga", now=NOON)
    assert roots(record) == []
    comments.judge(record, waiting, a_verdict(), now=NOON)
    assert roots(record) == [root.id]


def test_what_is_published_at_once_is_in_the_list_at_once(record):
    root = a_comment(status=Status.APPROVED)
    answer = a_comment(status=Status.APPROVED, parent=root.id, root=root.id)
    for comment in (root, answer):
        intakes.accept(record, an_intake(comment))
    assert roots(record) == [root.id]
    assert answers(record, root) == ([answer.id], 1)


@pytest.mark.parametrize("order", list(Order))
def test_a_cursor_leads_to_the_page_that_begins_with_an_exchange(record, order):
    made = [published(record).id for _ in range(5)]
    votes.cast_vote(record, THREAD, made[2], "bob", Direction.UP, a_ballot())
    for wanted in made:
        cursor = exchanges.cursor_of(record, THREAD, order, wanted)
        page, _ = exchanges.page(record, THREAD, order, limit=1, cursor=cursor)
        assert page == [wanted]


def test_an_exchange_that_is_not_there_has_no_cursor(record):
    assert exchanges.cursor_of(record, THREAD, Order.NEWEST, "0" * 26) is None


def test_the_rest_of_the_answers_is_read_page_by_page(record):
    root = published(record)
    made = [published(record, root).id for _ in range(5)]
    first, count = exchanges.answers(record, [root.id], limit=2)[root.id]
    read, cursor = [], ""
    while True:
        page, cursor = exchanges.more_answers(record, root.id, limit=2, cursor=cursor)
        read += page
        if not cursor:
            break
    assert (first, count, read) == (made[:2], 5, made)


def test_an_answer_that_came_before_what_it_answers_finds_its_exchange(record):
    root, answer, deeper = an_exchange(record)
    record.redis.hset(record.keys.comment(deeper.id), "o", answer.id)
    record.redis.zrem(record.keys.answers(root.id), deeper.id)
    record.redis.zadd(record.keys.answers(answer.id), {deeper.id: 1})
    assert repair.mend(record, now=NOON)["root"] == 1
    assert answers(record, root)[0] == [answer.id, deeper.id]
    assert not record.redis.exists(record.keys.answers(answer.id))
    assert not repair.mend(record, now=NOON)
