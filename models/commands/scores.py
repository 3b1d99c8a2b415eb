"""`folkmoot model score` and `explain`: try out a model on texts."""

import json
import sys
from collections.abc import Sequence
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from models.attributes import ATTRIBUTES, TOXICITY
from models.commands.options import JSON_OPTION, MODEL_OPTION, faults_in_one_line
from models.reading.span import Span
from models.scoring.classifier import Classifier, Scores

LANGUAGE_OPTION = click.option(
    "--language", default="", help="The language that the page names, such as fr or pt-BR."
)
STRONG = 1.0
WEAK = 0.3


@click.command(epilog='Example: folkmoot model score "Thank you for this article."')
@click.argument("texts", nargs=-1)
@LANGUAGE_OPTION
@MODEL_OPTION
@JSON_OPTION
def score(texts: tuple[str, ...], language: str, folder: Path | None, as_json: bool) -> None:
    """Score each TEXT, or each line of standard input."""
    with faults_in_one_line():
        classifier = Classifier.load(folder)
    lines = texts or tuple(line.rstrip("\n") for line in sys.stdin)
    scored = zip(lines, classifier.score(lines, [language] * len(lines)), strict=True)
    if as_json:
        for text, scores in scored:
            row = {"text": text, "language": classifier.language(text), "scores": scores}
            click.echo(json.dumps(row, ensure_ascii=False))
        return
    console = Console()
    for text, scores in scored:
        console.print(Text(text, style="bold"), Text(f"({classifier.language(text)})"))
        console.print(_score_table(scores))


@click.command(epilog='Example: folkmoot model explain "What a clown" --attribute INSULT')
@click.argument("text")
@click.option("--attribute", default=TOXICITY, type=click.Choice(ATTRIBUTES), show_default=True)
@LANGUAGE_OPTION
@MODEL_OPTION
@JSON_OPTION
def explain(text: str, attribute: str, language: str, folder: Path | None, as_json: bool) -> None:
    """Show which words of TEXT speak for an attribute (red) and which against it (green)."""
    with faults_in_one_line():
        classifier = Classifier.load(folder)
    spans = classifier.explain(text, attribute, language)
    value = classifier.score([text], [language])[0][attribute]
    if as_json:
        row = {
            "attribute": attribute,
            "read_in": classifier.read_in(text, attribute, language),
            "score": value,
            "spans": [
                {"start": s.start, "end": s.end, "contribution": round(s.contribution, 4)}
                for s in spans
            ],
        }
        click.echo(json.dumps(row))
        return
    console = Console()
    console.print(_coloured(text, spans))
    console.print("not scored" if value is None else f"{attribute} {value:.3f}")


def _score_table(scores: Scores) -> Table:
    table = Table(show_header=False, box=None)
    for attribute, value in scores.items():
        style = "red" if value is not None and value >= 0.5 else ""
        table.add_row(attribute, "–" if value is None else f"{value:.3f}", style=style)
    return table


def _coloured(text: str, spans: Sequence[Span]) -> Text:
    coloured = Text(text)
    for span in spans:
        if span.end - span.start >= len(text) or abs(span.contribution) < WEAK:
            continue
        strength = "bold " if abs(span.contribution) >= STRONG else ""
        colour = "red" if span.contribution > 0 else "green"
        coloured.stylize(strength + colour, span.start, span.end)
    return coloured
