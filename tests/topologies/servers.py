"""Start real servers as an operator would: one, one with replicas and Sentinels, a Cluster."""

import os
import subprocess
import time
from pathlib import Path

from redis import Redis
from redis.exceptions import RedisError

from service.store.server import embedded
from service.supervisor import free_port
from tests.conftest import wait_for

HOST = "127.0.0.1"
NAME = "record"
SLOTS = 16384


class Server:
    """One server on a free port, with the durability settings that Folkmoot requires."""

    def __init__(self, folder: Path, *options: object) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder, self.port = folder, free_port(HOST)
        self.argv = [str(part) for part in (*self._command(), *options)]
        self.process: subprocess.Popen[bytes] | None = None
        self.client = Redis(host=HOST, port=self.port, decode_responses=True, socket_timeout=10)

    @property
    def url(self) -> str:
        return f"redis://{HOST}:{self.port}"

    def start(self, **env: str) -> "Server":
        # restore_signals: a full disk must be an error for the server, as in production, and
        # not kill it by SIGXFSZ.
        self.process = subprocess.Popen(
            self.argv, stdin=subprocess.DEVNULL, env=os.environ | env, restore_signals=False
        )
        wait_for(f"a server on {self.port}", self.is_up)
        return self

    def is_up(self) -> bool:
        try:
            return bool(self.client.ping())
        except RedisError:
            assert self.process is not None
            assert self.process.poll() is None, (self.folder / "server.log").read_text()[-2000:]
            return False

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()

    def stop(self) -> None:
        self.client.close()
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            self.process.wait()

    def _command(self) -> list[object]:
        return [
            embedded.find_binary(),
            *("--port", self.port, "--bind", HOST, "--dir", self.folder),
            *("--appendonly", "yes", "--appendfsync", "always", "--save", ""),
            *("--maxmemory-policy", "noeviction", "--repl-diskless-sync-delay", 0),
            *("--logfile", self.folder / "server.log"),
        ]


class Watcher(Server):
    """One Sentinel, which stores its state in its own configuration file."""

    def __init__(self, folder: Path, primary: Server) -> None:
        self._primary = primary
        super().__init__(folder, "--sentinel")

    def _command(self) -> list[object]:
        config = self.folder / "sentinel.conf"
        config.write_text(
            f"port {self.port}\nbind {HOST}\ndir {self.folder}\n"
            f"logfile {self.folder / 'server.log'}\n"
            f"sentinel monitor {NAME} {HOST} {self._primary.port} 2\n"
            f"sentinel down-after-milliseconds {NAME} 1000\n"
            f"sentinel failover-timeout {NAME} 5000\n"
        )
        return [embedded.find_binary(), config]

    def knows_all(self, replicas: int, others: int) -> bool:
        master = self.client.sentinel_master(NAME)
        return (master["num-slaves"], master["num-other-sentinels"]) == (replicas, others)


class Watched:
    """A primary with two replicas, one of which must confirm a write, under three Sentinels."""

    # With one replica, nothing could be written after a failover until the lost server returns.
    REPLICAS = 2

    def __init__(self, folder: Path) -> None:
        careful = ("--min-replicas-to-write", 1, "--min-replicas-max-lag", 5)
        self.primary = Server(folder / "primary", *careful)
        follow = ("--replicaof", f"{HOST} {self.primary.port}")
        self.replicas = [
            Server(folder / f"replica-{n}", *careful, *follow) for n in range(self.REPLICAS)
        ]
        self.watchers = [Watcher(folder / f"sentinel-{n}", self.primary) for n in range(3)]

    @property
    def url(self) -> str:
        hosts = ",".join(f"{HOST}:{watcher.port}" for watcher in self.watchers)
        return f"redis+sentinel://{hosts}/{NAME}"

    def start(self) -> "Watched":
        for server in (self.primary, *self.replicas, *self.watchers):
            server.start()
        for watcher in self.watchers:
            wait_for("each Sentinel to know all", lambda w=watcher: w.knows_all(self.REPLICAS, 2))
        info = self.primary.client.info
        wait_for("good replicas", lambda: info("replication")["min_slaves_good_slaves"] == 2)
        return self

    def everything_is_copied(self) -> None:
        """Wait until both replicas have all writes so far."""
        with self.primary.client.client() as client:
            client.set("probe", time.time())
            assert client.wait(self.REPLICAS, 10_000) == self.REPLICAS

    def stop(self) -> None:
        for server in (*self.watchers, self.primary, *self.replicas):
            server.stop()


class Shards:
    """A Cluster of three primaries."""

    def __init__(self, folder: Path) -> None:
        self.nodes = [
            Server(
                folder / f"node-{n}",
                *("--cluster-enabled", "yes", "--cluster-node-timeout", 2000),
                *("--cluster-port", free_port(HOST), "--cluster-config-file", "nodes.conf"),
            )
            for n in range(3)
        ]

    @property
    def url(self) -> str:
        return "redis+cluster://" + ",".join(f"{HOST}:{node.port}" for node in self.nodes)

    def start(self) -> "Shards":
        for number, node in enumerate(self.nodes):
            node.start()
            share = SLOTS * number // 3, SLOTS * (number + 1) // 3 - 1
            node.client.execute_command("CLUSTER ADDSLOTSRANGE", *share)
            node.client.execute_command("CLUSTER SET-CONFIG-EPOCH", number + 1)
        first = self.nodes[0]
        for node in self.nodes[1:]:
            bus = node.argv[node.argv.index("--cluster-port") + 1]
            first.client.execute_command("CLUSTER MEET", HOST, node.port, bus)
        for node in self.nodes:
            wait_for("a whole cluster", lambda n=node: self._is_whole(n))
        return self

    def stop(self) -> None:
        for node in self.nodes:
            node.stop()

    def holder_of(self, key: str) -> Server:
        """Return the node that has a key's slot."""
        slot = self.nodes[0].client.execute_command("CLUSTER KEYSLOT", key)
        return self.nodes[min(slot * 3 // SLOTS, 2)]

    @staticmethod
    def _is_whole(node: Server) -> bool:
        state = node.client.execute_command("CLUSTER INFO")
        return state["cluster_state"] == "ok" and state["cluster_size"] == "3"
