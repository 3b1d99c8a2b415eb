"""The data folder: the embedded store's files, its socket and the secret key."""

import fcntl
import os
import secrets
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote

# sun_path is 108 bytes on Linux and 104 on macOS, the terminating zero included.
MAX_SOCKET_PATH = 100
LOCK_SECONDS = 10.0
POLL = 0.1


class AlreadyRunning(Exception):
    """Another process runs the store of this data folder."""


@dataclass(frozen=True, slots=True)
class DataDir:
    """The paths of one installation's files; `make` creates the folder for its owner alone."""

    path: Path

    @property
    def store(self) -> Path:
        """The embedded store's own folder."""
        return self.path / "store"

    @property
    def socket(self) -> Path:
        """The embedded store's socket; in the temporary folder if the path would be too long."""
        usual = self.path.resolve() / "store.sock"
        if len(os.fsencode(usual)) <= MAX_SOCKET_PATH:
            return usual
        digest = sha256(os.fsencode(usual)).hexdigest()[:16]
        return Path(tempfile.gettempdir()) / f"folkmoot-{os.getuid()}-{digest}" / "store.sock"

    @property
    def lock(self) -> Path:
        """The lock file of the process that runs the embedded store."""
        return self.path / "run.lock"

    @property
    def url(self) -> str:
        """The Redis URL of the embedded store."""
        return f"unix://{quote(str(self.socket))}"

    def make(self) -> None:
        """Create the folders, readable by their owner alone."""
        for folder in (self.path, self.store, self.socket.parent):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.path.chmod(0o700)

    @contextmanager
    def locked(self, patience: float = LOCK_SECONDS) -> Iterator[int]:
        """Hold the folder's lock during the block, and yield its descriptor.

        A child that inherits the descriptor keeps the lock, however its parent ends.

        :raises AlreadyRunning: another process still has it after `patience` seconds.
        """
        self.make()
        descriptor = os.open(self.lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            self._take(descriptor, time.monotonic() + patience)
            yield descriptor
        finally:
            os.close(descriptor)

    def _take(self, descriptor: int, deadline: float) -> None:
        while True:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return
            except BlockingIOError:
                if time.monotonic() > deadline:
                    raise AlreadyRunning(f"another `folkmoot run` uses {self.path}") from None
                time.sleep(POLL)  # flock has no time-out

    def secret_key(self) -> str:
        """Read the installation's secret key; the first call creates it."""
        self.make()
        file = self.path / "secret.key"
        try:
            descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return file.read_text("ascii").strip()
        with os.fdopen(descriptor, "w") as new:
            new.write(secrets.token_urlsafe(32) + "\n")
            new.flush()
            os.fsync(new.fileno())
        return file.read_text("ascii").strip()
