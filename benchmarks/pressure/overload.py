"""Ten times the sustainable rate for a minute: who is admitted, how fast, and what is left after.

    python -m benchmarks.pressure.overload --seconds 60

Prints ratios against the same installation at its sustainable rate; exit code 1 if a check fails.
"""

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context

import click

from benchmarks.pressure import paper
from benchmarks.pressure.readers import Question, Readers
from benchmarks.serving import Running, serving

TIMES = 10
# Of what eight insisting clients get: enough room for chance.
SUSTAINABLE = 0.5
MOST_P99, MOST_RECOVERY = 3.0, 5.0
RECOVERED = 20


@dataclass(frozen=True, slots=True)
class Check:
    """A figure and whether it is good enough."""

    what: str
    figure: str
    holds: bool


@click.command()
@click.option("--seconds", default=60, show_default=True, type=click.IntRange(5))
@click.option("--web-workers", default=1, show_default=True, type=click.IntRange(1, 16))
def main(seconds: int, web_workers: int) -> None:
    """Overload an installation and print what became of it."""
    argv = ("--no-demo", "--web-workers", str(web_workers))
    with serving(*argv, FOLKMOOT_TRUSTED_PROXIES="1") as running:
        paper.open_site(running)
        checks = asyncio.run(_overload(running, seconds))
    for check in checks:
        click.echo(f"{'ok   ' if check.holds else 'FAULT'} {check.what}: {check.figure}")
    if not all(check.holds for check in checks):
        raise SystemExit(1)


async def _overload(running: Running, seconds: int) -> list[Check]:
    ask = iter(paper.questions()).__next__
    rate = await _sustainable(running, ask)
    usual = Readers(running.url)
    await usual.arrive(rate, 15, ask)
    before = paper.processes(running)
    crowd, among = await _beside_a_crowd(running, TIMES * rate, rate / 2, seconds)
    recovery = await _recovery(running, 3 * usual.p99, ask)
    after = paper.processes(running)
    click.echo(
        f"sustainable {rate:.0f}/s, usual p99 {usual.p99 * 1000:.0f} ms; "
        f"sent {len(crowd.replies) / seconds:.0f}/s, "
        f"admitted {len(crowd.admitted) / seconds:.0f}/s, "
        f"statuses {crowd.statuses}, not sent for want of connections {crowd.unsent}"
    )
    replies = (*usual.replies, *crowd.replies, *among.replies)
    acknowledged = [reply.body for reply in replies if reply.status == 202]
    lost = paper.missing(running, acknowledged)
    dead = set(before) - set(after)
    ratio = among.p99 / usual.p99
    return [
        Check("processes that died", str(len(dead)), not dead),
        Check("p99 of the admitted, times the usual", f"{ratio:.2f}", ratio <= MOST_P99),
        Check("seconds to recover", f"{recovery:.1f}", recovery <= MOST_RECOVERY),
        Check(f"lost of {len(acknowledged)} acknowledged", str(len(lost)), not lost),
        Check("left without an answer", str(crowd.statuses.get(0, 0)), 0 not in crowd.statuses),
    ]


async def _beside_a_crowd(
    running: Running, rate: float, calm: float, seconds: int
) -> tuple[Readers, Readers]:
    """Return the crowd, and the readers among it by whom the time is measured.

    The crowd is a process of its own: in one with it, readers would wait for themselves.
    """
    loop, among = asyncio.get_running_loop(), Readers(running.url)
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        crowd = loop.run_in_executor(pool, crowd_together, running.url, rate, seconds)
        await among.arrive(calm, seconds, iter(paper.questions()).__next__)
        return await crowd, among


def crowd_together(url: str, rate: float, seconds: int) -> Readers:
    """Ask at a rate, in this process."""
    crowd = Readers(url)
    asyncio.run(crowd.arrive(rate, seconds, iter(paper.questions()).__next__))
    crowd.hang_up()
    return crowd


async def _sustainable(running: Running, ask: Callable[[], Question]) -> float:
    warm = Readers(running.url)
    await warm.insist(8, 5, ask)
    readers = Readers(running.url)
    await readers.insist(8, 5, ask)
    return SUSTAINABLE * len(readers.admitted) / 5


async def _recovery(running: Running, fast: float, ask: Callable[[], Question]) -> float:
    """Return the seconds until so many readers in a row are answered as usual."""
    begun, in_a_row, last = time.monotonic(), 0, Readers(running.url)
    while in_a_row < RECOVERED and time.monotonic() - begun < 60:
        reply = await last.ask(ask())
        in_a_row = in_a_row + 1 if reply.status in (200, 202) and reply.seconds <= fast else 0
    return time.monotonic() - begun


if __name__ == "__main__":
    main()
