"""Replay real comments through the public API and report their fate and the times.

    python benchmarks/replay.py --data comments.jsonl.gz --count 2000 --clients 8

Starts its own `folkmoot run` in a temporary folder. The time to the verdict is from the client's
receipt of the answer to the entry in the log. Without --data it sends generated comments.
"""

import csv
import gzip
import itertools
import json
import os
import platform
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from http.client import HTTPConnection
from pathlib import Path
from queue import Empty, SimpleQueue
from statistics import quantiles
from typing import Any, TextIO
from urllib.parse import urlsplit

import click
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from benchmarks.serving import Running, serving
from service.domain.policy import Policy
from service.domain.site import CaptchaStrategy, Site
from service.store.comments import comments, history, unjudged
from service.store.site import sites

ORIGIN = "https://news.example"
ARTICLES = 20
SITE = "replay"


@dataclass
class Sent:
    """The answers that the clients received, with the time of each."""

    acknowledged: dict[str, float] = field(default_factory=dict)
    seconds: list[float] = field(default_factory=list)
    refused: Counter[int] = field(default_factory=Counter)


@click.command()
@click.option(
    "--data", type=click.Path(exists=True, path_type=Path), help="JSONL or CSV, may be .gz."
)
@click.option("--column", default="text", show_default=True, help="The text field of DATA.")
@click.option("--count", default=2000, show_default=True, type=click.IntRange(1))
@click.option("--clients", default=8, show_default=True, type=click.IntRange(1, 256))
@click.option("--workers", default=1, show_default=True, type=click.IntRange(1, 64))
@click.option(
    "--json", "target", type=click.Path(path_type=Path), help="Also write the figures to this file."
)
def main(
    data: Path | None, column: str, count: int, clients: int, workers: int, target: Path | None
) -> None:
    """Send comments through the public API and print the results."""
    texts = list(itertools.islice(texts_of(data, column), count))
    with serving("--no-demo", "--workers", str(workers)) as running:
        _add_site(running)
        sent, took = _send(running, texts, clients)
        judged = _wait_for_verdicts(running, sent, time.monotonic() + 300)
        figures = _figures(running, sent, took, judged) | {"clients": clients, "workers": workers}
    _print(figures)
    if target:
        target.write_text(json.dumps(figures, indent=2) + "\n")
    if figures["lost"] or figures["doubled"]:
        raise click.ClickException("something was lost or doubled")


def texts_of(data: Path | None, column: str) -> Iterator[str]:
    """Return the texts of a file, or an endless series of generated texts."""
    if data is None:
        for number in itertools.count():
            yield f"Comment {number}: the tram bridge will be late again, and dearer, I am sure."
        return
    with _open(data) as file:
        for row in _rows(data, file):
            if column not in row:
                raise click.ClickException(f"{data}: no field {column!r}; there are {sorted(row)}")
            if str(row[column]).strip():
                yield str(row[column])


def _open(data: Path) -> TextIO:
    if data.suffix == ".gz":
        return gzip.open(data, "rt", encoding="utf-8")
    return data.open(encoding="utf-8", newline="")


def _rows(data: Path, file: TextIO) -> Iterator[dict[str, Any]]:
    if ".csv" in data.suffixes:
        yield from csv.DictReader(file)
        return
    for number, line in enumerate(file, 1):
        try:
            yield json.loads(line)
        except ValueError as error:
            raise click.ClickException(f"{data}:{number}: {error}") from None


def _add_site(running: Running) -> None:
    # No captcha and no allowance, since one machine plays all readers.
    policy = Policy(comments_per_minute=0, max_length=20_000)
    site = Site(name=SITE, origins=(ORIGIN,), captcha=CaptchaStrategy.OFF, policy=policy)
    sites.put(running.core.redis, site)


def _send(running: Running, texts: list[str], clients: int) -> tuple[Sent, float]:
    work: SimpleQueue[tuple[int, str]] = SimpleQueue()
    for item in enumerate(texts):
        work.put(item)
    sent = Sent()
    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("sending", total=len(texts))
        advance = partial(progress.advance, task)
        threads = [
            threading.Thread(target=_client, args=(running.url, work, sent, advance))
            for _ in range(clients)
        ]
        start = time.monotonic()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    return sent, time.monotonic() - start


def _client(
    url: str, work: "SimpleQueue[tuple[int, str]]", sent: Sent, advance: Callable[[], None]
) -> None:
    connection = HTTPConnection(urlsplit(url).netloc, timeout=30)
    while True:
        try:
            number, text = work.get_nowait()
        except Empty:
            return
        start = time.monotonic()
        status, answer = _post(connection, number, text)
        sent.seconds.append(time.monotonic() - start)
        if status == 202:
            sent.acknowledged[answer["id"]] = time.time()
        else:
            sent.refused[status] += 1
        advance()


def _post(connection: HTTPConnection, number: int, text: str) -> tuple[int, dict[str, Any]]:
    body = {"thread": f"{ORIGIN}/{number % ARTICLES}", "name": f"Reader {number}", "body": text}
    headers = {"Content-Type": "application/json", "Idempotency-Key": f"replay-{number}"}
    connection.request("POST", f"/api/v1/sites/{SITE}/comments", json.dumps(body), headers)
    response = connection.getresponse()
    return response.status, json.loads(response.read())


def _wait_for_verdicts(running: Running, sent: Sent, deadline: float) -> dict[str, float]:
    record = running.core.at(SITE)
    while unjudged.count(record) and time.monotonic() < deadline:
        time.sleep(0.05)  # polled, since the store does not announce when it is done
    entries = history.latest(record, limit=10 * len(sent.acknowledged) + 1)
    return {entry.comment: entry.at.timestamp() for entry in entries}


def _figures(running: Running, sent: Sent, took: float, judged: dict[str, float]) -> dict[str, Any]:
    record = running.core.at(SITE)
    stored = comments.get_many(record, sent.acknowledged)
    accepted = sent.acknowledged
    verdicts = [max(0.0, judged[id_] - at) for id_, at in accepted.items() if id_ in judged]
    span = max(judged.values(), default=0.0) - min(accepted.values(), default=0.0)
    return {
        "sent": len(sent.seconds),
        "accepted": len(sent.acknowledged),
        "refused": dict(sent.refused),
        "status": dict(Counter(comment.status.value for comment in stored)),
        "accept_ms": _percentiles(sent.seconds),
        "verdict_ms": _percentiles(verdicts),
        "accepted_per_second": round(len(sent.acknowledged) / took, 1),
        "judged_per_second": round(len(judged) / span, 1) if span > 0 else None,
        "lost": len(accepted) - len(stored) + len(accepted.keys() - judged.keys()),
        "doubled": len(judged.keys() - accepted.keys()),
        "machine": f"{os.cpu_count()} cores, Python {platform.python_version()}",
    }


def _percentiles(seconds: list[float]) -> dict[str, float]:
    if len(seconds) < 2:
        return {}
    cuts = quantiles(seconds, n=100, method="inclusive")
    return {f"p{p}": round(cuts[p - 1] * 1000, 1) for p in (50, 95, 99)}


def _print(figures: dict[str, Any]) -> None:
    title = f"{figures['sent']} comments, {figures['clients']} clients"
    table = Table(title=title, show_header=False)
    for name, value in figures.items():
        parts = value.items() if isinstance(value, dict) else [("", value)]
        table.add_row(name.replace("_", " "), ", ".join(f"{k} {v}".strip() for k, v in parts))
    Console().print(table)


if __name__ == "__main__":
    main()
