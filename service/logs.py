"""Logs: one JSON object per line, with ids and reasons; never bodies, addresses or tokens.

A path, a header or a name may contain line breaks and escape sequences. JSON escapes them all; for
a terminal they are escaped here, so that nobody else writes a line of our log or moves its cursor.
"""

import logging
import re
import sys
import traceback
from typing import Any, TextIO

import structlog
from structlog.typing import EventDict, ExcInfo, Processor, WrappedLogger

# Everything that ends a line or steers a terminal: controls of ASCII and Latin-1, line and
# paragraph separators, marks of direction, lone surrogates.
UNSAFE = re.compile(
    "[\\x00-\\x1f\\x7f-\\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)


def configure(level: str) -> None:
    """Send the logs of this process, and of all libraries, to standard error."""
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    renderers = _renderers(is_terminal=sys.stderr.isatty())
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *renderers],
        )
    )
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
    # RQ logs every job, and clients log every retry; we log what matters ourselves.
    for chatty in ("rq", "rq.worker", "redis", "granian"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
    structlog.configure(
        processors=[*shared, *renderers],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelName(level.upper())),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )


def escape(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """Escape what would end a line or steer a terminal, in every text of an event."""
    return {_escaped(str(name)): _escaped(value) for name, value in event.items()}


def _escaped(value: Any) -> Any:
    if isinstance(value, str):
        return UNSAFE.sub(lambda found: found[0].encode("unicode_escape").decode(), value)
    if isinstance(value, dict):
        return {_escaped(name): _escaped(inner) for name, inner in value.items()}
    return [_escaped(inner) for inner in value] if isinstance(value, list | tuple | set) else value


def _trace(target: TextIO, failure: ExcInfo) -> None:
    """Write a trace, indented, so that no line of a message looks like an event."""
    text = "".join(traceback.format_exception(*failure))
    target.writelines(f"\n  {_escaped(line)}" for line in text.rstrip().split("\n"))


def _renderers(*, is_terminal: bool) -> list[Processor]:
    # Plain lines for a person at a terminal, JSON for a program. No values of variables in traces:
    # they may be bodies or passwords.
    if is_terminal:
        return [escape, structlog.dev.ConsoleRenderer(pad_event_to=24, exception_formatter=_trace)]
    return [structlog.processors.format_exc_info, structlog.processors.JSONRenderer()]
