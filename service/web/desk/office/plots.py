"""The plot of a score: its distribution, people's decisions, and the thresholds."""

from math import sqrt

from service.desk.office.dryrun import BINS, Histogram
from service.domain.policy import Threshold
from service.web.desk.office.charts import Bar, Chart, Mark, bar


def histogram(counts: Histogram, threshold: Threshold | None) -> Chart:
    """Draw the distribution of a score by people's decisions, with the thresholds.

    Heights grow with the square root: nearly all scores are near zero and would dwarf the rest.
    """
    columns = list(zip(counts.approved, counts.refused, counts.others, strict=True))
    top = sqrt(max((sum(column) for column in columns), default=0) or 1)
    width, height, bars = 300, 72, list[Bar]()
    for i, column in enumerate(columns):
        total, floor = sum(column), float(height)
        for kind, number in zip(
            ("other", "accent", "bad"), (column[2], column[0], column[1]), strict=True
        ):
            tall = sqrt(total) / top * height * number / total if number else 0
            floor -= tall
            if number:
                bars.append(bar(width / BINS * i + 1, floor, width / BINS - 2, tall, kind, ""))
    edges = [threshold.hold, threshold.reject] if threshold else []
    return Chart(
        id="",
        title="",
        desc="",
        width=width,
        height=height,
        bars=bars,
        across=[
            Mark(round(width * edge, 1), name)
            for edge, name in zip(edges, ("hold", "reject"), strict=False)
            if edge <= 1
        ],
        heads=["score", "people approved", "people refused", "no person decided"],
        rows=[
            [f"{i / BINS:.2f} to {(i + 1) / BINS:.2f}", *map(str, column)]
            for i, column in enumerate(columns)
        ],
    )
