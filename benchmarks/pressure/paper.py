"""A site without captcha and allowance, what its readers ask for, and the processes that answer."""

import itertools
import json
import os
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

from benchmarks.pressure.readers import Question
from benchmarks.serving import Running
from service.domain.policy import Policy
from service.domain.site import CaptchaStrategy, Site
from service.store.comments import comments
from service.store.site import sites

SITE, ORIGIN = "paper", "https://news.example"
ARTICLES = 20
# One in so many requests is a comment.
WRITERS = 20


def open_site(running: Running) -> None:
    """Make the site; one machine plays all its readers."""
    policy = Policy(comments_per_minute=0)
    site = Site(name=SITE, origins=(ORIGIN,), captcha=CaptchaStrategy.OFF, policy=policy)
    sites.put(running.core.redis, site)


def questions() -> Iterator[Question]:
    """Generate what readers of the paper do: counts, frames, and a comment now and then."""
    for number in itertools.count():
        article = f"{ORIGIN}/{number % ARTICLES}"
        if number % WRITERS == 0:
            yield comment(number)
        elif number % 2:
            yield Question("GET", f"/api/v1/sites/{SITE}/counts?thread={quote(article, safe='')}")
        else:
            yield Question("GET", f"/frame/{SITE}?thread={quote(article, safe='')}")


def comment(number: int) -> Question:
    """Return the request that sends a comment."""
    body = {
        "thread": f"{ORIGIN}/{number % ARTICLES}",
        "name": f"Reader {number}",
        "body": f"Comment {number}: the tram bridge will be late again, and dearer, I am sure.",
    }
    path = f"/api/v1/sites/{SITE}/comments"
    return Question("POST", path, json.dumps(body).encode(), "Content-Type: application/json\r\n")


def missing(running: Running, bodies: list[bytes]) -> list[str]:
    """Return the ids that were acknowledged and are not in the store."""
    ids = [json.loads(body)["id"] for body in bodies]
    kept = {one.id for one in comments.get_many(running.core.at(SITE), ids)}
    return [id_ for id_ in ids if id_ not in kept]


def processes(running: Running) -> dict[int, str]:
    """Return the processes of an installation by their ids, with their command lines."""
    parents = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            pid, _, rest = path.read_text().partition(" (")
            parents[int(pid)] = int(rest.rpartition(")")[2].split()[1])
        except OSError:
            continue
    family = {running.process.pid}
    while more := {pid for pid, parent in parents.items() if parent in family} - family:
        family |= more
    return {pid: _command(pid) for pid in sorted(family)}


def resident_kib(pid: int) -> int:
    """Return the memory that a process has in use."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") // 1024


def descriptors(pid: int) -> int:
    """Return how many files and connections a process has open."""
    return len(os.listdir(f"/proc/{pid}/fd"))


def _command(pid: int) -> str:
    words = Path(f"/proc/{pid}/cmdline").read_text().split("\0")
    return " ".join(word.rpartition("/")[2] for word in words[:4]).strip()
