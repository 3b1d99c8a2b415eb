"""Forms in the character sets of their senders: a blog may be older than UTF-8."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl

import webencodings
from flask import request
from werkzeug.exceptions import BadRequest
from werkzeug.sansio.multipart import Data, Epilogue, Event, Field, File, MultipartDecoder

# Bytes as text, one character each, until the character set is known.
BYTES = "latin-1"
# Nobody sends forms in these (WHATWG Encoding, 4.3); who claims to sends UTF-8.
WIDE = ("utf-16le", "utf-16be")


@dataclass(frozen=True, slots=True)
class SentForm:
    """The fields of a form, and the names of those whose characters could not be read."""

    fields: Mapping[str, str]
    unreadable: frozenset[str] = frozenset()


def read(most_parts: int, charset_field: str) -> SentForm:
    """Read the query and the form of a request.

    The character set is that of `Content-Type`, else the one that the form itself names in
    `charset_field`, else UTF-8. What is valid UTF-8 is read as such, since many clients send it
    whatever the blog's own character set is.

    :raises BadRequest: the body is no form, or has too many parts.
    """
    sent = _firsts(_pairs(request.query_string, most_parts)) | _firsts(_body(most_parts))
    declared = request.mimetype_params.get("charset") or sent.get(charset_field, "")
    read = {name: _decoded(value, declared) for name, value in sent.items()}
    known = {name: value for name, value in read.items() if value is not None}
    return SentForm(known, frozenset(read) - frozenset(known))


def _firsts(pairs: Iterator[tuple[str, str]]) -> dict[str, str]:
    return dict(reversed(list(pairs)))


def _body(most_parts: int) -> Iterator[tuple[str, str]]:
    content = request.get_data(cache=True)
    if request.mimetype == "multipart/form-data":
        boundary = request.mimetype_params.get("boundary", "")
        return _parts(content, boundary.encode(BYTES, "replace"), most_parts)
    return _pairs(content, most_parts)


def _pairs(content: bytes, most: int) -> Iterator[tuple[str, str]]:
    try:
        yield from parse_qsl(
            content.decode(BYTES), keep_blank_values=True, encoding=BYTES, max_num_fields=most
        )
    except ValueError as error:
        raise BadRequest from error


def _parts(content: bytes, boundary: bytes, most: int) -> Iterator[tuple[str, str]]:
    decoder = MultipartDecoder(boundary, max_parts=most)
    decoder.receive_data(content)
    decoder.receive_data(None)
    name, value = "", b""
    for event in _events(decoder):
        match event:
            case Field() | File():
                name, value = event.name if isinstance(event, Field) else "", b""
            case Data():
                value += event.data
                if name and not event.more_data:
                    yield name, value.decode(BYTES)


def _events(decoder: MultipartDecoder) -> Iterator[Event]:
    event: Event | None = None
    try:
        while not isinstance(event, Epilogue):
            event = decoder.next_event()
            yield event
    except ValueError as error:
        raise BadRequest from error


def _decoded(value: str, declared: str) -> str | None:
    """Return a value in its characters, None if they cannot be known."""
    sent = value.encode(BYTES)
    encoding = webencodings.lookup(declared) if declared.isascii() else None
    is_stateful = encoding is not None and encoding.name == "iso-2022-jp"
    if not is_stateful and (text := _try("utf-8", sent)) is not None:
        return text
    if encoding is None or encoding.name in WIDE:
        return None
    return _try(encoding.codec_info.name, sent)


def _try(codec: str, sent: bytes) -> str | None:
    try:
        return sent.decode(codec)
    except ValueError:
        return None
