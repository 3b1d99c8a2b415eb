"""Compare writing, reading and counting with Isso (a comment server in Python on SQLite).

    python3 -m venv isso && isso/bin/pip install isso gunicorn
    python -m benchmarks.rivals --isso isso/bin/python

Each has one web process and the same clients. Isso does less for a comment: no queue, no
classifier, no idempotency, and here no guard. Folkmoot syncs to disk before it answers, and its
worker judges at the same time on the same cores.
"""

import itertools
import json
import multiprocessing
import os
import platform
import socket
import subprocess
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import quote

import click
from rich.console import Console
from rich.table import Table

from benchmarks.line import Line
from benchmarks.serving import serving
from service.domain.attribute import ATTRIBUTES
from service.domain.policy import Policy, Threshold
from service.domain.site import CaptchaStrategy, Mode, Site
from service.store.site import sites

ORIGIN = "http://127.0.0.1"
ARTICLE = f"{ORIGIN}/article"
ON_THE_PAGE = 100
MOST_WRITTEN = 20_000


@dataclass(frozen=True)
class Request:
    """A request and the status that its answer must have."""

    method: str
    path: str
    status: int
    body: Any = None


@dataclass(frozen=True)
class Rival:
    """A server's address and its three requests."""

    url: str
    write: Callable[[int], Request]
    read: Request
    count: Request


@click.command()
@click.option("--isso", required=True, type=click.Path(exists=True), help="A Python that has Isso.")
@click.option("--clients", default=8, show_default=True, type=click.IntRange(1, 64))
@click.option("--seconds", default=10, show_default=True, type=click.IntRange(1, 600))
@click.option(
    "--json", "target", type=click.Path(path_type=Path), help="Also write the figures to this file."
)
def main(isso: str, clients: int, seconds: int, target: Path | None) -> None:
    """Print each server's operations per second and the median latency."""
    figures = {}
    for name, serve in (("isso", _isso(isso)), ("folkmoot", _folkmoot())):
        with serve as rival:
            figures[name] = _measure(rival, clients, seconds)
    _print(figures, clients)
    if target:
        target.write_text(json.dumps(figures, indent=2) + "\n")


def _measure(rival: Rival, clients: int, seconds: int) -> dict[str, dict[str, float]]:
    line = Line(rival.url)
    for number in range(ON_THE_PAGE):
        line.send(_written(line, rival.write(number)), rival.write(number).status)
    time.sleep(3)  # until the comments have been judged
    figures = {}
    for operation, request in (("read", rival.read), ("count", rival.count)):
        figures[operation] = _hurry(rival.url, [[request]] * clients, seconds)
    shares = [range(n, n + MOST_WRITTEN) for n in range(1000, MOST_WRITTEN * clients, MOST_WRITTEN)]
    writes = [[rival.write(number) for number in share] for share in shares]
    return figures | {"write": _hurry(rival.url, writes, seconds)}


def _hurry(url: str, requests: list[list[Request]], seconds: int) -> dict[str, float]:
    with multiprocessing.Pool(len(requests)) as pool:
        by_client = pool.starmap(_client, [(url, own, seconds) for own in requests])
    latencies = [latency for own in by_client for latency in own]
    cuts = quantiles(latencies, n=100, method="inclusive")
    return {
        "a second": round(len(latencies) / seconds, 1),
        "p50 ms": round(cuts[49] * 1000, 1),
        "p99 ms": round(cuts[98] * 1000, 1),
    }


def _client(url: str, requests: list[Request], seconds: int) -> list[float]:
    line = Line(url)
    written = [(_written(line, request), request.status) for request in requests]
    end, latencies = time.perf_counter() + seconds, []
    for content, status in itertools.cycle(written):
        begin = time.perf_counter()
        if begin >= end:
            break
        line.send(content, status)
        latencies.append(time.perf_counter() - begin)
    return latencies


def _written(line: Line, request: Request) -> bytes:
    return line.request(request.method, request.path, request.body, Origin=ORIGIN)


@contextmanager
def _folkmoot() -> Iterator[Rival]:
    with serving("--no-demo", "--web-workers", "1", "--workers", "1") as running:
        never = dict.fromkeys(ATTRIBUTES, Threshold())
        policy = Policy(comments_per_minute=0, thresholds=never)
        site = Site(
            name="rivals",
            origins=(ORIGIN,),
            captcha=CaptchaStrategy.OFF,
            mode=Mode.POST,
            policy=policy,
        )
        sites.put(running.core.redis, site)
        base, article = "/api/v1/sites/rivals", quote(ARTICLE, safe="")
        yield Rival(
            running.url,
            lambda n: Request(
                "POST", f"{base}/comments", 202, {"thread": ARTICLE, **_text(n, "body")}
            ),
            Request("GET", f"{base}/comments?thread={article}&limit={ON_THE_PAGE}", 200),
            Request("GET", f"{base}/counts?thread={article}", 200),
        )


@contextmanager
def _isso(python: str) -> Iterator[Rival]:
    with TemporaryDirectory(prefix="isso-") as folder, socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        free.close()
        config = Path(folder) / "isso.cfg"
        config.write_text(
            f"[general]\ndbpath = {folder}/comments.db\nhost = {ORIGIN}/\n"
            "[guard]\nenabled = false\n[moderation]\nenabled = false\n"
        )
        command = [python, "-m", "gunicorn", "isso.run:application", "--workers", "1"]
        # A usual number of threads; SQLite lets one of them write at a time.
        command += ["--threads", "4", "--bind", f"127.0.0.1:{port}", "--log-level", "error"]
        environment = {**os.environ, "ISSO_SETTINGS": str(config)}
        process = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)
        try:
            url = f"http://127.0.0.1:{port}"
            _wait(f"{url}/info")
            yield Rival(
                url,
                lambda n: Request(
                    "POST", "/new?uri=/article", 201, {"title": "A", **_text(n, "text")}
                ),
                Request("GET", f"/?uri=/article&limit={ON_THE_PAGE}", 200),
                Request("POST", "/count", 200, ["/article"]),
            )
        finally:
            process.terminate()
            process.wait(20)


def _text(number: int, field: str) -> dict[str, str]:
    text = f"Comment {number}: the tram bridge will be late again, and dearer, I am sure."
    return {"author" if field == "text" else "name": f"Reader {number}", field: text}


def _wait(url: str) -> None:
    for _ in range(200):
        try:
            urllib.request.urlopen(url, timeout=5).close()
        except OSError:
            time.sleep(0.1)  # until it has started
        else:
            return
    raise RuntimeError(f"no answer from {url}")


def _print(figures: dict[str, dict[str, dict[str, float]]], clients: int) -> None:
    machine = f"{os.cpu_count()} cores, Python {platform.python_version()}, {clients} clients"
    table = Table("", *figures, "ratio", title=machine)
    for operation in ("write", "read", "count"):
        cells = [figures[name][operation] for name in figures]
        ratio = cells[-1]["a second"] / cells[0]["a second"]
        texts = [
            f"{c['a second']:,} a second\np50 {c['p50 ms']}, p99 {c['p99 ms']} ms" for c in cells
        ]
        table.add_row(operation, *texts, f"{ratio:.1f}")
    Console().print(table)


if __name__ == "__main__":
    main()
