"""Real servers for the tests: a store on a socket, and a complete `folkmoot run`."""

import os
import shutil
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import structlog
from hypothesis import settings
from playwright.sync_api import Browser, sync_playwright
from redis import Redis

from benchmarks.serving import Running, serving
from service.core import Core
from service.signing import Signer
from service.store.keys import Keys
from service.store.record import Record
from service.store.server import connection, embedded, schema
from service.store.site import sites
from service.store.site.sites import SiteBook
from tests import compiled

# In the suite a few examples guard against what was found once; `make fuzz` sets FUZZ_EXAMPLES and
# looks for more. A busy machine must not fail a test.
DEEP = int(os.environ.get("FUZZ_EXAMPLES", "0"))
settings.register_profile("quick", deadline=None, max_examples=25)
settings.register_profile("deep", deadline=None, max_examples=DEEP or 1000)
settings.load_profile("deep" if DEEP else "quick")

compiled.remember()

# Where this is set, each of the hundred processes that tests start compiles all our modules anew.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

# Plain traces as in production: structlog's own take seconds each, with the values of variables.
structlog.configure(
    processors=[
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback),
    ]
)

SECRET = "a secret of the tests, and of nothing else"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# The same engine without a window: a third less work a page.
SHELL = "chromium-headless-shell"
# The first two are pages of the browser's own, which every window would load beside the tested one:
# a third of its work. Chromium heeds only the last such list, so the others repeat playwright's.
FEATURES_OFF = (
    *("WebUIOmniboxPopup", "WebUIOmniboxAimPopup"),
    *("AimEnabled", "AvoidCorsURLLoaderRestartOnRedirect", "AvoidUnnecessaryBeforeUnloadCheckSync"),
    *("DestroyProfileOnBrowserClose", "HttpsFirstBalancedModeAutoEnable", "HttpsUpgrades"),
    *("LensOverlay", "MediaRouter", "NetworkTimeServiceQuerying", "OptimizationHints"),
    *("PaintHolding", "PreconnectToSearch", "ThirdPartyStoragePartitioning"),
)
BROWSER_ARGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--no-first-run",
    f"--disable-features={','.join(FEATURES_OFF)}",
)
LONG = {"browser", "chaos", "conformance", "journeys", "models", "topologies"}
SERVERS = {
    "valkey": embedded.find_binary(),
    "redis": shutil.which("redis-server"),
}


def wait_for(what: str, condition: Callable[[], object], seconds: float = 30) -> object:
    """Wait for a condition and return its value; a failure names the condition."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if found := condition():
            return found
        time.sleep(0.02)
    raise AssertionError(f"waited {seconds} s for {what}")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the rooms of long files, mixed: some of them wait while others compute.

    With the short files at the end, no process is left alone with a long one.
    """
    items.sort(key=lambda item: item.path.name if item.path.parent.name in LONG else "~")


@pytest.fixture(autouse=True)
def punctual() -> Iterator[None]:
    """What a test puts off does not happen in the next one, which may have no store for it."""
    yield
    for timer in threading.enumerate():
        if isinstance(timer, threading.Timer):
            timer.cancel()
            timer.join()


@pytest.fixture(scope="session")
def waiting() -> Callable[..., object]:
    return wait_for


@pytest.fixture(scope="session", params=[name for name, binary in SERVERS.items() if binary])
def store_socket(request: pytest.FixtureRequest) -> Iterator[Path]:
    """A real store: the embedded one, and also Redis if it is on the PATH."""
    # Paths in pytest's folder are too long for a socket.
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


@pytest.fixture(scope="session")
def away() -> Iterator[Redis]:
    """A store that cannot be reached; it is tried as often as in production, and no longer."""
    with connection.open_record("unix:///nonexistent") as client:
        yield client


@pytest.fixture
def record(redis: Redis, keys: Keys) -> Record:
    return Record(redis, keys)


@pytest.fixture
def keys() -> Keys:
    return Keys("news")


@pytest.fixture
def rung() -> list[str]:
    """The sites for which the bell was rung."""
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


@pytest.fixture(scope="session")
def running() -> Iterator[Running]:
    """A `folkmoot run` with an empty demo, shared by all tests that only send requests."""
    with serving("--demo", "--no-demo-comments") as installation:
        yield installation


@pytest.fixture(scope="session")
def fetch() -> Callable[[str], bytes]:
    def get(url: str) -> bytes:
        with urllib.request.urlopen(url, timeout=10) as response:
            return bytes(response.read())

    return get


@pytest.fixture(scope="session")
def chromium() -> Path:
    """The browser; without one the browser tests are skipped with a message, and fail in CI."""
    return _found(SHELL, *BROWSERS)


@pytest.fixture(scope="session")
def whole_chromium() -> Path:
    """A browser that heeds the settings of a profile, as one without a window does not."""
    return _found(*BROWSERS)


def _found(*names: str) -> Path:
    executable = next(filter(None, map(shutil.which, names)), None) or _bundled()
    if executable is None and os.environ.get("CI"):
        pytest.fail("no Chromium: `make browser` installs one")
    if executable is None:
        pytest.skip("NO BROWSER TESTS: no Chromium here; `make browser` installs one")
    return Path(executable)


def _bundled() -> str | None:
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if os.path.exists(path) else None


@pytest.fixture(scope="session")
def browser(chromium: Path) -> Iterator[Browser]:
    """One browser for all tests: playwright cannot be started twice in a process."""
    with (
        sync_playwright() as playwright,
        playwright.chromium.launch(executable_path=chromium, args=list(BROWSER_ARGS)) as started,
    ):
        yield started


@pytest.fixture
def news(redis: Redis):
    """A site `news` without a captcha, for tests of later steps."""
    from service.domain.site import CaptchaStrategy, Site

    site = Site(name="news", origins=("https://news.example",), captcha=CaptchaStrategy.OFF)
    sites.put(redis, site)
    return site
