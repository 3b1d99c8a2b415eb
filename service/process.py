"""Child processes that end with their parent and are restarted when they die."""

import ctypes
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import structlog

log = structlog.get_logger(__name__)

PR_SET_PDEATHSIG = 1
FIRST_WAIT, LONGEST_WAIT = 0.2, 5.0
STEADY = 30.0


@dataclass(slots=True)
class ChildProcess:
    """A child process of the supervisor, with the state of its restarts."""

    name: str
    argv: Sequence[str]
    env: Mapping[str, str] = field(default_factory=dict)
    inherit: tuple[int, ...] = ()
    process: "subprocess.Popen[bytes] | None" = None
    started: float = 0.0
    wait: float = FIRST_WAIT
    due: float = 0.0

    def start(self) -> None:
        """Start the process."""
        self.started = time.monotonic()
        self.process = subprocess.Popen(
            self.argv,
            env={**os.environ, **self.env},
            pass_fds=self.inherit,
            stdin=subprocess.DEVNULL,
            # Ctrl-C reaches only the supervisor, which stops the parts in order.
            start_new_session=True,
            preexec_fn=die_with_parent,  # noqa: PLW1509  # no threads here yet
        )

    def look_after(self) -> None:
        """Restart the process if it has died: soon at first, then after longer waits."""
        now = time.monotonic()
        if self.process is None:
            if now >= self.due:
                self.start()
        elif (code := self.process.poll()) is not None:
            self.wait = (
                FIRST_WAIT if now - self.started > STEADY else min(self.wait * 2, LONGEST_WAIT)
            )
            self.due, self.process = now + self.wait, None
            log.warning("died", part=self.name, code=code, again_in=self.wait)

    def stop(self, patience: float) -> None:
        """Terminate the process, and kill it if it does not end within `patience` seconds."""
        if self.process is None or self.process.poll() is not None:
            return
        self.process.terminate()
        try:
            self.process.wait(patience)
        except subprocess.TimeoutExpired:
            log.warning("killed", part=self.name, after=patience)
            self.process.kill()
            self.process.wait()


def raise_open_files(most: int) -> int:
    """Allow this process and its children up to `most` open files; return how many it may have."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    allowed = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(resource.RLIMIT_NOFILE, (allowed, hard))
    return allowed


def die_with_parent() -> None:
    """End this process when its parent ends, even by SIGKILL."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
