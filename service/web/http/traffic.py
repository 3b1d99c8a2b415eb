"""Traffic by protocol: measured per blueprint, reported for all processes."""

import time
from collections import Counter
from collections.abc import Iterator

from flask import Blueprint, Response, g
from prometheus_client.core import CounterMetricFamily, HistogramMetricFamily
from prometheus_client.metrics_core import Metric

from service.clients.meter import BOUNDS
from service.web.http import caller


def measure(bp: Blueprint) -> None:
    """Count and time every answer of a blueprint under its name."""

    @bp.before_request
    def start() -> None:
        g.started = time.perf_counter()

    @bp.after_request
    def count(response: Response) -> Response:
        seconds = time.perf_counter() - g.get("started", time.perf_counter())
        caller.analyst().meter.answered(bp.name, response.status_code, seconds)
        return response


class Traffic:
    """A Prometheus collector of the store's request counts, the same in every process."""

    def __init__(self, counts: dict[str, int]) -> None:
        self._counts = counts

    def collect(self) -> Iterator[Metric]:
        """Yield the counters and the histogram of response times."""
        answers = CounterMetricFamily(
            "folkmoot_analysis_requests", "Answers by protocol", labels=["protocol", "status"]
        )
        times: dict[str, Counter[int]] = {}
        sums: Counter[str] = Counter()
        for field, count in self._counts.items():
            protocol, kind, *value = field.split(" ")
            if kind == "status":
                answers.add_metric([protocol, value[0]], count)
            elif kind == "bucket":
                times.setdefault(protocol, Counter())[int(value[0])] = count
            else:
                sums[protocol] = count
        yield answers
        yield _histogram(times, sums)


def _histogram(times: dict[str, Counter[int]], sums: Counter[str]) -> HistogramMetricFamily:
    family = HistogramMetricFamily(
        "folkmoot_analysis_seconds", "Time to the answer", labels=["protocol"]
    )
    names = [*(str(bound / 1000) for bound in BOUNDS), "+Inf"]
    for protocol, counts in times.items():
        total, buckets = 0, []
        for index, name in enumerate(names):
            total += counts[index]
            buckets.append((name, float(total)))
        family.add_metric([protocol], buckets, sums[protocol] / 1_000_000)
    return family
