"""Compare the shipped classifier with other programs on the same held-out rows.

    pip install alt-profanity-check better-profanity glin-profanity hatesonar
    python -P benchmarks/models.py --data ./data              other programs
    python -P benchmarks/models.py --data ./data --speed      milliseconds a news comment
    python -P benchmarks/models.py --data ./data --flagged    clean comments that are flagged at 0.5
    python -P benchmarks/models.py --data ./data --baseline   other languages against TF-IDF

`-P` is needed because this file has the name of the package. Programs that are not installed are
listed and skipped. The rows are those that the recipe holds out, up to --most of each source; a
program scores each text once, one by one. Word lists answer yes or no, so their AUC says less
than their recall and false positives at 0.5.
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
from numpy.typing import NDArray
from rich.console import Console
from rich.progress import track
from rich.table import Table
from sklearn.metrics import average_precision_score

from models import Classifier
from models.attributes import TOXICITY
from models.reading.identity import names_a_group
from models.training.data.dataset import Example, rows_of
from models.training.data.selection import held_rows
from models.training.fitting.baseline import compare_all
from models.training.measuring.batch import score_all
from models.training.measuring.metrics import auc
from models.training.measuring.speed import in_batches, one_by_one
from models.training.recipe import DEFAULT_RECIPE, read_recipe

Score = Callable[[str], float]

HALF = 0.5
BEFORE = 20_000


def folkmoot() -> Score:
    """Score with the shipped model."""
    classifier = Classifier.load()
    return lambda text: classifier.score([text])[0][TOXICITY] or 0.0


def alt_profanity_check() -> Score:
    """Score with a linear model over words from scikit-learn."""
    from profanity_check import predict_prob

    return lambda text: float(predict_prob([text])[0])


def better_profanity() -> Score:
    """Score with a word list that includes variant spellings."""
    from better_profanity import profanity

    profanity.load_censor_words()
    return lambda text: float(profanity.contains_profanity(text))


def glin_profanity() -> Score:
    """Score with a word list of several languages."""
    from glin_profanity import Filter

    words = Filter({"languages": ["english"]})
    return lambda text: float(words.check_profanity(text)["contains_profanity"])


def hatesonar() -> Score:
    """Score with a linear model trained on hateful and offensive tweets."""
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
@click.option("--flagged", "kind", flag_value="flagged", help="Count clean rows flagged instead.")
@click.option("--baseline", "kind", flag_value="baseline", help="Compare with TF-IDF instead.")
def main(data: Path, most: int, as_json: bool, kind: str | None) -> None:
    """Print a table of all installed programs."""
    match kind:
        case "speed":
            click.echo(json.dumps(list(speed(data, most)), indent=1))
        case "flagged":
            click.echo(json.dumps(list(flagged(data)), indent=1))
        case "baseline":
            show_baseline(data, as_json)
        case _:
            show_programs(data, most, as_json)


def show_programs(data: Path, most: int, as_json: bool) -> None:
    """Print AUC / average precision / recall / clean rows flagged of every program."""
    sets = dict(chosen_sets(data, most))
    results = [measure(name, make, sets) for name, make in PROGRAMS.items()]
    if as_json:
        click.echo(json.dumps(results))
        return
    table = Table("program", *sets, "ms a text")
    for result in results:
        if "missing" in result:
            click.echo(f"{result['program']}: skipped ({result['missing']})", err=True)
            continue
        cells = (" / ".join(f"{part:.3f}" for part in result[name].values()) for name in sets)
        table.add_row(result["program"], *cells, f"{result['ms']:.3f}")
    Console().print(table)


def speed(data: Path, most: int) -> Iterator[dict[str, Any]]:
    """Time new news comments in a process that has just started, is warmed, or has long run."""
    news = texts_of(data, "civil_comments_unlabelled*")
    random.Random(1).shuffle(news)
    fresh = news[:most]
    others = [*news[most:], *texts_of(data, "civil_toxic_spans*"), *texts_of(data, "jigsaw*")]
    seen = set(fresh)
    others = [text for text in dict.fromkeys(others) if text not in seen][:BEFORE]
    yield {"cold": one_by_one(Classifier.load(), fresh)}
    classifier = Classifier.load()
    start = time.perf_counter()
    classifier.warm()
    yield {"warming_ms": round(1000 * (time.perf_counter() - start))}
    yield {"warmed": one_by_one(classifier, fresh)}
    classifier = Classifier.load()
    score_all(classifier, others, lambda: None)
    yield {"steady": one_by_one(classifier, fresh)}
    yield {"repeated": one_by_one(classifier, fresh)}
    yield {"batches, repeated": in_batches(classifier, fresh)}
    classifier = Classifier.load()
    score_all(classifier, others, lambda: None)
    yield {"batches, steady": in_batches(classifier, fresh)}


def texts_of(data: Path, glob: str) -> list[str]:
    """Return the texts of a dataset."""
    return [row["text"] for path in sorted(data.glob(f"{glob}.jsonl*")) for _, row in rows_of(path)]


def flagged(data: Path) -> Iterator[dict[str, Any]]:
    """Count held-out clean English rows that are flagged, and those that name a group."""
    held = [row for row in held_rows(read_recipe(DEFAULT_RECIPE), data) if row.language == "en"]
    clean = [row for row in held if row.labels.get(TOXICITY, 1) < HALF and not row.ours]
    all_scores = score_all(Classifier.load(), [row.text for row in clean], lambda: None)
    flags = [(scores[TOXICITY] or 0.0) >= HALF for scores in all_scores]
    for source in sorted({row.source for row in clean}):
        own = [
            (row, is_flagged)
            for row, is_flagged in zip(clean, flags, strict=True)
            if row.source == source
        ]
        naming = [is_flagged for row, is_flagged in own if names_a_group(row.text)]
        yield {
            "source": source,
            "rows": len(own),
            "flagged": round(float(np.mean([is_flagged for _, is_flagged in own])), 4),
            "naming": len(naming),
            "flagged_naming": round(float(np.mean(naming)), 4) if naming else None,
        }


def show_baseline(data: Path, as_json: bool) -> None:
    """Print the AUC of TF-IDF with logistic regression and that of the shipped model."""
    comparisons = list(compare_all(Classifier.load(), read_recipe(DEFAULT_RECIPE), data))
    if as_json:
        click.echo(json.dumps([asdict(row) for row in comparisons]))
        return
    table = Table("language", "attribute", "rows", "not scored", "TF-IDF", "shipped")
    for row in comparisons:
        ours = "withheld" if row.model is None else f"{row.model:.3f}"
        counts = (str(row.rows), str(row.unscored))
        table.add_row(row.language, row.attribute, *counts, f"{row.baseline:.3f}", ours)
    Console().print(table)


def chosen_sets(data: Path, most: int) -> Iterator[tuple[str, list[Example]]]:
    """Return the held-out English rows of each source that has both toxic and other rows."""
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
        tracked = track(rows, name, console=Console(stderr=True), disable=not sys.stderr.isatty())
        scores = [score(row.text) for row in tracked]
        seconds, texts = seconds + time.perf_counter() - start, texts + len(rows)
        result[source] = judged(np.array([row.labels[TOXICITY] for row in rows]), np.array(scores))
    return {**result, "ms": 1000 * seconds / texts}


def judged(labels: NDArray[np.float64], scores: NDArray[np.float64]) -> dict[str, float]:
    """Measure the ranking, and the recall and false positives at 0.5."""
    toxic, flags = labels >= HALF, scores >= HALF
    return {
        "auc": auc(labels, scores),
        "ap": float(average_precision_score(toxic, scores)),
        "recall": float(flags[toxic].mean()),
        "flagged": float(flags[~toxic].mean()),
    }


if __name__ == "__main__":
    main()
