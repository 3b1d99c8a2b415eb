"""The roles web, worker and maintenance, one process each, for several machines."""

import os
import signal
from threading import Event

import click

from service import installation, logs, settings, supervisor
from service.cli.setting_options import setting


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
    from granian.constants import Interfaces
    from granian.log import LogLevels

    config = settings.read(**given)
    installation.open_core(config)
    os.environ.update(supervisor.environment(config))
    Granian(
        "service.app:from_environment",
        factory=True,
        address=config.host,
        port=config.port,
        interface=Interfaces.WSGI,
        workers=config.web_workers,
        blocking_threads=min(8, 2 * (os.cpu_count() or 1) + 1),
        respawn_failed_workers=True,
        workers_kill_timeout=10,
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
