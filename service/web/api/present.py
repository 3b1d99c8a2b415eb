"""Presentation: domain objects as shapes of the API, and a comment's text as safe HTML."""

import re
from datetime import datetime
from typing import Literal

from markupsafe import Markup, escape

from service.domain import links
from service.domain.appeal import Appeal
from service.domain.comment import Comment
from service.domain.hosts import is_openable
from service.domain.thread import Thread
from service.domain.vote import Direction, Tally
from service.readers.intake.submit import Submitted
from service.readers.own_comment import OwnComment
from service.readers.statement import Statement
from service.web.api import refusal, shapes

MAX_SHOWN = 60
WORDS: dict[Direction, Literal["up", "down", "none"]] = {
    Direction.UP: "up",
    Direction.DOWN: "down",
    Direction.NONE: "none",
}
DIRECTIONS = {word: direction for direction, word in WORDS.items()}


def comment(shown: Comment) -> shapes.CommentShape:
    """Return the shape of a comment."""
    return shapes.CommentShape(
        id=shown.id,
        thread=shown.thread,
        parent=shown.parent,
        name=shown.name,
        body=shown.body,
        html=str(html(shown.body)),
        status=shown.status.value,
        created_at=shown.created_at,
        edited_at=shown.edited_at,
        up=shown.up,
        down=shown.down,
        badge=shown.badge,
    )


def own_comment(own: OwnComment) -> shapes.CommentShape:
    """Return the shape of a comment for its author."""
    details = shapes.Own(
        editable_until=own.editable_until,
        statement=_statement(own.statement) if own.statement else None,
        appeal=appeal(own.appeal) if own.appeal else None,
    )
    return comment(own.comment).model_copy(update={"own": details})


def appeal(lodged: Appeal) -> shapes.AppealShape:
    """Return the shape of an appeal for its author, without the name of who answered."""
    return shapes.AppealShape(
        text=lodged.text,
        at=lodged.at,
        state=lodged.state,
        answer=lodged.answer,
        answered_at=lodged.answered_at,
    )


def submitted(result: Submitted) -> shapes.SubmittedShape:
    """Return the shape of an accepted submission."""
    return shapes.SubmittedShape(
        id=result.comment.id,
        status=result.comment.status.value,
        receipt=result.receipt,
        comment=comment(result.comment),
    )


def thread(article: Thread) -> shapes.ThreadShape:
    """Return the shape of an article's counts and title."""
    return shapes.ThreadShape(
        thread=article.url,
        title=article.title,
        comments=article.comments,
        up=article.up,
        down=article.down,
    )


def counts(threads: list[Thread]) -> shapes.Counts:
    """Return the shape of the counts of several articles."""
    return shapes.Counts(
        threads=[
            shapes.ThreadCounts(
                thread=thread.url, comments=thread.comments, up=thread.up, down=thread.down
            )
            for thread in threads
        ]
    )


def tally(votes: Tally, yours: Direction) -> shapes.TallyShape:
    """Return the shape of votes, with the caller's own."""
    return shapes.TallyShape(up=votes.up, down=votes.down, yours=WORDS[yours])


def html(body: str) -> Markup:
    """Convert plain text to paragraphs, quotes (lines that begin with >) and safe links."""
    blocks = [block for block in re.split(r"\n\s*\n", body) if block.strip()]
    return Markup("").join(_block(block) for block in blocks)


def _statement(statement: Statement) -> shapes.StatementShape:
    return shapes.StatementShape(
        decider=statement.decider,
        rules=list(statement.rules),
        reasons=refusal.rules(statement),
        words=statement.why,
        at=statement.at,
        appeal_until=statement.appeal_until,
    )


def _block(block: str) -> Markup:
    lines = block.split("\n")
    if all(line.startswith(">") for line in lines):
        inner = Markup("<br>").join(_linked(line[1:].strip()) for line in lines)
        return Markup("<blockquote><p>{}</p></blockquote>").format(inner)
    return Markup("<p>{}</p>").format(Markup("<br>").join(_linked(line) for line in lines))


def _linked(line: str) -> Markup:
    parts, end = [], 0
    for link in links.find(line):
        if is_openable(link.url):
            parts += [escape(line[end : link.start]), _link(link.url)]
            end = link.end
    return Markup("").join([*parts, escape(line[end:])])


def _link(url: str) -> Markup:
    bare = re.sub(r"^https?://(www\.)?", "", url, flags=re.IGNORECASE)
    shown = bare if len(bare) <= MAX_SHOWN else bare[: MAX_SHOWN - 1] + "…"
    return Markup('<a href="{}" rel="nofollow ugc noopener" target="_blank">{}</a>').format(
        url, shown
    )


def since(then: datetime, now: datetime) -> str:
    """Return roughly how long ago something was."""
    seconds = max(0, (now - then).total_seconds())
    for size, name in ((86_400, "day"), (3600, "hour"), (60, "minute")):
        if seconds >= size:
            number = int(seconds // size)
            return f"{number} {name}{'s' if number > 1 else ''} ago"
    return "just now"
