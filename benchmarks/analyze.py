"""Measure how fast texts are scored for other systems: Perspective's protocol and our own batches.

    python -m benchmarks.analyze --data comments.jsonl.gz --web-workers 2

Starts its own `folkmoot run` in a temporary folder. It first sends requests at a steady rate, each
timed from the moment it was due, so that a late one counts as slow, and then as many as possible.
The clients share the machine with the server and use about a quarter of the processor time.
Without --data it sends generated texts.

The last figure compares with what Perspective gives without asking for more: 60 texts a minute. The
self-hosted services that others wrap around Detoxify are not measured here: it cannot be installed
without fetching a model of some hundred megabytes from the net.
"""

import itertools
import json
import multiprocessing
import os
import platform
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import mean, quantiles
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from benchmarks.line import Line, bearer
from benchmarks.replay import texts_of
from benchmarks.serving import serving

# A lenient key gets an answer for a text in an unknown language, so it is timed like any other.
KEY = ("key", "add", "--scope", "analyze", "--manner", "lenient")
PATH = "/v1alpha1/comments:analyze"
OPTIONS = {"requestedAttributes": {"TOXICITY": {}}, "languages": ["en"]}
BATCH = 100
GOOGLES_BATCH = 25
PERSPECTIVES_QUOTA = 60


@click.command()
@click.option(
    "--data", type=click.Path(exists=True, path_type=Path), help="JSONL or CSV, may be .gz."
)
@click.option("--column", default="text", show_default=True, help="The text field of DATA.")
@click.option("--texts", "count", default=2000, show_default=True, type=click.IntRange(1))
@click.option("--rate", default=100, show_default=True, type=click.IntRange(1))
@click.option("--seconds", default=20, show_default=True, type=click.IntRange(1, 600))
@click.option("--clients", default=8, show_default=True, type=click.IntRange(1, 64))
@click.option("--web-workers", default=2, show_default=True, type=click.IntRange(1, 64))
@click.option(
    "--quota", default="0", help="Quota of the key; with one, every request asks the store."
)
@click.option(
    "--json", "target", type=click.Path(path_type=Path), help="Also write the figures to this file."
)
def main(
    data: Path | None,
    column: str,
    count: int,
    rate: int,
    seconds: int,
    clients: int,
    web_workers: int,
    quota: str,
    target: Path | None,
) -> None:
    """Print latencies at a steady rate, and the highest throughput."""
    texts = list(itertools.islice(texts_of(data, column), count))
    with serving("--no-demo", "--web-workers", str(web_workers)) as running:
        key = running.folkmoot(*KEY, "--quota", quota).split()[-1]
        _most(running.url, key, texts, 2, clients)  # warm up: after this every process has scored
        figures: dict[str, Any] = {
            "texts": len(texts),
            "mean characters": round(mean(map(len, texts))),
            f"at {rate} a second, ms": _steady(running.url, key, texts, rate, seconds),
            "analyses a second": _most(running.url, key, texts, seconds, clients),
            "texts a second in batches": _batches(running.url, key, texts, seconds),
            "texts a second in Google's batches": _googles(running.url, key, texts, seconds),
            "machine": f"{os.cpu_count()} cores, Python {platform.python_version()}, "
            f"{web_workers} web processes",
        }
    most = figures["analyses a second"]
    figures["times Perspective's quota"] = round(most * 60 / PERSPECTIVES_QUOTA)
    table = Table("what", "figure")
    for name, value in figures.items():
        table.add_row(name, json.dumps(value) if isinstance(value, dict) else str(value))
    Console().print(table)
    if target:
        target.write_text(json.dumps(figures, indent=2) + "\n")


def _requests(line: Line, key: str, texts: list[str]) -> Iterator[bytes]:
    requests = [
        line.request("POST", PATH, {"comment": {"text": text}, **OPTIONS}, **bearer(key))
        for text in texts
    ]
    return itertools.cycle(requests)


def _steady(url: str, key: str, texts: list[str], rate: int, seconds: int) -> dict[str, float]:
    latencies: list[float] = []
    numbers = itertools.count()
    # Encoded before the clock starts, so that only the server is measured.
    requests = list(itertools.islice(_requests(Line(url), key, texts), len(texts)))
    start = time.perf_counter() + 0.2

    def work() -> None:
        line = Line(url)
        while (number := next(numbers)) < rate * seconds:
            due = start + number / rate
            time.sleep(max(0.0, due - time.perf_counter()))  # keeps the rate
            line.send(requests[number % len(requests)])
            latencies.append(time.perf_counter() - due)

    threads = [threading.Thread(target=work) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    cuts = quantiles(latencies, n=1000, method="inclusive")
    seconds_by_name = {f"p{p}": cuts[int(p * 10) - 1] for p in (50, 95, 99, 99.9)}
    seconds_by_name["most"] = max(latencies)
    return {name: round(value * 1000, 2) for name, value in seconds_by_name.items()}


def _most(url: str, key: str, texts: list[str], seconds: float, clients: int) -> float:
    with multiprocessing.Pool(clients) as pool:
        start = time.perf_counter()
        done = pool.starmap(_hurry, [(url, key, texts, seconds)] * clients)
    return round(sum(done) / max(seconds, time.perf_counter() - start - 0.2), 1)


def _hurry(url: str, key: str, texts: list[str], seconds: float) -> int:
    line = Line(url)
    end, done = time.perf_counter() + seconds, 0
    for request in _requests(line, key, texts):
        if time.perf_counter() >= end:
            break
        line.send(request)
        done += 1
    return done


def _batches(url: str, key: str, texts: list[str], seconds: float) -> float:
    """Send our own batches, whose answers have verdicts too."""
    line = Line(url)
    batch = list(itertools.islice(itertools.cycle(texts), BATCH))
    request = line.request("POST", "/api/v1/analyze", {"texts": batch}, **bearer(key))
    return _repeated(line, request, BATCH, seconds)


def _googles(url: str, key: str, texts: list[str], seconds: float) -> float:
    """Send batches as Google's clients write them."""
    line = Line(url)
    batch = itertools.islice(itertools.cycle(texts), GOOGLES_BATCH)
    calls = [
        line.request("POST", PATH, {"comment": {"text": text}, **OPTIONS}).decode()
        for text in batch
    ]
    content = "".join(f"--b\r\nContent-Type: application/http\r\n\r\n{call}\r\n" for call in calls)
    head = f"POST /batch HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {key}\r\n"
    kind = "Content-Type: multipart/mixed; boundary=b\r\n"
    body = f"{content}--b--\r\n".encode()
    request = f"{head}{kind}Content-Length: {len(body)}\r\n\r\n".encode() + body
    return _repeated(line, request, GOOGLES_BATCH, seconds)


def _repeated(line: Line, request: bytes, texts: int, seconds: float) -> float:
    start, done = time.perf_counter(), 0
    while time.perf_counter() - start < seconds:
        line.send(request)
        done += texts
    return round(done / (time.perf_counter() - start), 1)


if __name__ == "__main__":
    main()
