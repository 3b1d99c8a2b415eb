"""The roles web, worker and maintenance, one process each, for several machines."""

import os
import signal
from threading import Event

import click

from service import installation, logs, process, settings, supervisor
from service.cli.setting_options import setting

# Milliseconds in which a request's head must have come, and after which an idle connection ends.
SILENCE = 10_000
# Bytes: an address may name a hundred articles.
LARGEST_HEAD = 128 * 1024
CONNECTIONS, OTHER_FILES, BACKLOG = 16_384, 512, 4096
# Seconds for the last answers when we are stopped: longer than a body may take.
LAST_ANSWERS = 12


@click.command()
@setting("--host", "host")
@setting("--port", "port")
@setting("--web-workers", "web_workers")
def web(**given: object) -> None:
    """Serve HTTP.

    \b
    Example:
      FOLKMOOT_REDIS_URL=redis://store:6379 folkmoot web --host 0.0.0.0
    """
    from granian import Granian
    from granian.constants import HTTPModes, Interfaces, Loops
    from granian.http import HTTP1Settings
    from granian.log import LogLevels

    config = settings.read(**given)
    installation.open_core(config)
    os.environ.update(supervisor.environment(config))
    Granian(
        "service.app:from_environment",
        factory=True,
        address=config.host,
        port=config.port,
        interface=Interfaces.RSGI,
        loop=Loops.uvloop,
        workers=config.web_workers,
        # HTTP/2 is for the proxy in front: here its silent connections would stay for ever.
        http=HTTPModes.http1,
        websockets=False,
        http1_settings=HTTP1Settings(header_read_timeout=SILENCE, max_buffer_size=LARGEST_HEAD),
        backlog=BACKLOG,
        # Connections of each process; more wait in the kernel until others end.
        backpressure=process.raise_open_files(CONNECTIONS + OTHER_FILES) - OTHER_FILES,
        respawn_failed_workers=True,
        workers_kill_timeout=LAST_ANSWERS,
        log_level=LogLevels.warning,
    ).serve()


@click.command()
@click.option("--burst", is_flag=True, help="Exit when nothing is left to judge.")
def worker(burst: bool) -> None:
    """Judge comments.

    \b
    Example:
      FOLKMOOT_REDIS_URL=redis://store:6379 folkmoot worker
    """
    from workers import worker as judge

    config = settings.read()
    logs.configure(config.log_level)
    judge.run(config, burst=burst)


@click.command()
def maintenance() -> None:
    """Run the periodic jobs; one process is enough for all machines.

    \b
    Example:
      FOLKMOOT_REDIS_URL=redis://store:6379 folkmoot maintenance
    """
    from workers import schedule
    from workers.outbox.delivery import Delivery

    config = settings.read()
    logs.configure(config.log_level)
    stop = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    prompt = (*schedule.PROMPT, *schedule.of_delivery(Delivery(config)))
    schedule.run(installation.open_core(config), stop, prompt)
