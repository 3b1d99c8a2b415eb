"""The store and a model in plain Python agree after any actions in any order."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from service.domain.comment import TRANSITIONS, Status
from service.domain.errors import NotFlaggable, NotVotable, StaleStatus
from service.domain.flag import Flag, FlagReason
from service.domain.moments import to_ms
from service.domain.thread import Order, Thread, thread_id
from service.domain.verdict import Outcome
from service.domain.vote import Direction, Tally
from service.store.comments import comments, door, exchanges, intakes, threads, unjudged
from service.store.comments.door import Move
from service.store.desk import claims
from service.store.people import flags, votes
from service.store.server import schema
from tests.chaos import invariants
from tests.factories import NOON, a_ballot, a_comment, a_verdict, an_intake
from tests.properties.comment_model import FINDINGS, CommentModel, exchanges_in, tally

SITE = "news"
ARTICLES = [Thread(id=thread_id(url), url=url) for url in ("https://n.example/a", "https://n.e/b")]
PEOPLE = ("ann", "ben", "cleo")
ANY = st.integers(0, 1000)
MEMORY = 3


class StoreMachine(RuleBasedStateMachine):
    def __init__(self, core):
        super().__init__()
        self.core, self.record = core, core.at(SITE)
        self.now, self.known, self.used, self.article_votes = NOON, [], {}, {}
        self.read, self.undoable = [], []

    @initialize()
    def begin(self):
        self.record.redis.flushdb()
        schema.ensure(self.record.redis)

    @rule(seconds=st.sampled_from([1, 5, 19, 21]))
    def time_passes(self, seconds):
        self.now += timedelta(seconds=seconds)

    @rule(
        author=st.sampled_from(PEOPLE),
        article=st.sampled_from(ARTICLES),
        key=st.sampled_from(["", "k1", "k2", "k3"]),
        at_once=st.booleans(),
        parent=st.sampled_from([None, None, None, 0, 1, 2]),
    )
    def accept(self, author, article, key, at_once, parent):
        answered = self._pick(parent) if parent is not None and self.known else None
        comment = a_comment(
            created_at=self._tick(),
            author=author,
            thread=article.id,
            status=Status.APPROVED if at_once else Status.PENDING,
            parent=answered and answered.id,
            root=answered and exchanges.root_of(self.record, answered.id),
        )
        intake = an_intake(comment, thread=article, idempotency=key, fingerprint="f")
        accepted = intakes.accept(self.record, intake)
        if key in self.used:
            assert (accepted.repeated, accepted.id) == (True, self.used[key])
            return
        here = (Status.APPROVED, article.id)
        if answered and (answered.status, answered.thread) != here:
            assert [fault.field for fault in accepted.faults] == ["parent"]
            return
        assert (accepted.id, accepted.faults) == (comment.id, ())
        if key:
            self.used[key] = comment.id
        model = CommentModel(comment.id, article.id, author, comment.body, comment.status)
        model.root = (answered.root or answered.id) if answered else None
        model.due = to_ms(self.now)
        self.known.append(model)

    @rule(limit=st.integers(1, 4))
    def claim_a_batch(self, limit):
        waiting = [m for m in self.known if m.due is not None and m.due <= to_ms(self.now)]
        batch = []
        for model in sorted(waiting, key=lambda m: (m.due, m.id))[:limit]:
            # A comment that was claimed before and not judged comes alone.
            if model.tries and batch:
                break
            batch.append(model)
            if model.tries:
                break
        for model in batch:
            model.due, model.tries = to_ms(self.now + unjudged.LEASE), model.tries + 1
        claimed = unjudged.claim(self.record, limit=limit, now=self.now)
        assert claimed == [(m.id, m.tries) for m in batch]

    @precondition(lambda self: self.known)
    @rule(which=ANY)
    def read_one(self, which):
        """Somebody reads a comment, and will act on that state, perhaps much later."""
        model = self._pick(which)
        self.read.append((model, comments.get(self.record, model.id)))
        del self.read[:-MEMORY]

    @precondition(lambda self: self.read)
    @rule(which=ANY, outcome=st.sampled_from(Outcome), findings=st.sampled_from(FINDINGS))
    def judge(self, which, outcome, findings):
        model, seen = self.read[which % len(self.read)]
        fits = model.is_still(seen)
        verdict = replace(a_verdict(outcome), **findings)
        moved = self._attempt(comments.judge, seen, verdict)
        assert moved is (fits and model.due is not None)
        if moved:
            model.moves_to(outcome.status, self.now)

    @precondition(lambda self: self.read)
    @rule(which=ANY, status=st.sampled_from([s for s in Status if s is not Status.PENDING]))
    def decide(self, which, status):
        model, seen = self.read[which % len(self.read)]
        moved = self._attempt(comments.change_status, seen, status, by="olga")
        assert moved is (model.is_still(seen) and status in TRANSITIONS[seen.status])
        if moved:
            model.moves_to(status, self.now)

    @precondition(lambda self: self.read)
    @rule(which=ANY)
    def keep(self, which):
        """A moderator answers the flags on a published comment, which stays visible."""
        model, seen = self.read[which % len(self.read)]
        if seen.status is not Status.APPROVED:
            return
        move = Move(seen, seen.status, by="olga", now=self.now, answered=str(to_ms(self.now)))
        moved = door.carry_out_many(self.record, [move])[0]
        assert bool(moved) is model.is_still(seen)
        if moved:
            self._remember(model, seen.status, moved)
            model.answered = to_ms(self.now)
            model.moves_to(Status.APPROVED, self.now)

    @precondition(lambda self: self.read)
    @rule(which=ANY, status=st.sampled_from([Status.APPROVED, Status.REJECTED, Status.REMOVED]))
    def decide_for_a_while(self, which, status):
        """A moderator decides, and may undo it."""
        model, seen = self.read[which % len(self.read)]
        if status not in TRANSITIONS[seen.status]:
            return
        before = model.answered
        move = Move(seen, status, by="olga", now=self.now)
        moved = door.carry_out_many(self.record, [move])[0]
        assert bool(moved) is model.is_still(seen)
        if moved:
            assert int(moved.answered or 0) == before
            self._remember(model, seen.status, moved)
            model.moves_to(status, self.now)

    @precondition(lambda self: self.undoable)
    @rule(which=ANY)
    def take_back(self, which):
        model, status, moved = self.undoable.pop(which % len(self.undoable))
        seen = comments.get(self.record, model.id)
        back = Move(seen, status, by="olga", now=self.now, entry=moved.entry)
        back = replace(back, answered=moved.answered or "0")
        is_last = seen.last_entry == moved.entry
        assert bool(door.carry_out_many(self.record, [back])[0]) is is_last
        if is_last:
            model.moves_to(status, self.now)
            model.answered = int(moved.answered or 0)
            if status is Status.PENDING:
                model.due = to_ms(self.now)

    def _remember(self, model, status, moved):
        self.undoable.append((model, status, moved))
        del self.undoable[:-MEMORY]

    @precondition(lambda self: self.read)
    @rule(which=ANY)
    def edit(self, which):
        model, seen = self.read[which % len(self.read)]
        text = f"{seen.body} And more."
        moved = self._attempt(comments.change_status, seen, Status.PENDING, by="author", text=text)
        editable = seen.status is Status.PENDING or Status.PENDING in TRANSITIONS[seen.status]
        assert moved is (model.is_still(seen) and editable)
        if moved:
            model.moves_to(Status.PENDING, self.now)
            model.body, model.revision = text, model.revision + 1
            model.due, model.tries = to_ms(self.now), 0

    @precondition(lambda self: self.known)
    @rule(which=ANY, voter=st.sampled_from(PEOPLE), way=st.sampled_from(Direction))
    def vote(self, which, voter, way):
        model = self._pick(which)
        if model.status is not Status.APPROVED or model.author == voter:
            with pytest.raises(NotVotable):
                votes.cast_vote(self.record, model.thread, model.id, voter, way, a_ballot())
            return
        model.votes[voter] = way
        answer = votes.cast_vote(self.record, model.thread, model.id, voter, way, a_ballot())
        assert answer == tally(model.votes)

    @rule(
        article=st.sampled_from(ARTICLES),
        voter=st.sampled_from(PEOPLE),
        way=st.sampled_from(Direction),
    )
    def vote_on_an_article(self, article, voter, way):
        threads.open_(self.record, article, now=self.now)
        cast = self.article_votes.setdefault(article.url, {})
        cast[voter] = way
        answer = votes.cast_article_vote(self.record, article.id, voter, way, a_ballot())
        assert answer == tally(cast)

    @precondition(lambda self: self.known)
    @rule(which=ANY, reader=st.sampled_from(PEOPLE))
    def flag(self, which, reader):
        model = self._pick(which)
        raised = Flag(reader=reader, reason=FlagReason.SPAM, note="so it is", at=self.now)
        if model.status is not Status.APPROVED:
            with pytest.raises(NotFlaggable):
                flags.raise_flag(self.record, model.id, raised)
            return
        model.flags[reader] = to_ms(self.now)
        count = flags.raise_flag(self.record, model.id, raised)
        assert count == model.open_flags

    @precondition(lambda self: self.known)
    @rule(which=ANY, moderator=st.sampled_from(["olga", "ugo"]))
    def claim(self, which, moderator):
        model = self._pick(which)
        model.claimed_by = model.claimed_by or moderator
        assert claims.take(self.record, model.id, moderator, now=self.now) == model.claimed_by

    @invariant()
    def both_agree(self):
        ids = [model.id for model in self.known]
        for model, comment in zip(self.known, comments.get_many(self.record, ids), strict=True):
            expected = (model.status, model.body, model.revision, tally(model.votes))
            stored = (
                comment.status,
                comment.body,
                comment.revision,
                Tally(comment.up, comment.down),
            )
            assert stored == expected
        for article in ARTICLES:
            assert self._shown(article) == exchanges_in(article, self.known)
        due = {m.id: m.due for m in self.known if m.due is not None}
        assert (
            dict(self.record.redis.zrange(self.record.keys.unjudged(), 0, -1, withscores=True))
            == due
        )
        tries = {m.id: str(m.tries) for m in self.known if m.tries}
        assert self.record.redis.hgetall(self.record.keys.tries()) == tries
        flagged = {m.id for m in self.known if m.status is Status.APPROVED and m.open_flags}
        assert set(self.record.redis.zrange(self.record.keys.flagged(), 0, -1)) == flagged

    @invariant()
    def the_record_is_whole(self):
        assert invariants.broken(self.core, SITE) == []

    def _shown(self, article):
        """Read the exchanges of an article as readers do."""
        page = exchanges.page(self.record, article.id, Order.OLDEST, limit=100)[0]
        answers = exchanges.answers(self.record, page, limit=100)
        return {root: answers[root][0] for root in page}

    def _pick(self, which):
        return self.known[which % len(self.known)]

    def _tick(self):
        self.now += timedelta(milliseconds=1)
        return self.now

    def _attempt(self, act, *what, **more):
        try:
            act(self.record, *what, **more, now=self.now)
        except StaleStatus:
            return False
        return True


def test_the_store_does_what_the_model_does(core):
    run_state_machine_as_test(
        lambda: StoreMachine(core),
        settings=settings(
            stateful_step_count=40,
            suppress_health_check=list(HealthCheck),
        ),
    )
