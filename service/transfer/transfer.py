"""Take a site's comments out as JSON lines, and in again: the same lines come out."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from service.core import Core
from service.domain import actor, ids, moments, text
from service.domain.comment import Badge, Comment, Status
from service.domain.site import Site
from service.domain.thread import Thread, canonical_url, origin_of, thread_id
from service.store.comments import history
from service.store.upkeep import archive
from service.store.upkeep.archive import Archived, ArchivedThread

BATCH = 200
Vote = Literal["1", "-1"]


class ThreadRow(BaseModel):
    """An article with its votes."""

    model_config = ConfigDict(extra="forbid")

    kind: Literal["thread"] = "thread"
    url: str
    title: str = ""
    opened: int = 0
    votes: dict[str, Vote] = Field(default_factory=dict)


class CommentRow(BaseModel):
    """A comment with its votes and flags; moments are milliseconds since 1970."""

    model_config = ConfigDict(extra="forbid")

    kind: Literal["comment"] = "comment"
    id: str
    thread: str
    parent: str | None = None
    author: str
    name: str
    email: str | None = None
    badge: Badge | None = None
    body: str
    created: int
    status: Status = Status.PENDING
    revision: int = 0
    edited: int | None = None
    scores: dict[str, float | None] = Field(default_factory=dict)
    reasons: list[str] = Field(default_factory=list)
    votes: dict[str, Vote] = Field(default_factory=dict)
    flags: dict[str, str] = Field(default_factory=dict)
    label: dict[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Skipped:
    """A line that was not taken, and why."""

    line: int
    why: str


@dataclass(slots=True)
class Report:
    """What became of the lines so far."""

    added: int = 0
    known: int = 0
    threads: int = 0
    skipped: list[Skipped] = field(default_factory=list)


def export_site(core: Core, site: Site, *, labels: bool = False) -> Iterator[str]:
    """Give a site's articles and comments, one line each; `labels` adds people's decisions."""
    record = core.at(site.name)
    addresses: dict[str, str] = {}
    for known in archive.all_threads(record):
        addresses[known.thread.id] = known.thread.url
        row = ThreadRow(
            url=known.thread.url,
            title=known.thread.title,
            opened=known.opened,
            votes=_sorted(known.votes),
        )
        yield row.model_dump_json() + "\n"
    for found in archive.all_comments(record):
        label = _label(core, site, found.comment) if labels else None
        row_ = _comment_row(found, addresses.get(found.comment.thread, ""), label)
        yield row_.model_dump_json(exclude_none=True) + "\n"


def import_site(core: Core, site: Site, lines: Iterable[str], *, keep: bool) -> Iterator[Report]:
    """Take lines in, yielding the report after each batch; nothing that is there is changed.

    With `keep=False` it only looks.
    """
    report, waiting = Report(), list[Archived]()
    for number, line in enumerate(lines, 1):
        try:
            row = _parse(site, line)
        except ValueError as error:
            report.skipped.append(Skipped(number, str(error)))
            continue
        if isinstance(row, ArchivedThread):
            report.threads += 1
            if keep:
                archive.add_thread(core.at(site.name), row)
            continue
        waiting.append(row)
        if len(waiting) >= BATCH:
            _take(core, site, waiting, report, keep)
            yield report
            waiting = []
    _take(core, site, waiting, report, keep)
    yield report


def _take(core: Core, site: Site, rows: list[Archived], report: Report, keep: bool) -> None:
    if not keep:
        report.added += len(rows)
        return
    new = archive.add_comments(core.at(site.name), rows, now=core.now())
    report.added += sum(new)
    report.known += len(new) - sum(new)


def _parse(site: Site, line: str) -> Archived | ArchivedThread:
    """Read a line.

    :raises ValueError: it is none of ours; the message says what is wrong.
    """
    content = json.loads(line)
    if not isinstance(content, dict):
        raise ValueError("not a JSON object")
    try:
        if content.get("kind") == "thread":
            return _thread(site, ThreadRow.model_validate(content))
        return _comment(site, CommentRow.model_validate(content))
    except ValidationError as error:
        raise ValueError("; ".join(_fault(found) for found in error.errors())) from None


def _thread(site: Site, row: ThreadRow) -> ArchivedThread:
    url = _address(site, row.url)
    thread = Thread(id=thread_id(url), url=url, title=text.clean_name(row.title))
    return ArchivedThread(thread=thread, opened=row.opened, votes=row.votes)


def _comment(site: Site, row: CommentRow) -> Archived:
    if not ids.is_id(row.id):
        raise ValueError(f"id: {row.id!r} is no comment id (26 characters, ULID in lower case)")
    created = moments.from_ms(row.created)
    if ids.made_at(row.id) != created:
        raise ValueError("created: this is not the moment that the id tells")
    body = text.clean_body(row.body)
    if text.is_blank(body):
        raise ValueError("body: nothing of it can be seen")
    comment = Comment(
        id=row.id,
        thread=thread_id(_address(site, row.thread)),
        parent=row.parent,
        author=row.author,
        name=text.clean_name(row.name),
        email=row.email,
        badge=row.badge,
        body=body,
        created_at=created,
        status=row.status,
        revision=row.revision,
        edited_at=moments.from_ms(row.edited) if row.edited else None,
        scores=row.scores,
        reasons=tuple(row.reasons),
    )
    return Archived(comment=comment, votes=row.votes, flags=row.flags)


def _address(site: Site, url: str) -> str:
    address = canonical_url(url)
    if not site.owns(origin_of(address)):
        raise ValueError(f"{url}: this address does not belong to the site")
    return address


def _comment_row(found: Archived, url: str, label: dict[str, str] | None) -> CommentRow:
    comment = found.comment
    return CommentRow(
        id=comment.id,
        thread=url,
        parent=comment.parent,
        author=comment.author,
        name=comment.name,
        email=comment.email,
        badge=comment.badge,
        body=comment.body,
        created=moments.to_ms(comment.created_at),
        status=comment.status,
        revision=comment.revision,
        edited=moments.to_ms(comment.edited_at) if comment.edited_at else None,
        scores={name: score for name, score in comment.scores.items() if score is not None},
        reasons=list(comment.reasons),
        votes=_sorted(found.votes),
        flags=_sorted(found.flags),
        label=label,
    )


def _label(core: Core, site: Site, comment: Comment) -> dict[str, str] | None:
    """Give the latest decision of a person: what models learn from."""
    entries = history.of_comment(core.at(site.name), comment.last_entry)
    standing = history.standing(entries)
    decided = next((entry for entry in standing if actor.is_moderator(entry.by)), None)
    if decided is None:
        return None
    return {"status": decided.new, "reason": decided.why}


def _sorted(found: Any) -> dict[str, Any]:
    return dict(sorted(found.items()))


def _fault(found: Any) -> str:
    return f"{'.'.join(str(part) for part in found['loc'])}: {found['msg']}"
