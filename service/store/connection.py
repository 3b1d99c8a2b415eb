"""Open the record: one client, with the retries and time-outs that a web request can afford."""

from typing import Any

from redis import Redis
from redis.backoff import ExponentialWithJitterBackoff
from redis.exceptions import ConnectionError as Unreachable
from redis.exceptions import TimeoutError as TooSlow
from redis.retry import Retry

# Every write of ours may be sent twice without harm (scripts are idempotent, votes are set, not
# counted), so a lost reply is answered by asking again; three quick tries, then the caller hears.
RETRIES = 3
AWAY = (Unreachable, TooSlow)


def open_record(url: str) -> Redis:
    """Connect to the record; strings come back as `str`."""
    return Redis.from_url(url, decode_responses=True, **_manners())


def open_queue(url: str, *, wait: float = 5) -> Redis:
    """Connect to the server that RQ uses; RQ wants bytes, and a worker waits longer for a job."""
    return Redis.from_url(url, **(_manners() | {"socket_timeout": wait}))


def _manners() -> dict[str, Any]:
    return {
        "socket_timeout": 5,
        "socket_connect_timeout": 2,
        "health_check_interval": 30,
        "retry": Retry(ExponentialWithJitterBackoff(base=0.02, cap=0.2), RETRIES),
        "retry_on_error": [Unreachable, TooSlow],
    }
