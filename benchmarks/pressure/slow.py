"""Two thousand slow, silent and dripping clients: how much slower are readers served?

    python -m benchmarks.pressure.slow --clients 2000

Prints the readers' 99th percentile against the same installation without them; exit code 1 if it is
more than three times as long.
"""

import asyncio
import itertools
import random
from multiprocessing import get_context
from urllib.parse import urlsplit

import click

from benchmarks.pressure import paper
from benchmarks.pressure.readers import Readers
from benchmarks.serving import Running, serving

MOST_P99 = 3.0
RATE = 20.0
HEAD = b"POST /1.1/verify-key HTTP/1.1\r\nHost: x\r\n"
KINDS = (
    b"",
    HEAD,
    HEAD + b"Content-Length: 1000\r\n\r\nkey=",
    HEAD + b"Transfer-Encoding: chunked\r\n\r\n5\r\nk",
    b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n" + HEAD,
)


@click.command()
@click.option("--clients", default=2000, show_default=True, type=click.IntRange(1))
@click.option("--seconds", default=20, show_default=True, type=click.IntRange(5))
def main(clients: int, seconds: int) -> None:
    """Measure readers alone, then beside slow clients."""
    with serving("--no-demo", FOLKMOOT_TRUSTED_PROXIES="1") as running:
        paper.open_site(running)
        alone, beside = asyncio.run(_measure(running, clients, seconds))
    ratio = beside.p99 / alone.p99
    click.echo(
        f"p99 alone {alone.p99 * 1000:.0f} ms, beside {clients} slow clients "
        f"{beside.p99 * 1000:.0f} ms: {ratio:.2f} times; {beside.statuses}"
    )
    if ratio > MOST_P99 or set(beside.statuses) - {200, 202}:
        raise click.ClickException("slow clients hold up others")


async def _measure(running: Running, clients: int, seconds: int) -> tuple[Readers, Readers]:
    ask = iter(paper.questions()).__next__
    await Readers(running.url).arrive(RATE, 5, ask)
    alone, beside = Readers(running.url), Readers(running.url)
    await alone.arrive(RATE, seconds, ask)
    # In a process of their own, or readers would wait for them here.
    slow = get_context("spawn").Process(target=dawdle_together, args=(running.url, clients))
    slow.start()
    try:
        await asyncio.sleep(5)
        await beside.arrive(RATE, seconds, ask)
    finally:
        slow.kill()
    return alone, beside


def dawdle_together(url: str, clients: int) -> None:
    """Be that many slow clients until killed."""

    async def together() -> None:
        await asyncio.gather(*(_dawdle(url, number) for number in range(clients)))

    asyncio.run(together())


async def _dawdle(url: str, number: int) -> None:
    """Stay connected, come back when sent away; every second client drips."""
    at = urlsplit(url)
    for attempt in itertools.count(number):
        try:
            _, writer = await asyncio.open_connection(at.hostname, at.port)
            writer.write(KINDS[attempt % len(KINDS)])
            while not writer.is_closing():
                await asyncio.sleep(1 + random.random())
                if number % 2:
                    writer.write(b"a")
                    await writer.drain()
        except OSError:
            await asyncio.sleep(1)


if __name__ == "__main__":
    main()
