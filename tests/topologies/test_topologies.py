"""The same installation on each topology of several servers, with real ones and a load.

On the embedded store it runs under the same load in tests/chaos/test_kills.py.
"""

import json
import subprocess
import sys
import tempfile
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from benchmarks.serving import environment, start
from service.domain.comment import Status
from service.store.comments import comments, search, threads
from tests.chaos import invariants
from tests.chaos.load import ARTICLES, Load, under_load
from tests.topologies.servers import Server, Shards, Watched

SECRET = {"FOLKMOOT_SECRET_KEY": "only for the tests " * 3}
pytestmark = pytest.mark.timeout(240)


@pytest.fixture
def folder():
    with tempfile.TemporaryDirectory(prefix="fm-") as path:
        yield Path(path)


@pytest.fixture
def having():
    """Start servers that are all stopped at the end, whatever happens."""
    with ExitStack() as stack:

        def having(server):
            stack.callback(server.stop)
            return server.start()

        yield having


@contextmanager
def installed(folder, **env):
    folder.mkdir(exist_ok=True)
    running = start(folder / "data", "--no-demo", FOLKMOOT_TRUSTED_PROXIES="1", **env)
    try:
        yield running
    finally:
        assert running.stop() == 0


@contextmanager
def lost(folder, **env):
    """An installation whose machine soon dies."""
    folder.mkdir(exist_ok=True)
    running = start(folder / "data", "--no-demo", FOLKMOOT_TRUSTED_PROXIES="1", **env)
    try:
        yield running
    finally:
        running.process.kill()
        running.end()


def folkmoot(folder, *argv, **env):
    return subprocess.run(
        [sys.executable, "-m", "service.cli", *argv],
        env=environment(folder / "data", **env),
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_two_machines_share_one_external_server_and_one_is_lost(folder, having):
    urls = {"FOLKMOOT_REDIS_URL": having(Server(folder / "server")).url, **SECRET}
    with (
        installed(folder / "other", **urls) as other,
        lost(folder / "one", **urls) as first,
        under_load(first, "town") as load,
    ):
        load.goes_on("the first machine", 10)
        first.process.kill()
        load.url, load.core = other.url, other.core
        load.goes_on("the second machine", 10)


def test_sentinels_fail_over_and_nothing_that_was_copied_is_lost(folder, having):
    watched = having(Watched(folder))
    with installed(folder, FOLKMOOT_REDIS_URL=watched.url, **SECRET) as running:
        with Load(running.url, running.core, "town") as load:
            load.goes_on("the first primary", 15)
            safe = {key: set(ids) for key, ids in load.acknowledged.items()}
            watched.everything_is_copied()
            watched.primary.kill()
            load.goes_on("another primary", 15)
        load.settles()

        stored = invariants.all_comments(running.core, "town")
        assert all(ids <= stored.keys() for ids in safe.values())
        assert invariants.broken(running.core, "town") == []
        # Writes acknowledged between the last copy and the kill may be lost: replication is
        # asynchronous. Here that is a few milliseconds, and usually nothing.
        acknowledged = set().union(*load.acknowledged.values())
        print(f"{load}, {len(acknowledged - stored.keys())} lost that were not copied yet")
        assert load.refused[503], "readers are told, not left waiting"
        assert load.outage() < 30


def test_the_record_on_a_cluster_with_the_queue_beside_it(folder, having, waiting):
    cluster, queue = having(Shards(folder)), having(Server(folder / "queue"))
    urls = {"FOLKMOOT_REDIS_URL": cluster.url, "FOLKMOOT_QUEUE_URL": queue.url, **SECRET}
    with installed(folder, **urls) as running:
        with under_load(running, "town") as load:
            load.goes_on("the cluster", 10)
            lost = cluster.holder_of(running.core.at("town").keys.log())
            lost.kill()
            waiting("readers to be told", lambda: load.refused[503])
            lost.start()
            load.goes_on("the cluster made whole", 10)
        _is_read_and_found(running.core, load)
        checked = json.loads(folkmoot(folder, "check", "--json", **urls).stdout)
        assert all(line["ok"] for line in checked if line["what"].startswith("store"))
        saved = folkmoot(folder, "backup", str(folder / "saved.jsonl"), **urls)
        assert saved.returncode == 0, saved.stderr
        assert queue.client.keys("fm:*") == []
        holders = {node.port for node in cluster.nodes if node.client.dbsize()}
        assert len(holders) > 1, "a site's keys share a slot, the installation's need not"
    moved = folkmoot(folder / "new", "restore", str(folder / "saved.jsonl"))
    assert moved.returncode == 0, moved.stderr


def _is_read_and_found(core, load):
    record = core.at("town")
    for id_ in core.redis.zrange(record.keys.home(Status.HELD), 0, -1):
        held = comments.get(record, id_)
        comments.change_status(record, held, Status.APPROVED, by="olga", now=core.now())
    published = core.redis.zrange(record.keys.home(Status.APPROVED), 0, -1)
    assert set(load.seeds) < set(published)
    counts = threads.get_many(record, ARTICLES)
    assert sum(thread.comments for thread in counts) == len(published)
    matches, _ = search.find(record, "tram dear", limit=100)
    assert len(matches) >= 20


@pytest.mark.parametrize("queue", [None, "redis+cluster://127.0.0.1:1"])
def test_a_queue_on_a_cluster_is_refused_in_a_line(folder, queue):
    urls = {"FOLKMOOT_REDIS_URL": "redis+cluster://127.0.0.1:1"}
    urls |= {"FOLKMOOT_QUEUE_URL": queue} if queue else {}
    refused = folkmoot(folder, "run", **urls, **SECRET)
    assert refused.returncode == 1
    [line] = refused.stderr.splitlines()
    assert "FOLKMOOT_QUEUE_URL" in line
    assert "RQ does not run on a Cluster" in line


@pytest.mark.parametrize(
    "url", ["redis+cluster://127.0.0.1:1", "redis+sentinel://127.0.0.1:1/record"]
)
def test_a_topology_that_is_away_is_told_in_a_line(folder, url):
    away = {"FOLKMOOT_REDIS_URL": url, "FOLKMOOT_QUEUE_URL": "redis://127.0.0.1:1"}
    refused = folkmoot(folder, "worker", **away, **SECRET)
    assert refused.returncode == 1
    assert "the store cannot be reached" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_a_cluster_of_which_one_node_forgets_is_refused(folder, having):
    cluster = having(Shards(folder))
    cluster.nodes[1].client.config_set("appendonly", "no")
    urls = {"FOLKMOOT_REDIS_URL": cluster.url, "FOLKMOOT_QUEUE_URL": "redis://127.0.0.1:1"}
    refused = folkmoot(folder, "worker", **urls, **SECRET)
    assert refused.returncode == 1
    assert "set appendonly yes" in refused.stderr
