"""Present our own things as the shapes of the API, and a comment's text as safe HTML."""

import re
from datetime import datetime
from typing import Literal

from markupsafe import Markup, escape

from service.domain.comment import Comment
from service.domain.links import LINK, host_of, names_a_user, trimmed
from service.domain.thread import Thread
from service.domain.vote import Direction, Tally
from service.readers.intake.submit import Submitted
from service.web.api import shapes

MAX_SHOWN = 60
WAYS: dict[Direction, Literal["up", "down", "none"]] = {
    Direction.UP: "up",
    Direction.DOWN: "down",
    Direction.NONE: "none",
}
DIRECTIONS = {word: direction for direction, word in WAYS.items()}


def comment(of: Comment) -> shapes.Comment:
    """Show a comment."""
    return shapes.Comment(
        id=of.id,
        thread=of.thread,
        parent=of.parent,
        name=of.name,
        body=of.body,
        html=str(html(of.body)),
        status=of.status.value,
        created_at=of.created_at,
        edited_at=of.edited_at,
        up=of.up,
        down=of.down,
        badge=of.badge,
    )


def submitted(of: Submitted) -> shapes.Submitted:
    """Show what became of a submission."""
    return shapes.Submitted(
        id=of.comment.id,
        status=of.comment.status.value,
        receipt=of.receipt,
        comment=comment(of.comment),
    )


def thread(of: Thread) -> shapes.Thread:
    """Show an article's counts and title."""
    return shapes.Thread(
        thread=of.url, title=of.title, comments=of.comments, up=of.up, down=of.down
    )


def counts(of: list[Thread]) -> shapes.Counts:
    """Show the counts of several articles."""
    return shapes.Counts(
        threads=[
            shapes.ThreadCounts(thread=t.url, comments=t.comments, up=t.up, down=t.down) for t in of
        ]
    )


def tally(of: Tally, yours: Direction) -> shapes.Tally:
    """Show votes with the caller's own."""
    return shapes.Tally(up=of.up, down=of.down, yours=WAYS[yours])


def html(body: str) -> Markup:
    """Write plain text as paragraphs, quotes (lines that begin with >) and safe links."""
    blocks = [block for block in re.split(r"\n\s*\n", body) if block.strip()]
    return Markup("").join(_block(block) for block in blocks)


def _block(block: str) -> Markup:
    lines = block.split("\n")
    if all(line.startswith(">") for line in lines):
        inner = Markup("<br>").join(_linked(line[1:].strip()) for line in lines)
        return Markup("<blockquote><p>{}</p></blockquote>").format(inner)
    return Markup("<p>{}</p>").format(Markup("<br>").join(_linked(line) for line in lines))


def _linked(line: str) -> Markup:
    parts, end = [], 0
    for found in LINK.finditer(line):
        url = trimmed(found.group())
        parts += [escape(line[end : found.start()]), _link(url)]
        end = found.start() + len(url)
    return Markup("").join([*parts, escape(line[end:])])


def _link(url: str) -> Markup:
    if names_a_user(url) or not host_of(url) or url.lower().startswith("www."):
        return escape(url)
    bare = re.sub(r"^https?://(www\.)?", "", url, flags=re.IGNORECASE)
    shown = bare if len(bare) <= MAX_SHOWN else bare[: MAX_SHOWN - 1] + "…"
    return Markup('<a href="{}" rel="nofollow ugc noopener" target="_blank">{}</a>').format(
        url, shown
    )


def since(then: datetime, now: datetime) -> str:
    """Say roughly how long ago something was."""
    seconds = max(0, (now - then).total_seconds())
    for size, name in ((86_400, "day"), (3600, "hour"), (60, "minute")):
        if seconds >= size:
            number = int(seconds // size)
            return f"{number} {name}{'s' if number > 1 else ''} ago"
    return "just now"
