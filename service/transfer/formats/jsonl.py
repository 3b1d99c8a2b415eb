"""The format of `folkmoot export`: JSON lines."""

import codecs
import json
from collections.abc import Iterator
from typing import Any, BinaryIO, NoReturn

from pydantic import ValidationError

from service.transfer.rows import CommentRow, Format, Placed, Row, Rows, Skipped, ThreadRow, faults

# In bytes; a comment with a hundred thousand votes is shorter.
LONGEST_LINE = 16 * 1024 * 1024
UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def read(file: BinaryIO) -> Rows:
    """Read the rows, one per line; empty lines are no rows."""
    for number, line in enumerate(_lines(file), 1):
        if number == 1 and line is not None and line.startswith(UTF_16):
            yield Skipped(1, "the file is UTF-16: convert it to UTF-8 first")
            return
        try:
            text = _decode(line, is_first=number == 1)
            if text.strip():
                yield Placed(number, _parse(text))
        except RecursionError:
            yield Skipped(number, "JSON nested too deeply")
        except ValueError as error:
            yield Skipped(number, str(error))


def _lines(file: BinaryIO) -> Iterator[bytes | None]:
    """Yield the lines, None for one that is too long to be kept in memory."""
    while line := file.readline(LONGEST_LINE + 1):
        if len(line) <= LONGEST_LINE:
            yield line
            continue
        while line and not line.endswith(b"\n"):
            line = file.readline(LONGEST_LINE)
        yield None


def _decode(line: bytes | None, *, is_first: bool) -> str:
    if line is None:
        raise ValueError(f"longer than {LONGEST_LINE} bytes")
    try:
        return line.decode("utf-8-sig" if is_first else "utf-8")
    except UnicodeDecodeError:
        raise ValueError("not UTF-8") from None


def _parse(line: str) -> Row:
    """Parse a line.

    :raises ValueError: the line is not valid; the message says why.
    """
    content = json.loads(line, parse_constant=_refuse_constant, object_pairs_hook=_object)
    if not isinstance(content, dict):
        raise ValueError("not a JSON object")
    if "\\u" in line:
        _check_surrogates(content)
    kind = ThreadRow if content.get("kind") == "thread" else CommentRow
    try:
        return kind.model_validate(content)
    except ValidationError as error:
        raise ValueError(faults(error)) from None


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    content = dict(pairs)
    if len(content) < len(pairs):
        raise ValueError("a name twice in one object")
    return content


def _check_surrogates(content: dict[str, Any]) -> None:
    try:
        json.dumps(content, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise ValueError("half of a surrogate pair") from None


FORMAT = Format(
    name="jsonl",
    description="Take in what `folkmoot export` wrote; every line that is skipped is named.",
    example="news.jsonl",
    read=read,
)
