"""Workers die with claimed comments: another finishes them, and a poison comment is held."""

import subprocess
import sys
import time

import pytest

from benchmarks.serving import environment
from service import installation, settings
from service.domain.comment import Status
from service.domain.site import CaptchaStrategy, Site
from service.domain.verdict import Outcome
from service.store.comments import comments, intakes, unjudged
from service.store.site import sites, workers
from tests.chaos import invariants
from tests.chaos.conftest import SECRET
from tests.chaos.proxy import Proxy
from tests.factories import a_comment, a_verdict, an_intake
from tests.topologies.servers import Server

pytestmark = pytest.mark.timeout(240)
SITE = "town"
PROMISED = 30


@pytest.fixture
def store(folder, having):
    return having(Server(folder / "store").start())


@pytest.fixture
def core(store, folder):
    key = SECRET["FOLKMOOT_SECRET_KEY"]
    wishes = settings.read(data_dir=folder, redis_url=store.url, secret_key=key)
    core = installation.open_core(wishes)
    off = CaptchaStrategy.OFF
    sites.put(core.redis, Site(name=SITE, origins=("https://news.example",), captcha=off))
    yield core
    core.redis.close()


@pytest.fixture
def role(folder, store, having):
    """Start one role as a separate process, connected to the store directly or by a proxy."""

    def role(name, url=store.url):
        env = SECRET | {"FOLKMOOT_REDIS_URL": url, "FOLKMOOT_QUEUE_URL": store.url}
        with (folder / f"{name}.log").open("a") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "service.cli", name],
                env=environment(folder / "data", **env),
                stderr=log,
                stdout=log,
            )
        return having(_Ended(process)).process

    return role


class _Ended:
    def __init__(self, process):
        self.process = process

    def stop(self):
        self.process.kill()
        self.process.wait()


@pytest.fixture
def submit(core):
    def submit():
        comment = a_comment(created_at=core.now())
        intakes.accept(core.at(SITE), an_intake(comment))
        return comment.id

    return submit


@pytest.fixture
def line(store, having):
    def line(**faults):
        return having(Proxy(store.port, **{name: word.encode() for name, word in faults.items()}))

    return line


def test_what_a_killed_worker_had_in_hand_is_judged_by_another(core, role, submit, line, waiting):
    # Ids of the same minutes begin alike: the connection goes dead at the first claim.
    cut = line(dead_after=a_comment(created_at=core.now()).id[:5])
    doomed = role("worker", cut.url)
    waiting("the doomed worker", lambda: len(workers.alive(core.redis, now=core.now())) == 1)
    role("maintenance"), role("worker")
    waiting("both workers", lambda: len(workers.alive(core.redis, now=core.now())) == 2, 60)

    def is_in_hand():
        if not cut.dead.is_set() and not invariants.unfinished(core, SITE):
            submit()
            core.ring(SITE)
        return cut.dead.is_set()

    waiting("the doomed worker to claim", is_in_hand, 60)
    doomed.kill()
    killed_at = time.monotonic()
    assert unjudged.count(core.at(SITE))
    waiting("another worker", lambda: not invariants.unfinished(core, SITE), 60)
    seconds = time.monotonic() - killed_at
    print(f"judged {seconds:.1f} s after the kill")
    # On an idle machine it takes half of this or less.
    assert seconds < 2 * PROMISED
    assert invariants.broken(core, SITE) == []


def test_a_comment_that_kills_its_workers_goes_to_a_person(core, role, submit, line, waiting):
    mates = [submit()]
    poison = submit()
    mates += [submit(), submit()]
    record = core.at(SITE)
    for tries in ("1", "2", "3"):
        unjudged.release(record, poison, now=core.now())
        core.ring(SITE)
        cut = line(dead_after=poison)
        doomed = role("worker", cut.url)
        waiting("the worker to claim it", cut.dead.is_set, 60)
        doomed.kill()
        doomed.wait()
        assert core.redis.hget(record.keys.tries(), poison) == tries

    for id_ in (poison, *mates):
        unjudged.release(record, id_, now=core.now())
    core.ring(SITE)
    role("worker")
    waiting("a healthy worker", lambda: not invariants.unfinished(core, SITE), 60)
    held = comments.get(record, poison)
    assert (held.status, held.reasons) == (Status.HELD, ("worker/poison",))
    for mate in comments.get_many(record, mates):
        assert mate.status is not Status.PENDING
        assert "worker/poison" not in mate.reasons
    assert invariants.broken(core, SITE) == []


def test_a_verdict_whose_reply_is_lost_is_carried_out_whole(core, role, submit, line, waiting):
    first = comments.get(core.at(SITE), submit())
    # The server must know the script already, so that the first request that names it runs it.
    comments.judge(core.at(SITE), first, a_verdict(Outcome.HOLD), now=core.now())
    id_, cut = submit(), line(deaf_to="machine")
    core.ring(SITE)
    role("worker", cut.url)
    waiting("the verdict", lambda: not invariants.unfinished(core, SITE), 60)
    assert cut.cut == 1
    assert comments.get(core.at(SITE), id_).status is Status.APPROVED
    assert invariants.broken(core, SITE) == []


STUCK = """
import ctypes
from workers.watchdog import guarded
with guarded(1.0):
    ctypes.PyDLL(None).sleep(60)  # PyDLL keeps the interpreter's lock
"""


def test_a_worker_that_is_stuck_in_c_code_is_ended():
    start = time.monotonic()
    ended = subprocess.run([sys.executable, "-c", STUCK], capture_output=True, timeout=50)
    assert ended.returncode != 0
    assert b"Timeout" in ended.stderr
    assert time.monotonic() - start < 30
