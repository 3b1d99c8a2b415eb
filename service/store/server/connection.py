"""Connections to the record and the queue, with time-outs that suit a web request."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast

from redis import Redis
from redis.backoff import ExponentialWithJitterBackoff, NoBackoff
from redis.cluster import ClusterNode, ClusterPipeline, RedisCluster
from redis.exceptions import ClusterDownError, RedisClusterException, SlotNotCoveredError
from redis.exceptions import ConnectionError as Unreachable
from redis.retry import Retry
from redis.sentinel import Sentinel

from service.store import scripts
from service.store.server import address
from service.store.server.address import Address, Topology

# Every write may be sent twice without harm (scripts are idempotent, votes are set, not counted),
# so a lost connection is retried: three quick tries, then the caller gets the error. A time-out is
# not retried: the caller has waited long enough.
RETRIES = 3
SILENCE = 5
CONNECT = 2
# Sentinels are asked one after the other within a request: one that is down must cost little.
SENTINEL_SILENCE = 0.5


def open_record(url: str) -> Redis:
    """Connect to the record; replies are decoded to `str`.

    :raises redis.exceptions.ConnectionError: it is a Cluster, and no node answers.
    :raises BadScript: one of our scripts is invalid.
    """
    scripts.load()
    return _open(address.read(url), **_options(SILENCE), decode_responses=True)


def open_queue(url: str, *, wait: float = SILENCE) -> Redis:
    """Connect to RQ's server; RQ needs bytes, and a worker waits longer for a job."""
    return _open(address.read(url), **_options(wait))


def servers(redis: Redis) -> list[Redis]:
    """Return every server that takes writes: the single one, or all primaries of a Cluster."""
    if not isinstance(redis, RedisCluster):
        return [redis]
    return [redis.get_redis_connection(node) for node in redis.get_primaries()]


def _open(place: Address, **options: Any) -> Redis:
    match place.topology:
        case Topology.SENTINEL:
            return _watched(place, options)
        case Topology.CLUSTER:
            return _cluster(place, options)
        case _:
            return Redis.from_url(place.url, **options)


def _options(silence: float) -> dict[str, Any]:
    backoff = ExponentialWithJitterBackoff(base=0.02, cap=0.2)
    return {
        "socket_timeout": silence,
        "socket_connect_timeout": CONNECT,
        "health_check_interval": 30,
        "retry": Retry(backoff, RETRIES, supported_errors=(Unreachable,)),
    }


def _watched(place: Address, options: dict[str, Any]) -> Redis:
    sentinel_options = {
        "socket_timeout": SENTINEL_SILENCE,
        "socket_connect_timeout": SENTINEL_SILENCE,
        "retry": Retry(NoBackoff(), 0),
    }
    watch = Sentinel(list(place.hosts), sentinel_kwargs=sentinel_options)  # type: ignore[no-untyped-call]
    options = {"db": place.db, **_credentials(place), **options}
    primary = watch.master_for(place.primary, **options)  # type: ignore[no-untyped-call]
    return cast("Redis", primary)


def _cluster(place: Address, options: dict[str, Any]) -> Redis:
    nodes = [ClusterNode(host, port) for host, port in place.hosts]  # type: ignore[no-untyped-call]
    with _as_unreachable():
        # A Cluster has the same commands; docs/adr/0006 lists the differences.
        return cast("Redis", Cluster(startup_nodes=nodes, **_credentials(place), **options))


def _credentials(place: Address) -> dict[str, Any]:
    return {"username": place.username, "password": place.password}


class Cluster(RedisCluster):
    """A Cluster that raises the same errors as any other store when it is away."""

    # No time-outs, for the reason above.
    ERRORS_ALLOW_RETRY = (Unreachable, ClusterDownError, SlotNotCoveredError)  # type: ignore[assignment]

    def execute_command(self, *args: Any, **kwargs: Any) -> Any:
        """Send a command to the node that owns its key."""
        with _as_unreachable():
            return super().execute_command(*args, **kwargs)  # type: ignore[no-untyped-call]

    def pipeline(self, transaction: Any = None, shard_hint: Any = None) -> ClusterPipeline:
        """Collect commands, and send those of one node together."""
        collected: ClusterPipeline = super().pipeline(transaction, shard_hint)  # type: ignore[no-untyped-call]
        collected.execute = _translating(collected.execute)  # type: ignore[method-assign]
        return collected


def _translating(execute: Any) -> Any:
    def translated(*args: Any, **kwargs: Any) -> Any:
        with _as_unreachable():
            return execute(*args, **kwargs)

    return translated


@contextmanager
def _as_unreachable() -> Iterator[None]:
    try:
        yield
    except RedisClusterException as error:
        # Not a RedisError: no node answers, or none owns the slot.
        raise Unreachable(str(error)) from error
