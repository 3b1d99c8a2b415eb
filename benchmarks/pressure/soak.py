"""A long time at half of what is sustainable: does memory grow, does anything stay open?

    python -m benchmarks.pressure.soak --minutes 20

Prints resident memory and open descriptors of each process, and what the last quarter has grown
against the second; exit code 1 if a process died or grew by more than a tenth. A few mebibytes
are no leak: the store keeps every comment that the readers send.
"""

import asyncio
from statistics import median

import click

from benchmarks.pressure import paper
from benchmarks.pressure.readers import Readers
from benchmarks.serving import Running, serving

SAMPLES = 40
MOST_GROWTH = 1.1
STORED_KIB = 4 * 1024
# Readers a second: what any machine can bear.
RATE = 20.0

# By process: (KiB, descriptors) at each sample.
Course = dict[int, list[tuple[int, int]]]


@click.command()
@click.option("--minutes", default=20.0, show_default=True, type=click.FloatRange(0.5))
@click.option("--rate", default=RATE, show_default=True, type=click.FloatRange(1))
def main(minutes: float, rate: float) -> None:
    """Serve readers for a while and print what the processes hold."""
    with serving("--no-demo", FOLKMOOT_TRUSTED_PROXIES="1") as running:
        paper.open_site(running)
        names = paper.processes(running)
        course = asyncio.run(_serve(running, minutes * 60, rate, names))
        dead = set(names) - set(paper.processes(running))
    grown = [pid for pid in course if not _report(pid, names[pid], course[pid])]
    if dead or grown:
        raise click.ClickException(f"died: {sorted(dead)}, grew: {grown}")


async def _serve(running: Running, seconds: float, rate: float, names: dict[int, str]) -> Course:
    course: Course = {pid: [] for pid in names}
    ask = iter(paper.questions()).__next__
    for _ in range(SAMPLES):
        readers = Readers(running.url)
        await readers.arrive(rate, seconds / SAMPLES, ask)
        click.echo(f"p99 {readers.p99 * 1000:.0f} ms, {readers.statuses}", err=True)
        for pid, samples in course.items():
            samples.append((paper.resident_kib(pid), paper.descriptors(pid)))
    return course


def _report(pid: int, name: str, samples: list[tuple[int, int]]) -> bool:
    quarter = len(samples) // 4
    second, last = samples[quarter : 2 * quarter], samples[-quarter:]
    was, is_ = (median(memory for memory, _ in part) for part in (second, last))
    opened, open_ = (median(files for _, files in part) for part in (second, last))
    click.echo(
        f"{pid} {name}: memory {was / 1024:.0f} → {is_ / 1024:.0f} MiB ({is_ / was:.2f}), "
        f"descriptors {opened:.0f} → {open_:.0f}"
    )
    return is_ <= max(MOST_GROWTH * was, was + STORED_KIB) and open_ <= MOST_GROWTH * opened + 5


if __name__ == "__main__":
    main()
