"""Real servers for the tests: a store of our own on a socket, and the whole of `folkmoot run`."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from redis import Redis

from service import installation, settings
from service.core import Core
from service.signing import Signer
from service.store import connection, embedded, schema, sites
from service.store.keys import Keys
from service.store.sites import SiteBook

SECRET = "a secret of the tests, and of nothing else"
SERVERS = {
    "valkey": embedded.find_binary(),
    "redis": shutil.which("redis-server"),
}


def wait_for(what: str, condition: Callable[[], object], seconds: float = 30) -> object:
    """Wait until a condition holds and give what it gave; a failure names what was missing."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if found := condition():
            return found
        time.sleep(0.02)
    raise AssertionError(f"waited {seconds} s for {what}")


@pytest.fixture(scope="session")
def waiting() -> Callable[..., object]:
    return wait_for


@pytest.fixture(scope="session", params=[name for name, binary in SERVERS.items() if binary])
def store_socket(request: pytest.FixtureRequest) -> Iterator[Path]:
    """A real store: the embedded one, and Redis too where there is one on the PATH."""
    # Not pytest's folder: its paths are too long for a socket.
    with tempfile.TemporaryDirectory(prefix="fm-") as folder:
        socket = Path(folder) / "store.sock"
        with embedded.running(Path(str(SERVERS[request.param])), Path(folder), socket):
            yield socket


@pytest.fixture
def redis(store_socket: Path) -> Iterator[Redis]:
    with connection.open_record(f"unix://{store_socket}") as client:
        client.flushdb()
        schema.ensure(client)
        yield client


@pytest.fixture
def keys() -> Keys:
    return Keys("news")


@pytest.fixture
def rung() -> list[str]:
    """The sites for which a bell was rung."""
    return []


@pytest.fixture
def core(redis: Redis, rung: list[str]) -> Core:
    return Core(
        redis=redis,
        sites=SiteBook(redis, clock=iter(range(0, 10**9, 10)).__next__),
        signer=Signer(SECRET.encode()),
        ring=rung.append,
        public_url="http://comments.example",
    )


@dataclass
class Running:
    """A `folkmoot run` of its own: where it is, what it printed, and its core for looking in."""

    process: "subprocess.Popen[str]"
    data: Path
    url: str
    demo_url: str
    setup_link: str
    core: Core

    def folkmoot(self, *argv: str) -> str:
        """Run a command on the same data folder and give what it printed."""
        done = subprocess.run(
            [sys.executable, "-m", "service.cli", *argv],
            env=environment(self.data),
            capture_output=True,
            text=True,
            timeout=60,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout


def environment(data: Path, **more: str) -> dict[str, str]:
    ours = {k: v for k, v in os.environ.items() if not k.startswith("FOLKMOOT_")}
    return {**ours, "FOLKMOOT_DATA_DIR": str(data), **more}


def start(data: Path, *argv: str, **env: str) -> Running:
    """Start `folkmoot run` and wait for its `ready` line."""
    log = (data.parent / f"{data.name}.log").open("w")
    process = subprocess.Popen(
        [sys.executable, "-m", "service.cli", "run", "--port", "0", "--data", str(data), *argv],
        env=environment(data, **env),
        stdout=subprocess.PIPE,
        stderr=log,
        text=True,
    )
    assert process.stdout is not None
    printed: list[str] = []
    for line in process.stdout:
        printed.append(line)
        if line.strip().startswith("API"):
            break
    else:
        pytest.fail(f"folkmoot run ended:\n{Path(log.name).read_text()[-4000:]}")
    words = "".join(printed).split()
    url = words[words.index("ready") + 1]
    wishes = settings.read(data_dir=data, public_url=url)
    return Running(
        process=process,
        data=data,
        url=url,
        demo_url=next((w for w in words if w.startswith("http://localhost")), ""),
        setup_link=next((w for w in words if "/review/welcome/" in w), ""),
        core=installation.open_core(wishes),
    )


def stop(running: Running) -> None:
    """Stop it as a terminal would, and insist that it ends well."""
    running.core.redis.close()
    running.process.send_signal(signal.SIGTERM)
    assert running.process.wait(30) == 0


@pytest.fixture(scope="session")
def running() -> Iterator[Running]:
    """One `folkmoot run` with the demo, for all tests that only talk to it."""
    with tempfile.TemporaryDirectory(prefix="fm-run-") as folder:
        found = start(Path(folder) / "data", "--demo")
        yield found
        stop(found)


@pytest.fixture(scope="session")
def fetch() -> Callable[[str], bytes]:
    def get(url: str) -> bytes:
        with urllib.request.urlopen(url, timeout=10) as response:
            return bytes(response.read())

    return get


@pytest.fixture(scope="session")
def chromium() -> Path:
    """The browser; without one the browser tests are skipped loudly, and fail in CI."""
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    found = os.environ.get("FOLKMOOT_CHROMIUM") or next(
        filter(None, map(shutil.which, names)), None
    )
    if found is None and os.environ.get("CI"):
        pytest.fail("no Chromium: `make browser` installs one")
    if found is None:
        pytest.skip("NO BROWSER TESTS: no Chromium here; `make browser` installs one")
    return Path(found)


@pytest.fixture
def news(redis: Redis):
    """A site `news` without a captcha, as tests of what comes after one want it."""
    from service.domain.site import CaptchaStrategy, Site

    site = Site(name="news", origins=("https://news.example",), captcha=CaptchaStrategy.OFF)
    sites.put(redis, site)
    return site
