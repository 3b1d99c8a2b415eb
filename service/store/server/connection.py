"""Open the record and the queue: by what the address says, with the patience of a web request."""

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

# Every write of ours may be sent twice without harm (scripts are idempotent, votes are set, not
# counted), so a lost connection is answered by asking again; three quick tries, then the caller
# hears. A server that hangs is not asked again: its caller has waited long enough.
RETRIES = 3
SILENCE = 5
CONNECT = 2
# Sentinels are asked one after the other, within a request: one that is down must cost little.
SENTINEL_SILENCE = 0.5


def open_record(url: str) -> Redis:
    """Connect to the record; strings come back as `str`.

    :raises redis.exceptions.ConnectionError: it is a Cluster, and none of its nodes answers.
    :raises BadScript: one of our scripts is not sound.
    """
    scripts.load()
    return _open(address.read(url), **_manners(SILENCE), decode_responses=True)


def open_queue(url: str, *, wait: float = SILENCE) -> Redis:
    """Connect to the server that RQ uses; RQ wants bytes, and a worker waits longer for a job."""
    return _open(address.read(url), **_manners(wait))


def servers(redis: Redis) -> list[Redis]:
    """Give each server that takes writes: the one, or all primaries of a Cluster."""
    if not isinstance(redis, RedisCluster):
        return [redis]
    return [redis.get_redis_connection(node) for node in redis.get_primaries()]


def _open(place: Address, **manners: Any) -> Redis:
    match place.topology:
        case Topology.SENTINEL:
            return _watched(place, manners)
        case Topology.CLUSTER:
            return _cluster(place, manners)
        case _:
            return Redis.from_url(place.url, **manners)


def _manners(silence: float) -> dict[str, Any]:
    backoff = ExponentialWithJitterBackoff(base=0.02, cap=0.2)
    return {
        "socket_timeout": silence,
        "socket_connect_timeout": CONNECT,
        "health_check_interval": 30,
        "retry": Retry(backoff, RETRIES, supported_errors=(Unreachable,)),
    }


def _watched(place: Address, manners: dict[str, Any]) -> Redis:
    asking = {
        "socket_timeout": SENTINEL_SILENCE,
        "socket_connect_timeout": SENTINEL_SILENCE,
        "retry": Retry(NoBackoff(), 0),
    }
    watch = Sentinel(list(place.hosts), sentinel_kwargs=asking)  # type: ignore[no-untyped-call]
    wishes = {"db": place.db, **_credentials(place), **manners}
    primary = watch.master_for(place.primary, **wishes)  # type: ignore[no-untyped-call]
    return cast("Redis", primary)


def _cluster(place: Address, manners: dict[str, Any]) -> Redis:
    nodes = [ClusterNode(host, port) for host, port in place.hosts]  # type: ignore[no-untyped-call]
    with _as_unreachable():
        # A Cluster speaks the same verbs; what differs is told in docs/adr/0006.
        return cast("Redis", Cluster(startup_nodes=nodes, **_credentials(place), **manners))


def _credentials(place: Address) -> dict[str, Any]:
    return {"username": place.username, "password": place.password}


class Cluster(RedisCluster):
    """A Cluster that, when it is away, raises the same errors as any other store."""

    # Not time-outs, for the reason given above.
    ERRORS_ALLOW_RETRY = (Unreachable, ClusterDownError, SlotNotCoveredError)  # type: ignore[assignment]

    def execute_command(self, *args: Any, **kwargs: Any) -> Any:
        """Send a command to the node that has its key."""
        with _as_unreachable():
            return super().execute_command(*args, **kwargs)  # type: ignore[no-untyped-call]

    def pipeline(self, transaction: Any = None, shard_hint: Any = None) -> ClusterPipeline:
        """Collect commands; those of one node are sent to it together."""
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
        # The library's own kind, no RedisError: no node answers, or none has the slot.
        raise Unreachable(str(error)) from error
