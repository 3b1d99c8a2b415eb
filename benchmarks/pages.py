"""Compare the page under an article with a hello of the same size on the same server, in one run.

    python -m benchmarks.pages --seconds 5

All answers are asked for by the same clients on the same cores, so that only ratios mean something;
a server's seconds of a processor for each answer hardly depend on what else the machine does.
"""

import json
import multiprocessing
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import quote, urlsplit

import click
from rich.console import Console
from rich.table import Table

from benchmarks.line import Line
from benchmarks.serving import Running, serving
from service.domain import ids
from service.domain.comment import Comment, Status
from service.domain.site import CaptchaStrategy, Site
from service.domain.thread import Thread, thread_id
from service.domain.verdict import Outcome, Verdict
from service.store.comments import comments, intakes
from service.store.site import sites

SITE, ORIGIN = "pages", "https://news.example"
ARTICLE = f"{ORIGIN}/2026/11/a-usual-address-of-an-article"
# Requests that a client sends before it reads their answers, so that it costs little itself.
DEPTH = 8
LENGTH = re.compile(rb"content-length: (\d+)", re.IGNORECASE)
TICKS = os.sysconf("SC_CLK_TCK")
HELLO = """
def app(environ, start):
    body = b"x" * {size}
    start("200 OK", [("Content-Type", "text/html"), ("Content-Length", str(len(body)))])
    return [body]
"""


@dataclass(frozen=True)
class Rate:
    """What one kind of answer costs: its bytes, answers a second, and µs of the server's cores."""

    size: int
    rate: float
    cost: float


@click.command()
@click.option("--clients", default=4, show_default=True, type=click.IntRange(1, 64))
@click.option("--seconds", default=5, show_default=True, type=click.IntRange(1, 600))
@click.option("--workers", default=2, show_default=True, type=click.IntRange(1, 64))
@click.option("--shown", default=50, show_default=True, type=click.IntRange(1, 50))
@click.option(
    "--json", "target", type=click.Path(path_type=Path), help="Also write the figures to this file."
)
def main(clients: int, seconds: int, workers: int, shown: int, target: Path | None) -> None:
    """Print what a page costs, kept and made anew, and what the same bytes cost by themselves."""
    rates = {}
    with serving("--no-demo", "--web-workers", str(workers), "--workers", "1") as running:
        write(running, shown)
        pid = running.process.pid
        for name, (path, headers) in requests().items():
            rates[name] = measure(running.url, pid, path, headers, clients, seconds)
    for name in ("page", "page, gzip", "counts of 20"):
        with hello(rates[name].size, workers) as (url, pid):
            rates[f"hello like {name}"] = measure(url, pid, "/", {}, clients, seconds)
    show(rates)
    if target:
        figures = {name: asdict(rate) for name, rate in rates.items()}
        target.write_text(json.dumps(figures, indent=2) + "\n")


def requests() -> dict[str, tuple[str, dict[str, str]]]:
    """Return what is asked for: path and headers by name."""
    thread = quote(ARTICLE, safe="")
    page = f"/frame/{SITE}?thread={thread}&title=An+article&lang=en&ground=ffffff"
    counts = "&".join(f"thread={thread}-{number}" for number in range(20))
    return {
        "page": (page, {}),
        "page, gzip": (page, {"Accept-Encoding": "gzip, deflate, br"}),
        # Whoever is known gets a page of their own.
        "page made anew": (page, {"Folkmoot-Reader": "nobody"}),
        "counts of 20": (f"/api/v1/sites/{SITE}/counts?{counts}", {}),
    }


def measure(
    url: str, pid: int, path: str, headers: dict[str, str], clients: int, seconds: int
) -> Rate:
    """Ask for one answer again and again."""
    line = Line(url)
    request = line.request("GET", path, **headers)
    with multiprocessing.Pool(clients) as pool:
        args = [(url, request, seconds)] * clients
        before, begun = used(pid), time.perf_counter()
        answers = pool.starmap(hurry, args)
        cost, took = used(pid) - before, time.perf_counter() - begun
    count = sum(number for number, _ in answers)
    return Rate(answers[0][1], round(count / took, 1), round(cost / count * 1e6, 1))


def hurry(url: str, request: bytes, seconds: int) -> tuple[int, int]:
    """Send a request for some seconds; return how many were answered, and an answer's bytes."""
    address = urlsplit(url)
    wire = socket.create_connection((str(address.hostname), address.port or 80), timeout=60)
    reader, size = wire.makefile("rb", 1 << 20), 0
    count, end = 0, time.perf_counter() + seconds
    while time.perf_counter() < end:
        wire.sendall(request * DEPTH)
        for _ in range(DEPTH):
            size = read(reader)
        count += DEPTH
    return count, size


def read(reader: Any) -> int:
    """Read an answer and return the bytes of its body."""
    head = b""
    while not head.endswith(b"\r\n\r\n"):
        head += reader.readline()
    length = LENGTH.search(head)
    if not head.startswith(b"HTTP/1.1 200") or length is None:
        raise RuntimeError(head)
    return len(reader.read(int(length[1])))


def used(pid: int) -> float:
    """Return the seconds of processors that a process and those below it have used."""
    below = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS + sum(used(int(child)) for child in below)


@contextmanager
def hello(size: int, workers: int) -> Iterator[tuple[str, int]]:
    """Serve as many bytes on the same server with nothing of ours."""
    with TemporaryDirectory() as folder, socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        free.close()
        (Path(folder) / "hello.py").write_text(HELLO.format(size=size))
        command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(port)]
        command += ["--workers", str(workers), "--no-ws", "--log-level", "error", "hello:app"]
        process = subprocess.Popen(command, cwd=folder)
        try:
            wait(port)
            yield f"http://127.0.0.1:{port}", process.pid
        finally:
            process.terminate()
            process.wait(20)


def wait(port: int) -> None:
    """Wait until a server listens."""
    for _ in range(600):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=5).close()
        except OSError:
            time.sleep(0.1)  # until it has started
        else:
            return
    raise RuntimeError(f"nobody listens at {port}")


def write(running: Running, shown: int) -> None:
    """Publish comments of a usual length, each third of which begins an exchange."""
    core, begin = running.core, running.core.now() - timedelta(hours=shown)
    sites.put(core.redis, Site(name=SITE, origins=(ORIGIN,), captcha=CaptchaStrategy.IMAGE))
    record, thread = core.at(SITE), Thread(id=thread_id(ARTICLE), url=ARTICLE)
    root = None
    for number in range(shown):
        at = begin + timedelta(hours=number)
        root = root if number % 3 else None
        comment = Comment(
            id=ids.new_id(at, core.random(ids.RANDOM_BYTES)),
            thread=thread.id,
            author=f"reader-{number}",
            name=f"Reader {number}",
            body=f"Thought {number}: the bridge will be late again, and dearer, I am sure of it. "
            f"See https://example.org/{number} too.\n\nAnd what then, one would like to know?",
            created_at=at,
            status=Status.APPROVED,
            parent=root,
            root=root,
        )
        root = root or comment.id
        intakes.accept(record, intakes.Intake(comment=comment, thread=thread, proof=None))
        verdict = Verdict(Outcome.APPROVE, (), {}, "benchmark")
        comments.judge(record, comment, verdict, now=core.now())


def show(rates: dict[str, Rate]) -> None:
    """Print a table."""
    table = Table("", "bytes", "a second", "µs of a core", "× hello of its size")
    for name, rate in rates.items():
        like = rates.get(f"hello like {name}") or (
            rates["hello like page"] if name == "page made anew" else None
        )
        ratio = f"{rate.rate / like.rate:.3f} (cost {rate.cost / like.cost:.1f})" if like else ""
        table.add_row(name, f"{rate.size:,}", f"{rate.rate:,}", f"{rate.cost:,}", ratio)
    Console().print(table)


if __name__ == "__main__":
    main()
