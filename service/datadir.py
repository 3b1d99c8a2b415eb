"""The data folder: where the embedded store, its socket and the secret key live."""

import os
import secrets
import tempfile
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

# sun_path is 108 bytes on Linux and 104 on macOS, the terminating zero included.
MAX_SOCKET_PATH = 100


@dataclass(frozen=True, slots=True)
class DataDir:
    """Names the files of one installation; `make` creates the folder for its owner alone."""

    path: Path

    @property
    def store(self) -> Path:
        """The embedded store's own folder."""
        return self.path / "store"

    @property
    def socket(self) -> Path:
        """The embedded store's socket; elsewhere only where the path would be too long."""
        wanted = self.path.resolve() / "store.sock"
        if len(os.fsencode(wanted)) <= MAX_SOCKET_PATH:
            return wanted
        digest = sha256(os.fsencode(wanted)).hexdigest()[:16]
        return Path(tempfile.gettempdir()) / f"folkmoot-{os.getuid()}-{digest}" / "store.sock"

    @property
    def lock(self) -> Path:
        """Held by the one process that runs the embedded store."""
        return self.path / "run.lock"

    @property
    def url(self) -> str:
        """The embedded store as a Redis URL."""
        return f"unix://{self.socket}"

    def make(self) -> None:
        """Create the folders, readable by their owner alone."""
        for folder in (self.path, self.store, self.socket.parent):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.path.chmod(0o700)

    def secret_key(self) -> str:
        """Read the installation's secret key; the first call makes it."""
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
