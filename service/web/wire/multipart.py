"""Google's batches: requests and answers as the parts of one body (RFC 2046, multipart/mixed)."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from urllib.parse import parse_qsl, urlsplit

from flask import Response
from werkzeug.datastructures import Headers

from service.analysis.refusals import RequestRefused

# Google's own services take as many.
MOST_PARTS = 100
LONGEST_BOUNDARY = 200
MOST_PARAMETERS = 50
# Header names and values as bytes, one character each.
BYTES = "latin-1"
LINE = re.compile(r"\r?\n")
BLANK = re.compile(rb"\r?\n\r?\n")
FOLD = re.compile(r"\r?\n[ \t]+")
REQUEST = re.compile(r"([A-Z]{1,16}) (\S+)(?: HTTP/\d(?:\.\d)?)?\s*")


class NotMultipart(RequestRefused):
    """The body is no batch."""


@dataclass(frozen=True, slots=True)
class BatchedCall:
    """One request of a batch; without a method it could not be read."""

    id: str = ""
    method: str = ""
    path: str = ""
    args: Mapping[str, str] = field(default_factory=dict)
    headers: Headers = field(default_factory=Headers)
    body: bytes = b""


def read(mimetype: str, boundary: str, content: bytes) -> list[BatchedCall]:
    """Return the requests of a batch.

    :raises NotMultipart: the body is no batch.
    :raises RequestRefused: it has too many parts.
    """
    if not mimetype.startswith("multipart/") or not 0 < len(boundary) <= LONGEST_BOUNDARY:
        raise NotMultipart("A batch must be of type multipart/mixed, with a boundary.", None)
    parts = _split(boundary.encode(BYTES, "replace"), content)
    if not parts:
        raise NotMultipart("The batch has no parts.", None)
    if len(parts) > MOST_PARTS:
        # In the form of the protocol's message about long texts.
        raise RequestRefused(
            f"Batch had too many calls. Value ({len(parts)}) exceeded limit ({MOST_PARTS}).", None
        )
    return [_call(part) for part in parts]


def join(answers: Sequence[tuple[str, Response]], unique: str) -> Response:
    """Return the answers as one body; `unique` must not occur in any of them."""
    boundary = f"batch_{unique}"
    parts = [f"--{boundary}\r\n".encode() + _written(id_, answer) for id_, answer in answers]
    content = b"".join(parts) + f"--{boundary}--\r\n".encode()
    return Response(content, content_type=f"multipart/mixed; boundary={boundary}")


def _split(boundary: bytes, content: bytes) -> list[bytes]:
    """Return what stands between the delimiters, up to the closing one or the end."""
    delimiter = re.compile(rb"(?:\A|\r?\n)--" + re.escape(boundary) + rb"(--)?[ \t]*+(?=\r?\n|\Z)")
    parts: list[bytes] = []
    start = None
    for found in delimiter.finditer(content):
        if start is not None:
            parts.append(content[start : found.start()])
        start = found.end()
        if found[1]:
            return parts
    return parts if start is None else [*parts, content[start:]]


def _call(part: bytes) -> BatchedCall:
    outer, request = _halves(part)
    id_ = _headers(outer).get("Content-ID", "").strip()
    head, content = _halves(request)
    line, _, headers = head.lstrip().partition("\n")
    match = REQUEST.fullmatch(line)
    if match is None:
        return BatchedCall(id_)
    try:
        address = urlsplit(match[2])
        args = parse_qsl(address.query, max_num_fields=MOST_PARAMETERS)
    except ValueError:
        return BatchedCall(id_)
    return BatchedCall(
        id_, match[1], address.path, dict(reversed(args)), _headers(headers), content
    )


def _halves(message: bytes) -> tuple[str, bytes]:
    """Return the head of a message and what follows its first empty line."""
    message = message.removeprefix(b"\r\n").removeprefix(b"\n")
    end = BLANK.search(message)
    head, rest = (message[: end.start()], message[end.end() :]) if end else (message, b"")
    return head.decode(BYTES), rest


def _headers(head: str) -> Headers:
    headers = Headers()
    for line in LINE.split(FOLD.sub(" ", head)):
        name, colon, value = line.partition(":")
        if colon:
            headers.add(name.strip(), _clean(value))
    return headers


def _clean(value: str) -> str:
    return value.strip().replace("\r", "").replace("\0", "")


def _written(id_: str, answer: Response) -> bytes:
    status = HTTPStatus(answer.status_code)
    content = answer.get_data()
    outer = ["Content-Type: application/http"]
    if id_:
        # Clients find an answer by this name.
        outer.append(f"Content-ID: {id_.replace('<', '<response-', 1)}")
    inner = [
        f"HTTP/1.1 {status.value} {status.phrase}",
        *(f"{name}: {value}" for name, value in answer.headers if name != "Content-Length"),
        f"Content-Length: {len(content)}",
    ]
    head = "\r\n".join([*outer, "", *inner, "", ""])
    return head.encode(BYTES, "replace") + content + b"\r\n"
