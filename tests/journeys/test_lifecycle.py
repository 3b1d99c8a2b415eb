"""Start, stop, kill and restart: accepted comments are still there and get their verdict."""

import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from benchmarks.serving import environment, start
from service.domain.comment import Status
from service.store.comments import comments

EMPTY_DEMO = ("--demo", "--no-demo-comments")


# Different words for each test, since a comment said twice is suspicious.
SAID = {
    "worker": "What a lovely tram.",
    "web": "Our library lends seeds in spring.",
    "maintenance": "The night market closes early this week.",
    "store.sock": "Swimming in the lake is allowed again.",
}


class Home:
    """An installation in one folder, which is started again where a test has ended it."""

    def __init__(self, folder):
        self._data = folder / "data"
        self.running = start(self._data, *EMPTY_DEMO)

    @property
    def pid(self):
        return self.running.process.pid

    def start_again(self):
        self.running = start(self._data, *EMPTY_DEMO)

    def is_up(self):
        return self.running.process.poll() is None


@pytest.fixture(scope="module")
def started():
    with tempfile.TemporaryDirectory(prefix="fm-") as folder:
        home = Home(Path(folder))
        yield home
        # Whatever was killed or paused before, it ends as it should.
        assert home.running.stop() == 0


@pytest.fixture
def home(started):
    """A running installation, the same one for all tests here; each leaves one that runs."""
    if not started.is_up():
        started.start_again()
    return started


@pytest.fixture
def write(home, program_of):
    """A program on the installation that runs now."""

    def write():
        running = home.running
        return program_of(running.url, "demo", running.core, running.demo_url)

    return write


def children(pid):
    """List the child processes of `pid`, by their command."""
    commands = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
            argv = stat.with_name("cmdline").read_text().split("\0")
        except OSError:
            continue
        if int(fields[1]) == pid:
            commands[int(stat.parent.name)] = " ".join(argv)
    return commands


def is_alive(pid):
    return Path(f"/proc/{pid}").exists()


def child(home, word):
    return next((p for p, argv in children(home.pid).items() if word in argv), None)


def test_a_second_start_keeps_the_data(home, write, waiting):
    program = write()
    sent = program.submit("May the tram cross the old bridge?")
    waiting("the verdict", lambda: program.status(sent) == "approved")
    assert home.running.stop() == 0
    assert not children(home.pid)

    home.start_again()
    assert comments.get(home.running.core.at("demo"), sent.json["id"]).body


def test_nothing_is_left_behind_by_a_killed_supervisor(home, waiting):
    parts = children(home.pid)
    assert len(parts) == 4
    parts |= {pid: argv for part in parts for pid, argv in children(part).items()}
    home.running.process.kill()
    home.running.end()
    waiting("the parts to end", lambda: not any(map(is_alive, parts)))
    home.start_again()
    assert len(children(home.pid)) == 4


@pytest.mark.parametrize("part", SAID)
def test_a_part_that_is_killed_comes_back(home, write, waiting, part):
    program = write()
    victim = waiting(f"a {part}", lambda: child(home, part))
    grandchildren = children(victim)
    os.kill(victim, signal.SIGKILL)
    waiting("its children to end", lambda: not any(map(is_alive, grandchildren)))
    waiting(f"another {part}", lambda: child(home, part) not in (None, victim))
    sent = waiting("somebody who takes a comment", lambda: attempt(program, SAID[part]))
    waiting("the verdict", lambda: attempt_status(program, sent) == "approved", 60)


def test_two_on_one_folder_are_one_too_many(home):
    data = home.running.data
    second = subprocess.run(
        [sys.executable, "-m", "service.cli", "run", "--port", "0", "--data", str(data)],
        env=environment(data),
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert second.returncode == 1
    assert "another `folkmoot run`" in second.stderr


def test_a_store_that_pauses_is_told_and_waited_for(home, write, waiting):
    core, program = home.running.core, write()
    before = core.redis.zcard(core.at("demo").keys.home(Status.APPROVED))
    paused = {"body": "The bakery opens at six.", "captcha": program.captcha(), "key": "paused"}
    store = child(home, "store.sock")
    os.kill(store, signal.SIGSTOP)
    try:
        answer = program.submit(**paused)
    finally:
        os.kill(store, signal.SIGCONT)
    assert (answer.status, answer.json["type"]) == (503, "/problems/store-away")
    assert answer.headers["Retry-After"]
    sent = waiting("the store", lambda: accepted(program.submit(**paused)))
    waiting("the verdict", lambda: attempt_status(program, sent) == "approved", 60)
    approved = core.redis.zcard(core.at("demo").keys.home(Status.APPROVED))
    assert approved == before + 1


def accepted(answer):
    return answer if answer.status == 202 else None


def attempt(program, body):
    try:
        return accepted(program.submit(body))
    except (OSError, KeyError):
        return None


def attempt_status(program, sent):
    try:
        return program.status(sent)
    except (OSError, KeyError):
        return None
