"""The bell: enqueue the job that calls a worker to a site, without importing the workers.

A job carries only a site's name. The work itself is listed in the record, so a lost, repeated or
late job does no harm.
"""

from collections.abc import Callable

import structlog
from redis import Redis
from redis.exceptions import RedisError
from rq import Queue, Retry
from rq.serializers import JSONSerializer

DRAIN = "workers.jobs.drain"
QUEUE = "folkmoot"
JOB_TIMEOUT = 60

log = structlog.get_logger(__name__)


def open_queue(redis: Redis) -> Queue:
    """Open the only queue of all workers: RQ can take jobs atomically from just one."""
    return Queue(QUEUE, connection=redis, serializer=JSONSerializer, default_timeout=JOB_TIMEOUT)


def bell(queue: Queue) -> Callable[[str], None]:
    """Return the function that rings for a site."""

    def ring(site: str) -> None:
        # If the queue is away, a bell is lost but no comment: maintenance rings again.
        try:
            queue.enqueue_call(
                DRAIN,
                args=(site,),
                timeout=JOB_TIMEOUT,
                result_ttl=0,
                failure_ttl=3600,
                description=f"drain {site}",
                retry=Retry(max=3),
            )
        except RedisError as error:
            log.warning("bell not heard", site=site, error=type(error).__name__)

    return ring
