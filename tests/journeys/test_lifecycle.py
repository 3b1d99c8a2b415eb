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


@pytest.fixture
def data():
    with tempfile.TemporaryDirectory(prefix="fm-") as folder:
        yield Path(folder) / "data"


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


def child(running, word):
    return next((p for p, argv in children(running.process.pid).items() if word in argv), None)


def test_a_second_start_keeps_the_data(data, program_of, waiting):
    first = start(data, *EMPTY_DEMO)
    program = program_of(first.url, "demo", first.core, first.demo_url)
    sent = program.submit()
    waiting("the verdict", lambda: program.status(sent) == "approved")
    assert first.stop() == 0
    assert not children(first.process.pid)

    second = start(data, *EMPTY_DEMO)
    assert comments.get(second.core.at("demo"), sent.json["id"]).body
    assert second.stop() == 0


@pytest.mark.parametrize("part", ["worker", "web", "maintenance", "store.sock"])
def test_a_part_that_is_killed_comes_back(data, program_of, waiting, part):
    running = start(data, *EMPTY_DEMO)
    program = program_of(running.url, "demo", running.core, running.demo_url)
    try:
        victim = waiting(f"a {part}", lambda: child(running, part))
        grandchildren = children(victim)
        os.kill(victim, signal.SIGKILL)
        waiting("its children to end", lambda: not any(map(is_alive, grandchildren)))
        waiting(f"another {part}", lambda: child(running, part) not in (None, victim))
        sent = waiting("somebody who takes a comment", lambda: attempt(program))
        waiting("the verdict", lambda: attempt_status(program, sent) == "approved", 60)
    finally:
        assert running.stop() == 0


def test_nothing_is_left_behind_by_a_killed_supervisor(data, waiting):
    running = start(data, *EMPTY_DEMO)
    parts = children(running.process.pid)
    assert len(parts) == 4
    parts |= {pid: argv for part in parts for pid, argv in children(part).items()}
    running.process.kill()
    running.end()
    waiting("the parts to end", lambda: not any(map(is_alive, parts)))
    again = start(data, *EMPTY_DEMO)
    assert again.stop() == 0


def test_two_on_one_folder_are_one_too_many(data):
    running = start(data, *EMPTY_DEMO)
    try:
        second = subprocess.run(
            [sys.executable, "-m", "service.cli", "run", "--port", "0", "--data", str(data)],
            env=environment(data),
            capture_output=True,
            text=True,
            timeout=60,
        )
        assert second.returncode == 1
        assert "another `folkmoot run`" in second.stderr
    finally:
        running.stop()


def test_a_store_that_pauses_is_told_and_waited_for(data, program_of, waiting):
    running = start(data, *EMPTY_DEMO)
    program = program_of(running.url, "demo", running.core, running.demo_url)
    try:
        captcha = program.captcha()
        store = child(running, "store.sock")
        os.kill(store, signal.SIGSTOP)
        answer = program.submit(captcha=captcha, key="paused")
        assert (answer.status, answer.json["type"]) == (503, "/problems/store-away")
        assert answer.headers["Retry-After"]
        os.kill(store, signal.SIGCONT)
        sent = waiting("the store", lambda: accepted(program.submit(captcha=captcha, key="paused")))
        waiting("the verdict", lambda: attempt_status(program, sent) == "approved", 60)
        approved = running.core.redis.zcard(running.core.at("demo").keys.home(Status.APPROVED))
        assert approved == 1
    finally:
        assert running.stop() == 0


def accepted(answer):
    return answer if answer.status == 202 else None


def attempt(program):
    try:
        return accepted(program.submit("What a lovely tram."))
    except (OSError, KeyError):
        return None


def attempt_status(program, sent):
    try:
        return program.status(sent)
    except (OSError, KeyError):
        return None
