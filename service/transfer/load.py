"""Import comments into a site from any format; existing comments are never changed."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from service.core import Core
from service.domain import ids, moments, text
from service.domain.comment import Comment
from service.domain.site import Site
from service.domain.thread import Thread, canonical_url, origin_of, thread_id
from service.store.upkeep import archive
from service.store.upkeep.archive import Archived, ArchivedThread
from service.transfer.rows import CommentRow, Placed, Skipped, ThreadRow

BATCH = 200


@dataclass(slots=True)
class ImportReport:
    """The results of an import so far."""

    added: int = 0
    known: int = 0
    threads: int = 0
    skipped: list[Skipped] = field(default_factory=list)


def import_site(
    core: Core, site: Site, rows: Iterable[Placed | Skipped], *, keep: bool
) -> Iterator[ImportReport]:
    """Import rows, yielding the report after each batch; with `keep=False` only check them."""
    report, waiting = ImportReport(), list[Archived]()
    for row in rows:
        match _checked(site, row):
            case Skipped() as skipped:
                report.skipped.append(skipped)
            case ArchivedThread() as thread:
                report.threads += 1
                if keep:
                    archive.add_thread(core.at(site.name), thread)
            case Archived() as comment:
                waiting.append(comment)
        if len(waiting) >= BATCH:
            _take(core, site, waiting, report, keep)
            yield report
            waiting = []
    _take(core, site, waiting, report, keep)
    yield report


def _take(
    core: Core, site: Site, comments: list[Archived], report: ImportReport, keep: bool
) -> None:
    if not keep:
        report.added += len(comments)
        return
    is_new = archive.add_comments(core.at(site.name), comments, now=core.now())
    report.added += sum(is_new)
    report.known += len(is_new) - sum(is_new)


def _checked(site: Site, placed: Placed | Skipped) -> Archived | ArchivedThread | Skipped:
    if isinstance(placed, Skipped):
        return placed
    try:
        row = placed.row
        return _thread(site, row) if isinstance(row, ThreadRow) else _comment(site, row)
    except ValueError as error:
        return Skipped(placed.line, str(error))


def _thread(site: Site, row: ThreadRow) -> ArchivedThread:
    # Of an article that has moved, the old address may have been elsewhere.
    url = canonical_url(row.url) if row.moved_to else _address(site, row.url)
    thread = Thread(id=thread_id(url), url=url, title=text.clean_name(row.title))
    return ArchivedThread(
        thread=thread,
        opened=row.opened,
        votes=row.votes,
        state=row.state.value if row.state else "",
        moved_to=_address(site, row.moved_to) if row.moved_to else "",
    )


def _comment(site: Site, row: CommentRow) -> Archived:
    if not ids.is_id(row.id):
        raise ValueError(f"id: {row.id!r} is no comment id (26 characters, ULID in lower case)")
    created = moments.from_ms(row.created)
    if ids.made_at(row.id) != created:
        raise ValueError("created: this is not the moment in the id")
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
