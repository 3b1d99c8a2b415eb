"""The data folder: the embedded store's files, its socket and the secret key."""

import fcntl
import os
import secrets
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from service import socketdir

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
        """The embedded store's socket, elsewhere if the path would be too long.

        :raises FolderRefused: it is where others can reach it.
        """
        return socketdir.find(self._usual_socket)

    @property
    def _usual_socket(self) -> Path:
        return self.path.resolve() / socketdir.NAME

    @property
    def lock(self) -> Path:
        """The lock file of the process that runs the embedded store."""
        return self.path / "run.lock"

    @property
    def url(self) -> str:
        """The Redis URL of the embedded store."""
        return f"unix://{quote(str(self.socket))}"

    def make(self) -> None:
        """Create the folders, readable by their owner alone.

        :raises FolderRefused: there is no folder for the socket.
        """
        for folder in (self.path, self.store):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.path.chmod(0o700)
        socketdir.make(self._usual_socket)

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
        """Read the installation's secret key, the first line of its file; it is created once."""
        self.make()
        if not self._secret_file.exists():
            self._create_secret()
        return self._secrets()[0]

    def former_keys(self) -> list[str]:
        """Read the former secret keys: the further lines of the file."""
        return self._secrets()[1:]

    @property
    def _secret_file(self) -> Path:
        return self.path / "secret.key"

    def _create_secret(self) -> None:
        # Complete before it has its name: another process must never read half of it.
        with tempfile.NamedTemporaryFile("w", dir=self.path) as new:  # for its owner alone
            new.write(secrets.token_urlsafe(32) + "\n")
            new.flush()
            os.fsync(new.fileno())
            with suppress(FileExistsError):
                os.link(new.name, self._secret_file)

    def _secrets(self) -> list[str]:
        return self._secret_file.read_text("ascii").split() if self._secret_file.exists() else []
