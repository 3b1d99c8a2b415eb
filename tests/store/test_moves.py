"""An article moves: its comments and votes go along, whatever happens at the same time."""

from datetime import timedelta

import pytest

from service.domain.comment import Status
from service.domain.thread import Order, Thread, thread_id
from service.domain.verdict import Outcome
from service.domain.vote import Direction
from service.store.comments import comments, exchanges, intakes, search, threads
from service.store.people import votes
from service.store.upkeep import moves, repair
from service.store.upkeep.moves import Begun
from tests.factories import NOON, a_ballot, a_comment, a_verdict, an_intake

NAMES = ("old", "new", "newer")
OLD, NEW, NEWER = (
    Thread(id=thread_id(url), url=url) for url in map("https://news.example/{}".format, NAMES)
)


@pytest.fixture
def write(record):
    """Store a comment under an article, and judge it."""

    def write(thread=OLD, outcome="approve", **changes):
        comment = a_comment(thread=thread.id, **changes)
        intakes.accept(record, an_intake(comment, thread=thread))
        if outcome:
            comments.judge(record, comment, a_verdict(Outcome(outcome)), now=NOON)
        return comments.get(record, comment.id)

    return write


def move(record, old=OLD, new=NEW):
    beginning = moves.begin(record, old, new, now=NOON)
    list(moves.advance(record, old.id))
    return beginning.how


def shown(record, thread, order=Order.OLDEST):
    return threads.page(record, thread.id, order, limit=100)[0]


def is_right(record):
    """Nothing that is derived from the comments differs from them."""
    return repair.mend(record, now=NOON) == {}


def test_comments_votes_and_exchanges_go_along(record, write):
    root = write()
    answer = write(parent=root.id, root=root.id)
    held, refused, waiting = write(outcome="hold"), write(outcome="reject"), write(outcome="")
    votes.cast_vote(record, OLD.id, answer.id, "bob", Direction.UP, a_ballot())
    threads.open_(record, OLD, now=NOON)
    for voter, way in {"bob": Direction.UP, "eve": Direction.DOWN}.items():
        votes.cast_article_vote(record, OLD.id, voter, way, a_ballot())
    assert move(record) is Begun.BEGUN
    assert shown(record, NEW) == [root.id, answer.id]
    assert shown(record, NEW, Order.BEST)[0] == answer.id
    assert exchanges.page(record, NEW.id, Order.NEWEST, limit=9)[0] == [root.id]
    assert not record.redis.exists(*(record.keys.thread_new(OLD.id), record.keys.votes(OLD.id)))
    for url in (OLD.url, NEW.url):
        found = threads.get(record, url)
        assert (found.id, found.url, found.comments, found.up, found.down) == (
            NEW.id, NEW.url, 2, 1, 1,
        )  # fmt: skip
    assert record.redis.zrange(record.keys.facet(f"thread:{NEW.id}"), 0, -1) == [held.id]
    assert not record.redis.exists(record.keys.facet(f"thread:{OLD.id}"))
    assert moves.unfinished(record) == []
    for late in (refused, waiting):
        assert threads.titles(record, [late.thread])[late.thread].url == NEW.url
        comments.change_status(record, late, Status.APPROVED, by="ines", now=NOON)
    assert len(shown(record, NEW)) == 4
    assert is_right(record)


def test_two_articles_become_one_and_a_double_voter_counts_once(record, write):
    first, second = write(NEW, created_at=NOON), write(OLD, created_at=NOON + timedelta(minutes=1))
    third = write(NEW, created_at=NOON + timedelta(minutes=2))
    for thread in (OLD, NEW):
        votes.cast_article_vote(record, thread.id, "bob", Direction.UP, a_ballot())
    votes.cast_article_vote(record, OLD.id, "eve", Direction.UP, a_ballot())
    move(record)
    assert shown(record, NEW) == [first.id, second.id, third.id]
    assert (threads.get(record, OLD.url).comments, threads.get(record, OLD.url).up) == (3, 2)
    assert is_right(record)


def test_a_chain_of_moves_leads_to_the_last_address(record, write):
    comment = write()
    move(record, OLD, NEW)
    move(record, NEW, NEWER)
    assert [threads.get(record, t.url).id for t in (OLD, NEW, NEWER)] == [NEWER.id] * 3
    assert shown(record, NEWER) == [comment.id]
    assert is_right(record)


def test_a_target_that_has_moved_itself_is_followed(record, write):
    comment = write()
    move(record, NEW, NEWER)
    move(record, OLD, NEW)
    assert shown(record, NEWER) == [comment.id]
    assert threads.get(record, OLD.url).url == NEWER.url


def test_an_article_may_move_back_and_nothing_goes_in_circles(record, write):
    comment = write()
    threads.open_(record, OLD, now=NOON)
    votes.cast_article_vote(record, OLD.id, "bob", Direction.UP, a_ballot())
    move(record, OLD, NEW)
    move(record, NEW, OLD)
    assert [threads.get(record, t.url).id for t in (OLD, NEW)] == [OLD.id] * 2
    assert (shown(record, OLD), threads.get(record, NEW.url).up) == ([comment.id], 1)
    assert is_right(record)


def test_moving_back_before_anything_was_taken_along_loses_nothing(record, write):
    comment = write()
    threads.open_(record, OLD, now=NOON)
    votes.cast_article_vote(record, OLD.id, "bob", Direction.UP, a_ballot())
    moves.begin(record, OLD, NEW, now=NOON)
    moves.begin(record, NEW, OLD, now=NOON)
    for thread in (OLD, NEW):
        list(moves.advance(record, thread.id))
    assert (shown(record, OLD), threads.get(record, NEW.url).up) == ([comment.id], 1)
    assert moves.unfinished(record) == []
    assert is_right(record)


def test_the_same_move_again_changes_nothing_and_another_one_is_refused(record, write):
    write()
    assert [move(record), move(record)] == [Begun.BEGUN, Begun.THERE]
    again = moves.begin(record, OLD, NEWER, now=NOON)
    assert (again.how, again.about) == (Begun.ELSEWHERE, NEW.url)


def test_a_move_that_was_cut_off_goes_on(record, write, monkeypatch):
    monkeypatch.setattr(moves, "BATCH", 2)
    written = [write().id for _ in range(7)]
    moves.begin(record, OLD, NEW, now=NOON)
    next(moves.advance(record, OLD.id))
    assert (len(shown(record, OLD)), len(shown(record, NEW))) == (5, 2)
    assert moves.unfinished(record) == [OLD.id]
    list(moves.advance(record, OLD.id))
    assert (shown(record, NEW), moves.unfinished(record)) == (written, [])
    assert is_right(record)


@pytest.mark.parametrize("outcome", ["approve", "hold", "reject"])
def test_what_comes_during_a_move_is_not_lost(record, write, outcome):
    root, waiting, held = write(), write(outcome=""), write(outcome="hold")
    moves.begin(record, OLD, NEW, now=NOON)
    # All of these were read before the move, and name the old thread.
    late = a_comment(thread=OLD.id, parent=root.id, root=root.id)
    assert not intakes.accept(record, an_intake(late, thread=OLD)).faults
    for comment in (waiting, late):
        comments.judge(record, comment, a_verdict(Outcome(outcome)), now=NOON)
    comments.change_status(record, held, Status.APPROVED, by="ines", now=NOON)
    comments.change_status(record, root, Status.REJECTED, by="ines", now=NOON)
    list(moves.advance(record, OLD.id))
    expected = {held.id} | ({waiting.id, late.id} if outcome == "approve" else set())
    assert set(shown(record, NEW)) == expected
    assert record.redis.zcard(record.keys.facet(f"thread:{NEW.id}")) == 2 * (outcome == "hold")
    assert comments.get(record, late.id).thread == NEW.id
    assert not record.redis.exists(record.keys.thread_new(OLD.id))
    assert is_right(record)


def test_a_vote_that_comes_just_when_the_article_moves_is_found_by_the_mending(record, write):
    write()
    move(record)
    votes.cast_article_vote(record, OLD.id, "late", Direction.UP, a_ballot())
    repair.mend(record, now=NOON)
    for thread in moves.unfinished(record):
        list(moves.advance(record, thread))
    assert threads.get(record, NEW.url).up == 1
    assert is_right(record)


def test_title_state_and_age_go_along_unless_the_new_article_has_its_own(record, write):
    from service.domain.thread_state import ThreadState

    threads.settle(record, OLD, title="Old", state=ThreadState.CLOSED, now=NOON)
    threads.settle(record, NEWER, title="Newer", now=NOON + timedelta(days=1))
    move(record, OLD, NEW)
    assert threads.get(record, OLD.url).title == "Old"
    assert threads.states(record, [OLD.id]) == {OLD.id: ThreadState.CLOSED}
    move(record, NEW, NEWER)
    assert threads.get(record, OLD.url).title == "Newer"
    assert threads.opened_at(record, NEWER.id) == NOON


def test_many_votes_go_in_batches(record, monkeypatch):
    monkeypatch.setattr(moves, "VOTES", 100)
    threads.open_(record, OLD, now=NOON)
    record.redis.hset(record.keys.votes(OLD.id), mapping={f"v{n}": "1" for n in range(1234)})
    move(record)
    assert threads.get(record, OLD.url).up == 1234
    assert is_right(record)


def test_search_in_the_old_article_finds_what_has_moved(record, write):
    comment = write(body="A lovely tram.")
    move(record)
    found, _ = search.find(record, "lovely", limit=9, thread=threads.get(record, OLD.url).id)
    assert [match.id for match in found] == [comment.id]


def test_a_crowd_that_writes_and_votes_during_moves_to_and_fro_loses_nothing(record, write):
    from concurrent.futures import ThreadPoolExecutor
    from threading import Event

    before, over = [write().id for _ in range(150)], Event()

    def talk(number):
        written = []
        while not over.is_set() or len(written) < 5:
            # As a reader who still has the old page.
            comment = a_comment(thread=OLD.id)
            intakes.accept(record, an_intake(comment, thread=OLD))
            comments.judge(record, comment, a_verdict(), now=NOON)
            stored = comments.get(record, comment.id)
            votes.cast_vote(
                record, stored.thread, stored.id, f"reader {number}", Direction.UP, a_ballot()
            )
            written.append(comment.id)
        return written

    with ThreadPoolExecutor(4) as crowd:
        talks = [crowd.submit(talk, number) for number in range(4)]
        for old, new in ((OLD, NEW), (NEW, NEWER), (NEWER, OLD), (OLD, NEW)):
            move(record, old, new)
        over.set()
        written = {id_ for each in talks for id_ in each.result()}
    found, cursor = set(), ""
    while True:
        ids, cursor = threads.page(record, NEW.id, Order.OLDEST, limit=100, cursor=cursor)
        found |= set(ids)
        if not cursor:
            break
    assert found == {*before, *written}
    # A vote may be cast on a comment just when it moves: its place by votes is mended then.
    assert set(repair.mend(record, now=NOON)) <= {"best", "exchange"}
    assert is_right(record)
