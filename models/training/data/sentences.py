"""A comment whose toxic stretches are marked falls into toxic sentences and clean ones."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from models.training.recipe import RecipeError

FEWEST_WORDS: Final = 4
_SENTENCE: Final = re.compile(r"[^.!?\n]+[.!?\n]*\s*")


def parts_of(row: dict[str, Any], path: Path, line: int) -> Iterator[dict[str, Any]]:
    """Give the sentences of a comment, and what is left when the toxic stretches are cut out.

    :raises RecipeError: the stretches are not offsets into the text.
    """
    text, toxic = row["text"], _offsets(row, path, line)
    if not toxic:
        return
    common = {**row, "whole": text}
    for sentence in _SENTENCE.finditer(text):
        guilty = not toxic.isdisjoint(range(*sentence.span()))
        if guilty or len(sentence[0].split()) >= FEWEST_WORDS:
            yield {**common, "text": sentence[0], "TOXICITY": int(guilty)}
    left = "".join(char for place, char in enumerate(text) if place not in toxic)
    if len(left.split()) >= FEWEST_WORDS:
        yield {**common, "text": left, "TOXICITY": 0}


def _offsets(row: dict[str, Any], path: Path, line: int) -> set[int]:
    spans = row.get("spans")
    try:
        offsets = json.loads(spans) if isinstance(spans, str) else spans
        return {int(offset) for offset in offsets or ()}
    except (TypeError, ValueError) as fault:
        raise RecipeError(f'{path}:{line}: "spans" are not offsets ({fault})') from fault
