"""Exchanges: what was answered stays with its answers, whatever becomes of either."""

import pytest

from service.domain.comment import Status
from service.domain.thread import thread_id
from service.domain.vote import Direction
from service.store.comments import comments, exchanges, intakes
from service.store.comments.threads import Order
from service.store.people import votes
from service.store.upkeep import repair
from tests.factories import ARTICLE, NOON, a_comment, a_verdict, an_intake

THREAD = thread_id(ARTICLE)


def published(redis, keys, parent=None, **changes):
    root = exchanges.root_of(redis, keys, parent.id) if parent else None
    comment = a_comment(parent=parent and parent.id, root=root, **changes)
    assert not intakes.accept(redis, keys, an_intake(comment)).faults
    comments.judge(redis, keys, comment, a_verdict(), now=NOON)
    return comments.get(redis, keys, comment.id)


def an_exchange(redis, keys):
    """Publish a comment, an answer to it, and an answer to that."""
    root = published(redis, keys)
    answer = published(redis, keys, root)
    return root, answer, published(redis, keys, answer)


def roots(redis, keys, order=Order.NEWEST):
    return exchanges.page(redis, keys, THREAD, order, limit=50)[0]


def answers(redis, keys, root):
    return exchanges.answers(redis, keys, [root.id], limit=50)[root.id]


def test_answers_to_answers_belong_to_one_exchange(redis, keys):
    root, answer, deeper = an_exchange(redis, keys)
    assert roots(redis, keys) == [root.id]
    assert answers(redis, keys, root) == ([answer.id, deeper.id], 2)


@pytest.mark.parametrize("order", list(Order))
def test_only_what_answers_nobody_is_in_the_list(redis, keys, order):
    first, *_ = an_exchange(redis, keys)
    second, *_ = an_exchange(redis, keys)
    votes.cast_vote(redis, keys, THREAD, second.id, "bob", Direction.UP)
    oldest = [first.id, second.id]
    assert roots(redis, keys, order) == (oldest if order is Order.OLDEST else oldest[::-1])


def test_a_removed_comment_keeps_its_place_while_answers_stand_under_it(redis, keys):
    root, answer, deeper = an_exchange(redis, keys)
    comments.change_status(redis, keys, root, Status.REMOVED, by="olga", now=NOON)
    assert roots(redis, keys) == [root.id]
    comments.change_status(redis, keys, answer, Status.REMOVED, by="olga", now=NOON)
    assert answers(redis, keys, root) == ([deeper.id], 1)
    comments.change_status(redis, keys, deeper, Status.REMOVED, by="olga", now=NOON)
    assert roots(redis, keys) == roots(redis, keys, Order.BEST) == []


def test_an_answer_that_is_let_stand_later_brings_the_place_back(redis, keys):
    root = published(redis, keys)
    waiting = a_comment(parent=root.id, root=root.id)
    intakes.accept(redis, keys, an_intake(waiting))
    comments.change_status(redis, keys, root, Status.REMOVED, by="olga", now=NOON)
    assert roots(redis, keys) == []
    comments.judge(redis, keys, waiting, a_verdict(), now=NOON)
    assert roots(redis, keys) == [root.id]


def test_what_is_published_at_once_is_in_the_list_at_once(redis, keys):
    root = a_comment(status=Status.APPROVED)
    answer = a_comment(status=Status.APPROVED, parent=root.id, root=root.id)
    for comment in (root, answer):
        intakes.accept(redis, keys, an_intake(comment))
    assert roots(redis, keys) == [root.id]
    assert answers(redis, keys, root) == ([answer.id], 1)


@pytest.mark.parametrize("order", list(Order))
def test_a_cursor_leads_to_the_page_that_begins_with_an_exchange(redis, keys, order):
    made = [published(redis, keys).id for _ in range(5)]
    votes.cast_vote(redis, keys, THREAD, made[2], "bob", Direction.UP)
    for wanted in made:
        cursor = exchanges.cursor_of(redis, keys, THREAD, order, wanted)
        page, _ = exchanges.page(redis, keys, THREAD, order, limit=1, cursor=cursor)
        assert page == [wanted]


def test_an_exchange_that_is_not_there_has_no_cursor(redis, keys):
    assert exchanges.cursor_of(redis, keys, THREAD, Order.NEWEST, "0" * 26) is None


def test_the_rest_of_the_answers_is_read_page_by_page(redis, keys):
    root = published(redis, keys)
    made = [published(redis, keys, root).id for _ in range(5)]
    first, count = exchanges.answers(redis, keys, [root.id], limit=2)[root.id]
    read, cursor = [], ""
    while True:
        page, cursor = exchanges.more_answers(redis, keys, root.id, limit=2, cursor=cursor)
        read += page
        if not cursor:
            break
    assert (first, count, read) == (made[:2], 5, made)


def test_an_answer_that_came_before_what_it_answers_finds_its_exchange(redis, keys):
    root, answer, deeper = an_exchange(redis, keys)
    redis.hset(keys.comment(deeper.id), "o", answer.id)
    redis.zrem(keys.answers(root.id), deeper.id)
    redis.zadd(keys.answers(answer.id), {deeper.id: 1})
    assert repair.mend(redis, keys, now=NOON)["root"] == 1
    assert answers(redis, keys, root)[0] == [answer.id, deeper.id]
    assert not redis.exists(keys.answers(answer.id))
    assert not repair.mend(redis, keys, now=NOON)
