"""Measure the speed of the desk while working through a long queue as a moderator does.

    python benchmarks/desk.py --held 100000 --decisions 500

Starts its own `folkmoot run` in a temporary folder and fills a site with held comments. Then it
opens queues, decides over plain HTTP, and decides by keys in a real browser, timed from the key
press to the frame in which the next card has the focus. Finally it checks that the log contains
every decision once.
"""

import json
import os
import platform
import random
import re
import secrets
import shutil
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from itertools import islice
from pathlib import Path
from statistics import median, quantiles
from typing import Any
from urllib.parse import urlencode, urlsplit

import click
from playwright.sync_api import Page, sync_playwright
from rich.console import Console
from rich.table import Table

from benchmarks.serving import Running, serving
from service.core import Core
from service.desk.account import accounts
from service.domain import ids
from service.domain.comment import Comment, Status
from service.domain.moderator import Moderator, Role
from service.domain.moments import from_ms, to_ms
from service.domain.site import CaptchaStrategy, Site
from service.domain.thread import Thread, thread_id
from service.store.codec import ATTRIBUTES
from service.store.comments import history, threads
from service.store.site import sites
from service.store.upkeep import archive
from service.store.upkeep.archive import Archived

SITE = "desk"
OLGA = Moderator(name="olga", role=Role.MODERATOR)
ARGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run")
REASONS = ("toxicity/toxicity", "toxicity/insult", "spam/spam", "links/many-links", "mode/pre")
LANGUAGES = ("en", "en", "en", "de", "fr")
BATCH = 500
QUEUES = {
    "held, oldest first": {},
    "held, highest score": {"order": "score"},
    "held, least certain": {"order": "unsure"},
    "one reason": {"reason": "spam/spam"},
    "a score band": {"attribute": "TOXICITY", "low": "0.6", "high": "0.8"},
    "reason and language": {"reason": "spam/spam", "language": "de"},
    "busiest article": {"order": "traffic"},
    "words": {"q": "bridge late"},
}
# Delays that a moderator does not notice, in ms at p95.
OPENING = 150
DECIDING = 30


@click.command()
@click.option("--held", default=100_000, show_default=True, type=click.IntRange(1))
@click.option("--decisions", default=500, show_default=True, type=click.IntRange(1))
@click.option("--repeat", default=20, show_default=True, type=click.IntRange(2))
@click.option(
    "--check",
    is_flag=True,
    help=f"Exit with 1 if a budget is exceeded at p95: {OPENING} ms to open a queue, {DECIDING} ms "
    "for a decision over HTTP. They apply to 100,000 comments on an idle machine: with other "
    "programs running the result means nothing.",
)
@click.option(
    "--json", "target", type=click.Path(path_type=Path), help="Also write the figures to this file."
)
def main(held: int, decisions: int, repeat: int, check: bool, target: Path | None) -> None:
    """Open queues, decide over HTTP and by keys, and print the times."""
    with serving("--no-demo", "--web-workers", "1", "--workers", "1") as running:
        fill(running.core, held)
        client = Client(running)
        figures: dict[str, Any] = {
            "held": held,
            "machine": f"{platform.machine()}, {os.cpu_count()} cores",
        }
        figures["queues"] = {
            name: spread(client.get(args) for _ in range(repeat)) for name, args in QUEUES.items()
        }
        figures["http"] = spread(client.decide_next() for _ in range(decisions))
        figures["browser"] = in_browser(running, decisions)
        decisions_made, decisions_logged = 2 * decisions, logged(running.core)
    report(figures)
    if target:
        target.write_text(json.dumps(figures, indent=2) + "\n")
    if decisions_logged != decisions_made:
        raise click.ClickException(
            f"{decisions_made} decisions were made, {decisions_logged} are in the log"
        )
    if check and (messages := missed(figures)):
        raise click.ClickException("\n".join(messages))


def missed(figures: dict[str, Any]) -> list[str]:
    """Return a message for each budget that is exceeded."""
    budgets = [(f"open: {name}", row, OPENING) for name, row in figures["queues"].items()]
    budgets.append(("decide over HTTP", figures["http"], DECIDING))
    return [
        f"{name}: {row['p95 ms']:.1f} ms at p95, the budget is {budget} ms"
        for name, row, budget in budgets
        if row["p95 ms"] > budget
    ]


def fill(core: Core, count: int) -> None:
    """Add this many held comments, on a thousand articles, by ten thousand authors."""
    sites.put(
        core.redis, Site(name=SITE, origins=("https://n.example",), captcha=CaptchaStrategy.OFF)
    )
    record, generated = core.at(SITE), comments_(count)
    for number in range(1000):
        url = f"https://n.example/{number}"
        thread = Thread(id=thread_id(url), url=url, title=f"Article {number}")
        threads.open_(record, thread, now=core.now())
    while batch := list(islice(generated, BATCH)):
        archive.add_comments(record, batch, now=core.now())


def comments_(count: int) -> Iterator[Archived]:
    """Generate comments, the same ones each time."""
    rng = random.Random(1)
    start = to_ms(from_ms(0)) + 1_790_000_000_000
    for number in range(count):
        created_at = from_ms(start + number * 100)
        yield Archived(
            comment=Comment(
                id=ids.new_id(created_at, rng.randbytes(10)),
                thread=thread_id(f"https://n.example/{int(rng.paretovariate(1)) % 1000}"),
                author=f"author{rng.randrange(10_000):010d}",
                name=f"Reader {number}",
                body=f"Comment {number}: the bridge will be late again, and dearer, you fools.",
                created_at=created_at,
                status=Status.HELD,
                scores={name: round(rng.random(), 3) for name in ATTRIBUTES},
                reasons=(rng.choice(REASONS),),
                language=rng.choice(LANGUAGES),
                margin=round(rng.random() / 3, 3),
            )
        )


class Client:
    """A moderator without a browser, with one connection and one session."""

    def __init__(self, running: Running) -> None:
        self._host = urlsplit(running.url)
        self._origin = running.url
        self._line = HTTPConnection(self._host.netloc, timeout=60)
        self._cookies: dict[str, str] = {}
        self._waiting: list[str] = []
        self._sign_in(running)

    def get(self, args: dict[str, str]) -> float:
        """Open a queue and return the time in ms."""
        took, status, _ = self._call("GET", f"/review/{SITE}?{urlencode(args)}")
        assert status == 200, status
        return took

    def decide_next(self) -> float:
        """Decide on the oldest comment and return the time of the decision alone."""
        if not self._waiting:
            _, _, page = self._call("GET", f"/review/{SITE}")
            self._waiting = re.findall(r'data-comment="(\w{26})"', page)
        path = f"/review/{SITE}/comments/{self._waiting.pop(0)}/decision"
        took, status, _ = self._call("POST", path, {"action": "approve", "seen": "held"})
        assert status == 200, status
        return took

    def _sign_in(self, running: Running) -> None:
        link = urlsplit(accounts.invite(running.core, OLGA)).path
        self._call("POST", link, {"password": secrets.token_urlsafe(12)})

    def _call(
        self, method: str, path: str, form: dict[str, str] | None = None
    ) -> tuple[float, int, str]:
        cookies = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        headers = {"Origin": self._origin, "Cookie": cookies}
        if form:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            headers["Accept"] = "application/json"
        start = time.perf_counter()
        self._line.request(method, path, urlencode(form) if form else None, headers)
        answer = self._line.getresponse()
        body = answer.read().decode()
        took = (time.perf_counter() - start) * 1000
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                self._cookies.update([value.split(";")[0].split("=", 1)])
        return took, answer.status, body


MEASURE = """() => {
  window.took = [];
  let pressed = 0;
  addEventListener("keydown", (event) => { pressed = event.timeStamp; }, true);
  document.addEventListener("card:meant", () => {
    const since = pressed;
    requestAnimationFrame(() => setTimeout(() => took.push(performance.now() - since)));
  });
}"""


SHOWN = """(count) => new Promise((done, fail) => {
  setTimeout(() => fail(new Error("no next card for 30 s")), 30000);
  const look = () => (took.length >= count ? done() : setTimeout(look, 1));
  look();
})"""


def in_browser(running: Running, decisions: int) -> dict[str, float]:
    """Decide by keys in a browser, each time as soon as the next card appears."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(ARGS))
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.goto(accounts.invite(running.core, OLGA))
        page.get_by_label("Password").fill(secrets.token_urlsafe(12))
        page.get_by_role("button", name="Open the review desk").click()
        page.wait_for_url(re.compile(r"/review/[^/]*$"))
        page.goto(f"{running.url}/review/{SITE}")
        page.evaluate(MEASURE)
        figures = press(page, decisions)
        browser.close()
    return figures


def press(page: Page, decisions: int) -> dict[str, float]:
    """Make one decision after the other by pressing keys."""
    page.keyboard.press("j")
    page.evaluate(SHOWN, 1)
    start = time.monotonic()
    for number in range(decisions):
        page.keyboard.press("a" if number % 2 else "r")
        page.evaluate(SHOWN, number + 2)
    seconds = time.monotonic() - start
    page.wait_for_load_state("networkidle")
    return spread(page.evaluate("took.slice(1)")) | {"per minute": decisions / seconds * 60}


def logged(core: Core) -> int:
    """Count the decisions in the log."""
    entries = history.latest(core.at(SITE), limit=10_000)
    return sum(entry.by == OLGA.name for entry in entries)


def spread(taken: Any) -> dict[str, float]:
    """Return the median, the 95th percentile and the maximum of some times."""
    times = sorted(taken)
    # The inclusive method does not extrapolate beyond the measured times.
    p95 = quantiles(times, n=20, method="inclusive")[-1] if len(times) > 1 else times[0]
    return {"median ms": median(times), "p95 ms": p95, "worst ms": times[-1]}


def report(figures: dict[str, Any]) -> None:
    """Print the figures."""
    table = Table(title=f"The desk with {figures['held']:,} comments held ({figures['machine']})")
    for column in ("what", "median ms", "p95 ms", "worst ms"):
        table.add_column(column, justify="left" if column == "what" else "right")
    rows = {f"open: {name}": row for name, row in figures["queues"].items()}
    rows |= {"decide over HTTP": figures["http"], "key to next card": figures["browser"]}
    for name, row in rows.items():
        table.add_row(name, *(f"{row[key]:.1f}" for key in ("median ms", "p95 ms", "worst ms")))
    Console().print(table)
    speed = round(figures["browser"]["per minute"])
    Console().print(f"{speed} decisions a minute by keys, pressed as fast as cards come")


if __name__ == "__main__":
    main()
