"""Toxic and clean sentences, cut from comments whose toxic spans are marked."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from models.training.recipe import RecipeError

FEWEST_WORDS: Final = 4
_SENTENCE: Final = re.compile(r"[^.!?\n]+[.!?\n]*\s*")


def parts_of(row: dict[str, Any], path: Path, line: int) -> Iterator[dict[str, Any]]:
    """Return the sentences of a comment, and the comment without its toxic spans.

    :raises RecipeError: the spans are not offsets into the text.
    """
    text, toxic = row["text"], _offsets(row, path, line)
    if not toxic:
        return
    common = {**row, "whole": text}
    for sentence in _SENTENCE.finditer(text):
        is_toxic = not toxic.isdisjoint(range(*sentence.span()))
        if is_toxic or len(sentence[0].split()) >= FEWEST_WORDS:
            yield {**common, "text": sentence[0], "TOXICITY": int(is_toxic)}
    rest = "".join(char for place, char in enumerate(text) if place not in toxic)
    if len(rest.split()) >= FEWEST_WORDS:
        yield {**common, "text": rest, "TOXICITY": 0}


def _offsets(row: dict[str, Any], path: Path, line: int) -> set[int]:
    spans = row.get("spans")
    try:
        offsets = json.loads(spans) if isinstance(spans, str) else spans
        return {int(offset) for offset in offsets or ()}
    except (TypeError, ValueError) as fault:
        raise RecipeError(f'{path}:{line}: "spans" are not offsets ({fault})') from fault
