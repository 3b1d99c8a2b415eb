"""Call the workers by name; nothing here imports them.

The job is a doorbell: it carries a site's name and nothing else. What is to be done stands in the
record, so a lost, doubled or late job changes nothing.
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
    """Open the one queue that all workers listen on: RQ moves jobs atomically only from one."""
    return Queue(QUEUE, connection=redis, serializer=JSONSerializer, default_timeout=JOB_TIMEOUT)


def bell(queue: Queue) -> Callable[[str], None]:
    """Give the function that rings for a site."""

    def ring(site: str) -> None:
        # A queue that is away loses a bell, not a comment: maintenance rings again.
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
