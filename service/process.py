"""A child process: started so that it dies with its parent, restarted when it dies by itself."""

import ctypes
import os
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
    """One process of the whole, and how patient we are with it."""

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
            # A terminal's Ctrl-C goes to us alone; we stop the parts in their order.
            start_new_session=True,
            preexec_fn=die_with_parent,  # noqa: PLW1509  # no threads here yet
        )

    def look_after(self) -> None:
        """Start the process again if it has died: soon at first, then more slowly."""
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
        """Ask the process to end, and end it if it does not within `patience` seconds."""
        if self.process is None or self.process.poll() is not None:
            return
        self.process.terminate()
        try:
            self.process.wait(patience)
        except subprocess.TimeoutExpired:
            log.warning("killed", part=self.name, after=patience)
            self.process.kill()
            self.process.wait()


def die_with_parent() -> None:
    """Let this process end when its parent does: a SIGKILL leaves nobody behind."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
