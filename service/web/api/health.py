"""Tell whether this process is alive, whether the whole is ready, and what it is doing."""

from datetime import timedelta

from flask import Blueprint, Response, jsonify
from prometheus_client import CollectorRegistry, Gauge, generate_latest
from redis.exceptions import RedisError

from service.core import Core
from service.domain.errors import SchemaMismatch
from service.store.accounts import usage
from service.store.comments import unjudged
from service.store.desk import queues
from service.store.server import schema
from service.store.site import sites, workers
from service.web.http import caller
from service.web.http.traffic import Traffic

bp = Blueprint("health", __name__)


@bp.get("/healthz")
def get_health() -> dict[str, str]:
    """Answer, which is all that is asked."""
    return {"status": "alive"}


@bp.get("/readyz")
def get_readiness() -> tuple[Response, int]:
    """Tell part by part whether comments can be taken and judged."""
    parts = _parts(caller.core())
    ready = all(parts.values())
    body = jsonify({"status": "ready" if ready else "not ready", "parts": parts})
    return body, 200 if ready else 503


@bp.get("/metrics")
def get_metrics() -> Response:
    """Show the queues' depths and ages for Prometheus."""
    return Response(
        generate_latest(_registry(caller.core())), content_type="text/plain; version=0.0.4"
    )


def _parts(core: Core) -> dict[str, bool]:
    try:
        schema.ensure(core.redis)
        alive = workers.alive(core.redis, now=core.now())
    except (RedisError, SchemaMismatch):
        return {"store": False, "workers": False, "model": False}
    return {"store": True, "workers": bool(alive), "model": any(sign.model for sign in alive)}


def _registry(core: Core) -> CollectorRegistry:
    registry = CollectorRegistry()
    depth = Gauge(
        "folkmoot_queue_comments", "Comments in a queue", ["site", "queue"], registry=registry
    )
    late = Gauge(
        "folkmoot_unjudged_late", "Comments due for a verdict for 30 s", ["site"], registry=registry
    )
    living = Gauge("folkmoot_workers", "Workers alive", registry=registry)
    living.set(len(workers.alive(core.redis, now=core.now())))
    for site in sites.every(core.redis):
        record = core.at(site.name)
        for state, number in queues.counts(record).items():
            depth.labels(site.name, state.value).set(number)
        since = core.now() - timedelta(seconds=30)
        late.labels(site.name).set(unjudged.due(record, before=since))
    registry.register(Traffic(usage.requests(core.redis)))
    return registry
