"""Full disks, power failures and lossy connections of the store; nothing is lost."""

import os
import resource
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest

from tests.chaos.conftest import SECRET, Town
from tests.chaos.load import under_load
from tests.chaos.proxy import Proxy
from tests.topologies.servers import Server

pytestmark = pytest.mark.timeout(240)
ROOM = 20_000
LOSS = 0.03


@pytest.fixture(scope="module")
def folder():
    with tempfile.TemporaryDirectory(prefix="fm-") as made:
        yield Path(made)


@pytest.fixture(scope="module")
def store(folder):
    store = Server(folder / "store").start()
    yield store
    store.stop()


@pytest.fixture(scope="module")
def line(store):
    line = Proxy(store.port, seed=7)
    yield line
    line.close()


@pytest.fixture(scope="module")
def town(folder, store, line):
    urls = {"FOLKMOOT_REDIS_URL": line.url, "FOLKMOOT_QUEUE_URL": store.url}
    town = Town(folder / "data", **urls, **SECRET)
    yield town
    town.stop()


@pytest.fixture(scope="module")
def power(folder):
    """Build the library between the store and its file, from the C source in this folder."""
    compiler = shutil.which("cc")
    if compiler is None and os.environ.get("CI"):
        pytest.fail("no C compiler `cc`")
    if compiler is None:
        pytest.skip("NO POWER FAILURES: no C compiler `cc` here")
    made = folder / "power.so"
    source = Path(__file__).with_name("power.c")
    subprocess.run([compiler, "-shared", "-fPIC", "-O1", "-o", made, source, "-ldl"], check=True)
    return {"LD_PRELOAD": str(made)}


def test_requests_and_replies_get_lost(town, line):
    with under_load(town, "losses") as load:
        line.loss = LOSS
        load.goes_on("life with losses", 80)
        line.loss = 0
    print(f"the line was cut {line.cut} times")
    assert line.cut > 10


def test_the_disk_is_full(town, store, waiting):
    with under_load(town, "full") as load:
        _leave_room(store, ROOM)
        waiting("the store to give up", lambda: store.process.poll() is not None, 60)
        assert "AOF" in (store.folder / "server.log").read_text()
        waiting("readers to be told", lambda: load.refused[503])
        store.start()
        load.goes_on("life after room was made")


def test_the_power_fails(town, store, power):
    store.stop()
    store.start(**power)
    with under_load(town, "dark") as load:
        load.goes_on("a common day", 20)
        store.kill()
        store.start()
        load.goes_on("life after the power failure")


def test_the_model_of_a_power_failure_loses_what_is_not_on_the_disk(folder, power):
    careless = Server(folder / "careless", "--appendfsync", "no").start(**power)
    for number in range(100):
        careless.client.set(f"k{number}", number)
    careless.kill()
    assert careless.start().client.dbsize() == 0
    careless.stop()


def _leave_room(store, room):
    # A limit on file size gives the same error as a full disk, without root.
    [file] = (store.folder / "appendonlydir").glob("*.incr.aof")
    _, most = resource.prlimit(store.process.pid, resource.RLIMIT_FSIZE)
    limits = file.stat().st_size + room, most
    resource.prlimit(store.process.pid, resource.RLIMIT_FSIZE, limits)
