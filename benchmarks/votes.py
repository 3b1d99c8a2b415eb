"""Simulate crowds and attackers who vote on a comment, and print what share of their votes counts.

    python -m benchmarks.votes
    python -m benchmarks.votes --json votes.json

Each scenario runs in an embedded store through the use case that readers call, with a clock of its
own: a comment is published, the votes are cast within ten minutes, and maintenance looks at those
that are set apart for the next day. `weight` is what the counted votes add to the order by votes.
"""

import json
import random
import tempfile
from collections.abc import Iterator, Sequence, Set
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import cast

import click

from service.core import Core
from service.domain import ids
from service.domain.comment import Comment, Status
from service.domain.errors import TooMany
from service.domain.site import CaptchaStrategy, Site
from service.domain.thread import Thread, thread_id
from service.domain.vote import Direction
from service.installation import server_binary
from service.readers import vote
from service.signing import Signer
from service.store.comments import intakes
from service.store.comments.intakes import Intake
from service.store.server import connection, embedded, schema
from service.store.site import sites
from service.store.site.sites import SiteBook

START = datetime(2026, 1, 2, 12, tzinfo=UTC)
SITE = Site(name="news", origins=("https://news.example",), captcha=CaptchaStrategy.OFF)
ARTICLE = Thread(id=thread_id("https://news.example/a"), url="https://news.example/a")
MINUTES = 10
LOOKS = 24


@dataclass(frozen=True, slots=True)
class Result:
    """What became of the votes of one scenario."""

    scenario: str
    cast: int
    at_once: int
    after_a_day: int
    share: float
    weight: float


@dataclass(frozen=True, slots=True)
class Scenario:
    """Who votes: the addresses of the votes that are measured, and of a crowd around them."""

    name: str
    voters: Sequence[str]
    crowd: Sequence[str] = ()


def scenarios(dice: random.Random) -> Iterator[Scenario]:
    """Describe who votes."""
    yield Scenario("1,000 honest readers of a national newspaper", _readers(dice, 1000))
    yield Scenario("200 honest readers of a local newspaper", _locals(dice, 200))
    yield Scenario("60 tokens of one address", ["198.51.100.7"] * 60)
    yield Scenario("1,000 tokens of one address", ["198.51.100.7"] * 1000)
    yield Scenario(
        "1,000 tokens, among 1,000 readers", ["198.51.100.7"] * 1000, _readers(dice, 1000)
    )
    yield Scenario("a /24, four tokens for each address", _street() * 4)
    yield Scenario("a /24, among 1,000 readers", _street() * 4, _readers(dice, 1000))
    yield Scenario("a /48 of IPv6, 1,000 of its /64", [_v6(1, n) for n in range(1000)])
    yield Scenario("a /32 of IPv6, 1,000 of its /48", [_v6(n, 0) for n in range(1000)])
    yield Scenario("50 networks, 20 tokens each", _far(dice, 50) * 20)
    yield Scenario("50 networks, among 1,000 readers", _far(dice, 50) * 20, _readers(dice, 1000))
    yield Scenario("a botnet of 1,000 networks, 3 tokens each", _far(dice, 1000) * 3)
    yield Scenario("a school of 30 behind one address", ["203.0.113.5"] * 30)
    yield Scenario("the same school, among 200 readers", ["203.0.113.5"] * 30, _readers(dice, 200))
    yield Scenario("a household of two", ["203.0.113.5"] * 2)


def _readers(dice: random.Random, count: int) -> list[str]:
    """Most have their own address; one in seven shares one with others of a mobile provider."""
    mobile = [f"100.{dice.randrange(64, 128)}.{dice.randrange(256)}.1" for _ in range(count // 20)]
    own = _far(dice, count)
    return [dice.choice(mobile) if dice.random() < 1 / 7 and mobile else address for address in own]


def _locals(dice: random.Random, count: int) -> list[str]:
    """Two of three have the same regional provider, with four networks of 65,536 addresses."""
    near = [
        f"10.{dice.randrange(4)}.{dice.randrange(256)}.{dice.randrange(256)}" for _ in range(count)
    ]
    far = _far(dice, count)
    return [here if dice.random() < 2 / 3 else there for here, there in zip(near, far, strict=True)]


def _far(dice: random.Random, count: int) -> list[str]:
    return [".".join(str(dice.randrange(1, 224)) for _ in range(4)) for _ in range(count)]


def _street() -> list[str]:
    return [f"198.51.100.{number}" for number in range(1, 255)]


def _v6(customer: int, household: int) -> str:
    return f"2001:db8:{customer:x}:{household:x}::1"


def measure(core: Core, scenario: Scenario, dice: random.Random) -> Result:
    """Cast all votes of a scenario within ten minutes, and look again for a day."""
    clock = [START]
    core = replace(core, now=lambda: clock[0])
    comment, measured = _publish(core), set()
    votes = [(address, True) for address in scenario.voters]
    votes += [(address, False) for address in scenario.crowd]
    dice.shuffle(votes)
    for number, (address, is_measured) in enumerate(votes):
        clock[0] = START + timedelta(minutes=MINUTES) * (number / len(votes))
        voter = _cast(core, comment, address)
        if is_measured:
            measured.add(voter)
    at_once = _counted(core, comment, measured)
    for hour in range(LOOKS):
        clock[0] = START + timedelta(hours=hour + 1)
        vote.settle(core, SITE)
    weights = _counted(core, comment, measured)
    return Result(
        scenario=scenario.name,
        cast=len(scenario.voters),
        at_once=len(at_once),
        after_a_day=len(weights),
        share=round(len(weights) / len(scenario.voters), 3),
        weight=round(sum(weights), 1),
    )


def _cast(core: Core, comment: str, address: str) -> str:
    voter = core.signer.pseudonym(SITE.name, "reader", core.random(12).hex())
    with suppress(TooMany):
        vote.vote_on_comment(core, SITE, comment, voter, Direction.UP, address)
    return voter


def _publish(core: Core) -> str:
    comment = Comment(
        id=ids.new_id(core.now(), core.random(ids.RANDOM_BYTES)),
        thread=ARTICLE.id,
        author="author",
        name="Ann",
        body="A comment.",
        created_at=core.now(),
        status=Status.APPROVED,
    )
    intakes.accept(core.at(SITE.name), Intake(comment=comment, thread=ARTICLE, proof=None))
    return comment.id


def _counted(core: Core, comment: str, voters: Set[str]) -> list[float]:
    """Return the weights of the votes of these voters that count."""
    record = core.at(SITE.name)
    stored = cast("dict[str, str]", record.redis.hgetall(record.keys.votes(comment)))
    less = [vote.partition(" ")[2] for voter, vote in stored.items() if voter in voters]
    return [1 - int(thousandths or 0) / 1000 for thousandths in less]


@contextmanager
def _a_core() -> Iterator[Core]:
    with tempfile.TemporaryDirectory(prefix="fm-") as folder:
        socket = Path(folder) / "store.sock"
        with embedded.running(server_binary(), Path(folder), socket):
            redis = connection.open_record(f"unix://{socket}")
            # Nothing here has to survive, and a simulation must not wait for the disk.
            redis.config_set("appendfsync", "no")
            schema.ensure(redis)
            sites.put(redis, SITE)
            yield Core(
                redis=redis,
                sites=SiteBook(redis),
                signer=Signer(b"of this simulation"),
                ring=lambda site: None,
                public_url="http://comments.example",
            )


@click.command()
@click.option("--json", "target", type=click.Path(path_type=Path), help="Write the results there.")
@click.option("--seed", default=1, show_default=True)
def main(target: Path | None, seed: int) -> None:
    """Print what share of the votes of crowds and attackers counts."""
    results = []
    click.echo("| who votes | votes | count at once | after a day | share | weight in the order |")
    click.echo("| --- | --- | --- | --- | --- | --- |")
    with _a_core() as core:
        for scenario in scenarios(random.Random(seed)):
            result = measure(core, scenario, random.Random(seed))
            results.append(result)
            click.echo(
                f"| {result.scenario} | {result.cast} | {result.at_once} | {result.after_a_day}"
                f" | {result.share:.0%} | {result.weight:g} |"
            )
    if target is not None:
        target.write_text(json.dumps([asdict(result) for result in results], indent=2), "utf-8")


if __name__ == "__main__":
    main()
