"""The tally always matches the votes."""

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from service.domain.errors import CommentNotFound, NotVotable
from service.domain.thread import Order, thread_id
from service.domain.vote import Direction, OwnVote, Tally
from service.store.comments import comments, intakes, threads
from service.store.people import votes
from tests.factories import ARTICLE, NOON, a_ballot, a_comment, a_verdict, an_intake

VOTERS = st.sampled_from(["bob", "cai", "dee"])
THREAD = thread_id(ARTICLE)


@pytest.fixture
def approved(record):
    comment = a_comment()
    intakes.accept(record, an_intake(comment))
    comments.judge(record, comment, a_verdict(), now=NOON)
    return comment


def test_the_tally_follows_the_votes(record):
    class Voting(RuleBasedStateMachine):
        def __init__(self):
            super().__init__()
            record.redis.flushdb()
            self.comment = a_comment()
            intakes.accept(record, an_intake(self.comment))
            comments.judge(record, self.comment, a_verdict(), now=NOON)
            self.on_comment, self.on_article = {}, {}

        @rule(voter=VOTERS, direction=st.sampled_from(Direction))
        def vote(self, voter, direction):
            self.on_comment[voter] = direction
            tally = votes.cast_vote(record, THREAD, self.comment.id, voter, direction, a_ballot())
            assert tally == expected(self.on_comment)

        @rule(voter=VOTERS, direction=st.sampled_from(Direction))
        def vote_on_article(self, voter, direction):
            self.on_article[voter] = direction
            tally = votes.cast_article_vote(record, THREAD, voter, direction, a_ballot())
            assert tally == expected(self.on_article)

        @invariant()
        def the_hashes_hold_only_votes_in_force(self):
            for target, model in ((self.comment.id, self.on_comment), (THREAD, self.on_article)):
                in_force = {voter: str(int(way)) for voter, way in model.items() if way}
                assert record.redis.hgetall(record.keys.votes(target)) == in_force

    def expected(model):
        cast = list(model.values())
        return Tally(up=cast.count(Direction.UP), down=cast.count(Direction.DOWN))

    run_state_machine_as_test(Voting, settings=settings(max_examples=30, deadline=None))


def test_the_author_does_not_vote_for_himself(record, approved):
    with pytest.raises(NotVotable):
        votes.cast_vote(record, THREAD, approved.id, approved.author, Direction.UP, a_ballot())


def test_what_readers_cannot_see_takes_no_votes(record):
    comment = a_comment()
    intakes.accept(record, an_intake(comment))
    with pytest.raises(NotVotable):
        votes.cast_vote(record, THREAD, comment.id, "bob", Direction.UP, a_ballot())
    with pytest.raises(CommentNotFound):
        votes.cast_vote(record, THREAD, "0" * 26, "bob", Direction.UP, a_ballot())


def test_the_best_come_first(record, approved):
    liked = a_comment()
    intakes.accept(record, an_intake(liked))
    comments.judge(record, liked, a_verdict(), now=NOON)
    for voter in ("bob", "cai"):
        votes.cast_vote(record, THREAD, liked.id, voter, Direction.UP, a_ballot())
    votes.cast_vote(record, THREAD, approved.id, "bob", Direction.DOWN, a_ballot())
    page, _ = threads.page(record, THREAD, Order.BEST, limit=9)
    assert page == [liked.id, approved.id]


def test_a_readers_own_votes_are_told(record, approved):
    votes.cast_vote(record, THREAD, approved.id, "bob", Direction.DOWN, a_ballot())
    mine = votes.of_voter(record, [approved.id, THREAD], "bob")
    assert mine == {approved.id: OwnVote(Direction.DOWN)}
