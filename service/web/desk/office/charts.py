"""Charts as geometry for SVG templates, each with its title and its numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, log10

WIDTH, HEIGHT = 640, 200
TICKS = 4
GAP = 0.2
MARKED = 12


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar, or one part of a stacked bar; `kind` chooses its colour."""

    x: float
    y: float
    width: float
    height: float
    kind: str
    title: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A labelled position on an axis."""

    at: float
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A chart together with its numbers as a table, for readers who cannot see it."""

    id: str
    title: str
    desc: str
    width: int = WIDTH
    height: int = HEIGHT
    bars: Sequence[Bar] = ()
    lines: Sequence[tuple[str, str]] = ()
    dots: Sequence[Bar] = ()
    across: Sequence[Mark] = ()
    up: Sequence[Mark] = ()
    legend: Sequence[tuple[str, str]] = ()
    heads: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = ()


@dataclass(frozen=True, slots=True)
class Series:
    """Numbers of one kind, one per column; None without data."""

    name: str
    kind: str
    values: Sequence[float | None]


def stacked(
    id_: str, title: str, desc: str, labels: Sequence[str], series: Sequence[Series]
) -> Chart:
    """Draw columns of several kinds on top of each other."""
    totals = [sum(numbers.values[i] or 0 for numbers in series) for i in range(len(labels))]
    top = _ceiling(max(totals, default=0))
    wide, bars = WIDTH / max(1, len(labels)), list[Bar]()
    for i, label in enumerate(labels):
        floor = float(HEIGHT)
        for numbers in series:
            tall = (numbers.values[i] or 0) / top * HEIGHT
            floor -= tall
            if tall:
                tip = f"{label}: {numbers.name} {numbers.values[i] or 0:g}"
                bars.append(
                    bar(wide * (i + GAP / 2), floor, wide * (1 - GAP), tall, numbers.kind, tip)
                )
    return Chart(
        id=id_,
        title=title,
        desc=desc,
        bars=bars,
        across=_across(labels),
        up=_up(top),
        legend=[(numbers.name, numbers.kind) for numbers in series],
        heads=["", *(numbers.name for numbers in series)],
        rows=_rows(labels, series),
    )


def lines(
    id_: str,
    title: str,
    desc: str,
    labels: Sequence[str],
    series: Sequence[Series],
    unit: str = "%",
) -> Chart:
    """Draw shares as lines from 0 to 100; a column without a number leaves a gap."""
    wide = WIDTH / max(1, len(labels))
    return Chart(
        id=id_,
        title=title,
        desc=desc,
        lines=[(_path(numbers.values, wide), numbers.kind) for numbers in series],
        dots=[
            bar(
                wide * (i + 0.5),
                HEIGHT * (1 - value / 100),
                0,
                0,
                numbers.kind,
                f"{label}: {numbers.name} {value:.0f} {unit}",
            )
            for numbers in series
            for i, (label, value) in enumerate(zip(labels, numbers.values, strict=True))
            if value is not None
        ],
        across=_across(labels),
        up=[Mark(HEIGHT * (1 - share / 100), f"{share} {unit}") for share in (0, 25, 50, 75, 100)],
        legend=[(numbers.name, numbers.kind) for numbers in series],
        heads=["", *(f"{numbers.name}, {unit}" for numbers in series)],
        rows=_rows(labels, series),
    )


def bar(x: float, y: float, width: float, height: float, kind: str, title: str) -> Bar:
    """Return a bar with coordinates rounded to screen precision."""
    return Bar(round(x, 2), round(y, 2), round(width, 2), round(height, 2), kind, title)


def _path(values: Sequence[float | None], wide: float) -> str:
    pen, path = "M", ""
    for i, value in enumerate(values):
        if value is None:
            pen = "M"
            continue
        path += f"{pen}{wide * (i + 0.5):.1f} {HEIGHT * (1 - value / 100):.1f}"
        pen = "L"
    return path


def _across(labels: Sequence[str]) -> list[Mark]:
    every, wide = ceil(len(labels) / MARKED), WIDTH / max(1, len(labels))
    return [
        Mark(round(wide * (i + 0.5), 1), text) for i, text in enumerate(labels) if i % every == 0
    ]


def _up(top: float) -> list[Mark]:
    return [Mark(HEIGHT * (1 - i / TICKS), f"{top / TICKS * i:g}") for i in range(TICKS + 1)]


def _ceiling(highest: float) -> float:
    """Round up to a number that divides well: 4, 8, 20, 40, 80, 200 …"""
    if highest <= TICKS:
        return TICKS
    power = 10 ** int(log10(highest))
    return next(float(n * power) for n in (1, 2, 4, 6, 8, 10, 20) if n * power >= highest)


def _rows(labels: Sequence[str], series: Sequence[Series]) -> list[list[str]]:
    return [
        [label, *("–" if (v := numbers.values[i]) is None else f"{v:.0f}" for numbers in series)]
        for i, label in enumerate(labels)
    ]
