"""Start `folkmoot run` as an operator would and inspect it; for benchmarks and tests."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from service import installation, settings
from service.core import Core

LAST_LINE = "API"


@dataclass
class Running:
    """A running `folkmoot run`: its addresses, the links it printed, and a core to inspect it."""

    process: "subprocess.Popen[str]"
    data: Path
    url: str
    demo_url: str
    setup_link: str
    core: Core

    def folkmoot(self, *argv: str) -> str:
        """Run a command on the same data folder and return its output."""
        done = subprocess.run(
            [sys.executable, "-m", "service.cli", *argv],
            env=environment(self.data),
            capture_output=True,
            text=True,
            timeout=60,
        )
        if done.returncode:
            raise RuntimeError(done.stderr)
        return done.stdout

    def log(self) -> str:
        """Return its output on standard error."""
        return _log(self.data).read_text()

    def stop(self) -> int:
        """Send SIGTERM and return its exit code."""
        self.process.send_signal(signal.SIGTERM)
        return self.end()

    def end(self) -> int:
        """Wait until it has ended for any reason, and return its exit code."""
        self.core.redis.close()
        code = self.process.wait(60)
        if self.process.stdout:
            self.process.stdout.close()
        return code


def environment(data: Path, **more: str) -> dict[str, str]:
    """Return an environment without other settings of Folkmoot than these."""
    inherited = {k: v for k, v in os.environ.items() if not k.startswith("FOLKMOOT_")}
    return {**inherited, "FOLKMOOT_DATA_DIR": str(data), **more}


def start(data: Path, *argv: str, **env: str) -> Running:
    """Start `folkmoot run` on a free port and wait for its `ready` line."""
    with _log(data).open("a") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "service.cli", "run", "--port", "0", "--data", str(data), *argv],
            env=environment(data, **env),
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        )
    words = _printed(process, data).split()
    url = words[words.index("ready") + 1]
    return Running(
        process=process,
        data=data,
        url=url,
        demo_url=next((word for word in words if word.startswith("http://localhost")), ""),
        setup_link=next((word for word in words if "/review/welcome/" in word), ""),
        core=installation.open_core(
            settings.read(data_dir=data, public_url=url, **_settings_from(env))
        ),
    )


@contextmanager
def serving(*argv: str, **env: str) -> Iterator[Running]:
    """Run it in a temporary folder."""
    # Paths in pytest's folder are too long for a socket.
    with TemporaryDirectory(prefix="fm-") as folder:
        running = start(Path(folder) / "data", *argv, **env)
        try:
            yield running
        finally:
            running.stop()


def _printed(process: "subprocess.Popen[str]", data: Path) -> str:
    printed = ""
    for line in process.stdout or ():
        printed += line
        if line.split()[:1] == [LAST_LINE]:
            return printed
    raise RuntimeError(f"folkmoot run ended:\n{_log(data).read_text()[-4000:]}")


def _settings_from(env: dict[str, str]) -> dict[str, str]:
    return {name.removeprefix(settings.PREFIX).lower(): value for name, value in env.items()}


def _log(data: Path) -> Path:
    return data.parent / f"{data.name}.log"
