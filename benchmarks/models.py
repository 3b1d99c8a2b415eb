"""Compare the shipped classifier with other programs on the same held-out rows: AUC and time.

    pip install alt-profanity-check better-profanity glin-profanity hatesonar
    python -P benchmarks/models.py --data ./data              other programs
    python -P benchmarks/models.py --data ./data --speed      milliseconds a news comment
    python -P benchmarks/models.py --data ./data --baseline   other languages, beside a plain TF-IDF

`-P`, since this file is called like the package. Programs that are not installed are named and
left out. The rows are those that the recipe keeps from training, up to --most of each source; a
program sees each text once, one by one.
"""

import json
import random
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click
import numpy as np
from rich.console import Console
from rich.progress import track
from rich.table import Table

from models import Classifier
from models.attributes import TOXICITY
from models.training.baseline import compare_all
from models.training.dataset import Example, rows_of
from models.training.evaluate import speed
from models.training.measure import auc
from models.training.recipe import DEFAULT_RECIPE, read_recipe
from models.training.train import held_rows

Score = Callable[[str], float]


def folkmoot() -> Score:
    """Score with the shipped model."""
    classifier = Classifier.load()
    return lambda text: classifier.score([text])[0][TOXICITY] or 0.0


def alt_profanity_check() -> Score:
    """Score with a linear model over words, by scikit-learn."""
    from profanity_check import predict_prob

    return lambda text: float(predict_prob([text])[0])


def better_profanity() -> Score:
    """Score with a word list that knows spellings."""
    from better_profanity import profanity

    profanity.load_censor_words()
    return lambda text: float(profanity.contains_profanity(text))


def glin_profanity() -> Score:
    """Score with a word list of several languages."""
    from glin_profanity import Filter

    words = Filter({"languages": ["english"]})
    return lambda text: float(words.check_profanity(text)["contains_profanity"])


def hatesonar() -> Score:
    """Score with a linear model of hate and offensive tweets."""
    from hatesonar import Sonar

    sonar = Sonar()

    def score(text: str) -> float:
        classes = sonar.ping(text=text)["classes"]
        return 1 - next(c["confidence"] for c in classes if c["class_name"] == "neither")

    return score


PROGRAMS: dict[str, Callable[[], Score]] = {
    "folkmoot": folkmoot,
    "alt-profanity-check": alt_profanity_check,
    "hatesonar": hatesonar,
    "glin-profanity": glin_profanity,
    "better-profanity": better_profanity,
}


@click.command()
@click.option(
    "--data",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    envvar="FOLKMOOT_TRAINING_DATA",
    required=True,
)
@click.option("--most", default=1000, show_default=True, help="Rows of each source.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--speed", "kind", flag_value="speed", help="Time the shipped model instead.")
@click.option("--baseline", "kind", flag_value="baseline", help="Compare with TF-IDF instead.")
def main(data: Path, most: int, as_json: bool, kind: str | None) -> None:
    """Print a table of every program that is installed."""
    if kind == "speed":
        click.echo(json.dumps(speed(Classifier.load(), news(data, most)), indent=1))
        return
    if kind == "baseline":
        show_baseline(data, as_json)
        return
    sets = dict(chosen_sets(data, most))
    results = [measure(name, make, sets) for name, make in PROGRAMS.items()]
    if as_json:
        click.echo(json.dumps(results))
        return
    table = Table("program", *sets, "ms a text")
    for result in results:
        if "missing" in result:
            click.echo(f"{result['program']}: left out ({result['missing']})", err=True)
            continue
        table.add_row(
            result["program"], *(f"{result[name]:.3f}" for name in sets), f"{result['ms']:.3f}"
        )
    Console().print(table)


def news(data: Path, most: int) -> list[str]:
    """Give comments of news sites in an order of their own."""
    paths = sorted(data.glob("civil_comments_unlabelled.jsonl*"))
    texts = [row["text"] for path in paths for _, row in rows_of(path)]
    random.Random(1).shuffle(texts)
    return texts[:most]


def show_baseline(data: Path, as_json: bool) -> None:
    """Print the AUC of a TF-IDF with logistic regression beside that of the shipped model."""
    found = list(compare_all(Classifier.load(), read_recipe(DEFAULT_RECIPE), data))
    if as_json:
        click.echo(json.dumps([asdict(one) for one in found]))
        return
    table = Table("language", "attribute", "rows", "not scored", "TF-IDF", "shipped")
    for one in found:
        ours = "withheld" if one.model is None else f"{one.model:.3f}"
        counts = (str(one.rows), str(one.unscored))
        table.add_row(one.language, one.attribute, *counts, f"{one.baseline:.3f}", ours)
    Console().print(table)


def chosen_sets(data: Path, most: int) -> Iterator[tuple[str, list[Example]]]:
    """Give the held-out English rows of each source that holds both toxic and other rows."""
    rows = [row for row in held_rows(read_recipe(DEFAULT_RECIPE), data) if row.language == "en"]
    for source in ("jigsaw", "paradetox", "civil_toxic_spans"):
        own = [row for row in rows if row.source == source and TOXICITY in row.labels]
        random.Random(1).shuffle(own)
        yield source, own[:most]


def measure(name: str, make: Callable[[], Score], sets: dict[str, list[Example]]) -> dict[str, Any]:
    """Score every row with one program."""
    try:
        score = make()
    except Exception as fault:  # other people's packages fail in their own ways
        return {"program": name, "missing": f"{type(fault).__name__}: {fault}"}
    result: dict[str, Any] = {"program": name}
    seconds, texts = 0.0, 0
    for source, rows in sets.items():
        score(rows[0].text)
        start = time.perf_counter()
        shown = track(rows, name, console=Console(stderr=True), disable=not sys.stderr.isatty())
        found = [score(row.text) for row in shown]
        seconds, texts = seconds + time.perf_counter() - start, texts + len(rows)
        result[source] = auc(np.array([row.labels[TOXICITY] for row in rows]), np.array(found))
    return {**result, "ms": 1000 * seconds / texts}


if __name__ == "__main__":
    main()
