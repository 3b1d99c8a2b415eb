"""The RQ worker: one queue, no fork, short leases, and a heartbeat of its own."""

import os
import socket
from importlib import import_module
from typing import Any

import structlog
from rq import Queue
from rq.job import Job
from rq.serializers import JSONSerializer
from rq.worker import SimpleWorker

from service import dispatch, installation
from service.scoring import Scorers
from service.settings import Settings
from service.store.server import connection
from service.store.site import workers
from workers import runtime
from workers.runtime import Runtime

log = structlog.get_logger(__name__)

# RQ recovers a dead worker's job when its lease has ended and another worker does maintenance,
# which an idle worker does only between waits of `worker_ttl - 15` seconds. That took 811 s with
# RQ's defaults and takes 15 s with these.
WORKER_TTL = 20
MAINTENANCE = 5


class DrainWorker(SimpleWorker):
    """Runs jobs in its own process: the classifier is loaded once, and nothing is forked."""

    def get_heartbeat_ttl(self, job: Job, working_time: float = 0) -> int:
        """Return the lease of a job: its time-out and a margin."""
        return int((job.timeout or dispatch.JOB_TIMEOUT) + 10)

    def heartbeat(self, *args: Any, **kwargs: Any) -> None:
        """Report to RQ and to our store that this worker is alive."""
        super().heartbeat(*args, **kwargs)
        _sign()


def run(settings: Settings, *, burst: bool = False) -> None:
    """Load the model, then judge until stopped; with `burst`, until the queue is empty."""
    core = installation.open_core(settings)
    scorers = Scorers(settings.model_folder, settings.tiers)
    scorers.warm()
    # RQ would import the job with the first comment, whose author would wait most of a second.
    import_module(dispatch.DRAIN.rpartition(".")[0])
    runtime.install(Runtime(core=core, scorers=scorers))
    redis = connection.open_queue(installation.queue_url(settings), wait=WORKER_TTL + 10)
    queue = Queue(dispatch.QUEUE, connection=redis, serializer=JSONSerializer)
    worker = DrainWorker(
        [queue],
        name=f"{socket.gethostname()}-{os.getpid()}",
        connection=redis,
        serializer=JSONSerializer,
        worker_ttl=WORKER_TTL,
        maintenance_interval=MAINTENANCE,
        log_job_description=False,
    )
    _sign()
    info = scorers.of().info
    log.info("worker ready", model=info.name, version=info.version)
    worker.work(burst=burst, logging_level="WARNING")


def _sign() -> None:
    here = runtime.current()
    name = f"{socket.gethostname()}-{os.getpid()}"
    workers.sign(here.core.redis, name, here.scorers.of().model, now=here.core.now())
