"""The format of `folkmoot export`: JSON lines."""

import json
import re
from io import TextIOWrapper
from typing import BinaryIO

from pydantic import ValidationError

from service.transfer.rows import CommentRow, Format, Placed, Row, Rows, Skipped, ThreadRow, faults

UNREADABLE = re.compile("[\udc80-\udcff]")


def read(file: BinaryIO) -> Rows:
    """Read the rows, one per line."""
    # Invalid UTF-8 becomes surrogates, so that only its own line is skipped.
    for number, line in enumerate(TextIOWrapper(file, "utf-8", "surrogateescape"), 1):
        try:
            yield Placed(number, _parse(line))
        except ValueError as error:
            yield Skipped(number, str(error))


def _parse(line: str) -> Row:
    """Parse a line.

    :raises ValueError: the line is not valid; the message says why.
    """
    if UNREADABLE.search(line):
        raise ValueError("not UTF-8")
    content = json.loads(line)
    if not isinstance(content, dict):
        raise ValueError("not a JSON object")
    kind = ThreadRow if content.get("kind") == "thread" else CommentRow
    try:
        return kind.model_validate(content)
    except ValidationError as error:
        raise ValueError(faults(error)) from None


FORMAT = Format(
    name="jsonl",
    description="Take in what `folkmoot export` wrote; every line that is skipped is named.",
    example="news.jsonl",
    read=read,
)
