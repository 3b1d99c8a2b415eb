"""Export a site's comments as JSON lines that can be imported unchanged."""

from collections.abc import Iterator, Mapping
from typing import Any

from service.core import Core
from service.domain import actor, moments
from service.domain.comment import Comment
from service.domain.site import Site
from service.domain.thread_state import ThreadState
from service.store.comments import history
from service.store.upkeep import archive
from service.store.upkeep.archive import Archived, ArchivedThread
from service.transfer.rows import CommentRow, ThreadRow


def export_site(core: Core, site: Site, *, labels: bool = False) -> Iterator[str]:
    """Yield a site's articles and comments, one line each; `labels` adds people's decisions."""
    record = core.at(site.name)
    urls: dict[str, str] = {}
    for archived_thread in archive.all_threads(record):
        thread = archived_thread.thread
        urls[thread.id] = archived_thread.moved_to or thread.url
        yield _thread_row(archived_thread).model_dump_json(exclude_none=True) + "\n"
    for archived in archive.all_comments(record):
        label = _label(core, site, archived.comment) if labels else None
        row = _comment_row(archived, urls.get(archived.comment.thread, ""), label)
        yield row.model_dump_json(exclude_none=True) + "\n"


def _thread_row(archived: ArchivedThread) -> ThreadRow:
    return ThreadRow(
        url=archived.thread.url,
        title=archived.thread.title,
        opened=archived.opened,
        state=ThreadState(archived.state) if archived.state else None,
        moved_to=archived.moved_to or None,
        votes=_sorted(archived.votes),
    )


def _comment_row(archived: Archived, url: str, label: dict[str, str] | None) -> CommentRow:
    comment = archived.comment
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
        votes=_sorted(archived.votes),
        flags=_sorted(archived.flags),
        label=label,
    )


def _label(core: Core, site: Site, comment: Comment) -> dict[str, str] | None:
    """Return the latest decision by a person, which models learn from."""
    entries = history.of_comment(core.at(site.name), comment.last_entry)
    standing = history.standing(entries)
    decision = next((entry for entry in standing if actor.is_moderator(entry.by)), None)
    return {"status": decision.new, "reason": decision.why} if decision else None


def _sorted(by_person: Mapping[str, Any]) -> dict[str, Any]:
    return dict(sorted(by_person.items()))
