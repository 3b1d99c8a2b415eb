"""A `folkmoot run` whose parts can be killed, and external servers for other tests."""

import os
import tempfile
from contextlib import ExitStack
from pathlib import Path

import pytest

from benchmarks.serving import start
from tests.conftest import wait_for

TRUST = {"FOLKMOOT_TRUSTED_PROXIES": "1"}
SECRET = {"FOLKMOOT_SECRET_KEY": "only for the tests " * 3}


class Town:
    """A whole installation in one folder, and the means to damage it."""

    def __init__(self, data, **env):
        self._data, self._env = data, TRUST | env
        self.running = start(data, "--no-demo", **self._env)

    @property
    def core(self):
        return self.running.core

    @property
    def url(self):
        return self.running.url

    def part(self, name):
        """Return the process of a running part."""
        return wait_for(f"the {name}", lambda: self._find(name))

    def signal(self, name, number):
        victim = self.part(name)
        os.kill(victim, number)
        return victim

    def is_back(self, name, victim):
        wait_for(f"another {name}", lambda: self._find(name) not in (None, victim))

    def kill_supervisor(self):
        self.running.process.kill()
        self.running.end()

    def start_again(self):
        self.running = start(self._data, "--no-demo", **self._env)

    def stop(self):
        if self.running.process.poll() is None:
            self.running.stop()

    def _find(self, name):
        for pid, argv in _children(self.running.process.pid).items():
            if name in argv:
                return pid
        return None


@pytest.fixture(scope="module")
def town():
    with tempfile.TemporaryDirectory(prefix="fm-") as folder:
        town = Town(Path(folder) / "data")
        yield town
        town.stop()


@pytest.fixture
def folder():
    with tempfile.TemporaryDirectory(prefix="fm-") as made:
        yield Path(made)


@pytest.fixture
def having():
    """Collect resources that are stopped at the end, in reverse order."""
    with ExitStack() as stack:

        def having(thing):
            stack.callback(getattr(thing, "stop", None) or thing.close)
            return thing

        yield having


def _children(parent):
    children = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
            argv = stat.with_name("cmdline").read_text()
        except OSError:
            continue
        # A part that was just killed is a zombie until its supervisor reaps it.
        if int(fields[1]) == parent and fields[0] != "Z":
            children[int(stat.parent.name)] = argv
    return children
