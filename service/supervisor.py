"""The supervisor of `folkmoot run`: store, web, workers and maintenance in one command."""

import signal
import socket
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from threading import Event
from urllib.error import URLError

from pydantic import SecretStr

from service import installation, settings
from service.datadir import DataDir
from service.process import ChildProcess
from service.settings import Settings
from service.store.server import embedded

PATIENCE = 15.0
POLL = 0.1
READY_SECONDS = 60.0


class NotReady(Exception):
    """The parts run, but were not ready in time."""


class Supervisor:
    """Starts the parts in order, keeps them alive, and stops them in reverse order."""

    def __init__(self, config: Settings) -> None:
        self._settings = config
        self._parts: list[ChildProcess] = []
        self._stopping = Event()

    def start_store(self, lock: int | None) -> None:
        """Start the embedded store, unless there is an external one (no lock)."""
        if lock is None:
            return
        data = DataDir(self._settings.data_dir)
        argv = embedded.command(installation.server_binary(), data.store, data.socket)
        # The store keeps the lock as long as it lives, even if its parent is gone: two servers
        # on the same files would corrupt them.
        store = ChildProcess("store", argv, inherit=(lock,))
        self._launch(store)
        if store.process is not None:
            embedded.wait_until_up(data.socket, store.process)

    def start_roles(self, *, with_demo: bool) -> None:
        """Start maintenance, the workers and the web."""
        env = environment(self._settings.model_copy(update={"demo": with_demo}))
        self._launch(ChildProcess("maintenance", _command("maintenance"), env))
        for number in range(1, self._settings.workers + 1):
            self._launch(ChildProcess(f"worker {number}", _command("worker"), env))
        self._launch(ChildProcess("web", _command("web"), env))

    def wait_until_ready(self) -> None:
        """Wait until /readyz reports that comments can be accepted and judged.

        :raises NotReady: it does not within a minute.
        """
        deadline = time.monotonic() + READY_SECONDS
        while time.monotonic() < deadline and not self._stopping.is_set():
            self._look_after()
            if _answers(f"http://{_reachable(self._settings)}/readyz"):
                return
            time.sleep(POLL)
        if not self._stopping.is_set():
            raise NotReady("not ready after a minute; the log above says why")

    def watch(self) -> None:
        """Keep the parts alive until a signal stops them."""
        while not self._stopping.wait(POLL):
            self._look_after()

    def stop(self) -> None:
        """Stop all parts: the web first, the store last."""
        for part in reversed(self._parts):
            part.stop(PATIENCE)

    def heed_signals(self) -> None:
        """Stop on SIGTERM or Ctrl-C."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: self._stopping.set())

    def _launch(self, part: ChildProcess) -> None:
        self._parts.append(part)
        part.start()

    def _look_after(self) -> None:
        for part in self._parts:
            part.look_after()


@contextmanager
def exclusive(config: Settings) -> Iterator[int | None]:
    """Hold the data folder's lock during the block; yield None with an external store.

    :raises AlreadyRunning: another process has it.
    """
    if config.redis_url is not None:
        yield None
        return
    with DataDir(config.data_dir).locked() as descriptor:
        yield descriptor


def environment(config: Settings) -> dict[str, str]:
    """Return the environment with which all parts read the same settings."""
    resolved: dict[str, object] = {
        "redis_url": installation.record_url(config),
        "queue_url": installation.queue_url(config),
        "secret_key": SecretStr(installation.secret_key(config).decode()),
        "public_url": config.base_url,
    }
    if former := installation.former_keys(config):
        resolved["secret_key_fallbacks"] = SecretStr(b",".join(former).decode())
    return settings.variables(config.model_copy(update=resolved))


def free_port(host: str) -> int:
    """Let the kernel pick a port."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with closing(socket.socket(family)) as probe:
        probe.bind((host, 0))
        return int(probe.getsockname()[1])


def _command(role: str) -> list[str]:
    return [sys.executable, "-m", "service.cli", role]


def _reachable(config: Settings) -> str:
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(config.host, config.host)  # noqa: S104  # only to connect to ourselves
    return f"[{host}]:{config.port}" if ":" in host else f"{host}:{config.port}"


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5) as response:  # noqa: S310  # our own http address
            return bool(response.status == 200)
    except (URLError, OSError):
        return False
