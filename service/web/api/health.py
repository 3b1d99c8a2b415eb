"""Health checks and metrics."""

from flask import Blueprint, Response, jsonify
from prometheus_client import CollectorRegistry, Gauge, generate_latest

from service import health
from service.core import Core
from service.web.http import caller
from service.web.http.traffic import Traffic

bp = Blueprint("health", __name__)


@bp.get("/healthz")
def get_health() -> dict[str, str]:
    """Show that this process is alive."""
    return {"status": "alive"}


@bp.get("/readyz")
def get_readiness() -> tuple[Response, int]:
    """Tell part by part whether comments can be accepted and judged."""
    parts = health.find_ready_parts(caller.core())
    is_ready = all(parts.values())
    body = jsonify({"status": "ready" if is_ready else "not ready", "parts": parts})
    return body, 200 if is_ready else 503


@bp.get("/metrics")
def get_metrics() -> Response:
    """Return the metrics for Prometheus."""
    metrics = generate_latest(_registry(caller.core()))
    return Response(metrics, content_type="text/plain; version=0.0.4")


def _registry(core: Core) -> CollectorRegistry:
    registry = CollectorRegistry()
    depth = Gauge(
        "folkmoot_queue_comments", "Comments in a queue", ["site", "queue"], registry=registry
    )
    late = Gauge(
        "folkmoot_unjudged_late", "Comments due for a verdict for 30 s", ["site"], registry=registry
    )
    workers = Gauge("folkmoot_workers", "Workers alive", registry=registry)
    workers.set(health.count_workers(core))
    for load in health.measure_load(core):
        for queue, count in load.queues.items():
            depth.labels(load.site, queue).set(count)
        late.labels(load.site).set(load.late)
    registry.register(Traffic(health.count_answers(core)))
    return registry
