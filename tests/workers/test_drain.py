"""From the doorbell to the verdict, with a real store, a real RQ worker and the real classifier."""

from dataclasses import replace
from datetime import timedelta

import pytest
from rq.serializers import JSONSerializer

from service import dispatch
from service.domain.comment import Status
from service.scoring import Scorers
from service.store.comments import comments, history, intakes, search, unjudged
from tests.factories import NOON, a_comment, an_intake
from workers import jobs, maintenance, runtime
from workers.runtime import Runtime
from workers.worker import DrainWorker


@pytest.fixture(scope="session")
def scorers():
    return Scorers()


@pytest.fixture
def queue(store_socket, redis):
    from service.store.server import connection

    with connection.open_queue(f"unix://{store_socket}") as client:
        yield dispatch.open_queue(client)


@pytest.fixture
def here(core, queue, scorers, news):
    built = Runtime(core=replace(core, ring=dispatch.bell(queue)), scorers=scorers)
    runtime.install(built)
    return built


@pytest.fixture
def work(queue):
    def work():
        worker = DrainWorker([queue], connection=queue.connection, serializer=JSONSerializer)
        worker.work(burst=True, logging_level="ERROR")

    return work


@pytest.fixture
def submit(record, here):
    def submit(body="What a lovely tram that is.", **changes):
        now = here.core.now()
        comment = a_comment(body=body, created_at=now, **changes)
        if intakes.accept(record, an_intake(comment)).ring:
            here.core.ring("news")
        return comment.id

    return submit


def status(record, id_):
    return comments.get(record, id_).status


def test_a_kind_comment_is_published_and_found(record, submit, work):
    id_ = submit()
    work()
    assert status(record, id_) is Status.APPROVED
    assert [c.id for c in search.find(record, "lovely", limit=9)[0]] == [id_]


def test_an_insult_is_not_published(record, submit, work):
    id_ = submit("You are a stupid idiot and everybody here hates you, moron.")
    work()
    assert status(record, id_) in (Status.HELD, Status.REJECTED)
    judged = comments.get(record, id_)
    assert judged.scores["TOXICITY"] > 0.5
    assert judged.reasons


@pytest.fixture
def edit(record):
    """Edit a comment as its author, so that a worker judges it again."""

    def edit(id_, body="What a lovely tram that is, indeed."):
        comment = comments.get(record, id_)
        how = {"by": "author", "why": "edited", "text": body, "now": NOON}
        comments.change_status(record, comment, Status.PENDING, **how)

    return edit


def hold(record, id_, by):
    comment = comments.get(record, id_)
    comments.change_status(record, comment, Status.HELD, by=by, now=NOON)


@pytest.mark.parametrize("by", ["flags", "ines"])
def test_an_edit_does_not_publish_what_others_had_held(record, submit, work, edit, by):
    id_ = submit()
    work()
    hold(record, id_, by)
    for _ in range(2):
        edit(id_)
        jobs.drain("news")
        judged = comments.get(record, id_)
        assert (judged.status, judged.reasons) == (Status.HELD, ("reopened/held-before",))


def test_an_edit_publishes_what_the_machine_held_or_a_person_let_stand(record, submit, work, edit):
    rude, kind = submit("You are a stupid idiot, moron."), submit()
    work()
    assert status(record, rude) is not Status.APPROVED
    if status(record, rude) is Status.HELD:
        edit(rude)
    hold(record, kind, "flags")
    held = comments.get(record, kind)
    comments.change_status(record, held, Status.APPROVED, by="ines", now=NOON)
    edit(kind, "What a lovely tram, I still say.")
    jobs.drain("news")
    assert status(record, kind) is Status.APPROVED


def test_many_comments_need_one_bell(record, submit, work, queue):
    ids = [submit(f"What a lovely tram, says number {i}.") for i in range(150)]
    assert queue.count == 1
    work()
    assert unjudged.count(record) == 0
    assert all(status(record, id_) is not Status.PENDING for id_ in ids)


@pytest.fixture
def meanwhile(here, queue, submit):
    """Drain without other jobs, while one more comment is sent during the first scoring."""

    def meanwhile():
        sent = iter([submit])
        queue.empty()

        scorer = here.scorers.of()

        class Interrupted:
            model, language = scorer.model, scorer.language
            naming_none = scorer.naming_none

            def of(self, site):
                return self

            def hurrying(self):
                return self

            def read(self, texts, languages=()):
                for send in sent:
                    came.append(send("Another lovely tram."))
                return scorer.read(texts, languages)

        came = []
        runtime.install(replace(here, scorers=Interrupted()))
        jobs.drain("news")
        return came[0]

    return meanwhile


def test_what_comes_while_a_worker_is_there_calls_no_other(record, submit, meanwhile, queue):
    submit()
    assert status(record, meanwhile()) is Status.APPROVED
    assert queue.count == 0
    submit()
    assert queue.count == 1, "nobody is there any more"


def test_a_full_batch_lets_others_be_called(submit, meanwhile, queue):
    for number in range(jobs.BATCH):
        submit(f"What a lovely tram, says number {number}.")
    meanwhile()
    assert queue.count == 1


def test_a_job_that_runs_twice_changes_nothing(record, submit, work):
    id_ = submit()
    work()
    jobs.drain("news")
    comment = comments.get(record, id_)
    assert len(history.of_comment(record, comment.last_entry)) == 1


def test_a_lost_bell_is_rung_again(record, submit, work, queue, here):
    id_ = submit()
    queue.empty()
    record.redis.delete(record.keys.bell())
    maintenance.sweep(here.core)
    assert queue.count == 0, "it is not late yet"
    late = runtime.Runtime(core=_later(here.core), scorers=here.scorers)
    maintenance.sweep(late.core)
    assert queue.count == 1
    work()
    assert status(record, id_) is Status.APPROVED


def test_a_comment_that_breaks_workers_goes_to_a_person(record, submit, here):
    poison, healthy = submit(), submit("Another lovely tram.")
    record.redis.hset(record.keys.tries(), poison, 3)
    jobs.drain("news")
    assert status(record, poison) is Status.HELD
    assert comments.get(record, poison).reasons == ("worker/poison",)
    assert status(record, healthy) is Status.APPROVED


def test_the_second_of_two_alike_by_one_author_is_held(record, submit, work):
    text = "What a lovely tram that is, and how quietly it runs along the river at night."
    first, second = submit(text), submit(text + " Yes.")
    work()
    assert status(record, first) is Status.APPROVED
    assert comments.get(record, second).reasons == ("repetition/again",)


def test_the_bell_of_a_site_that_has_gone_is_no_error(here):
    jobs.drain("gone")


def _later(core):
    moment = core.now() + timedelta(minutes=1)
    return replace(core, now=lambda: moment)
