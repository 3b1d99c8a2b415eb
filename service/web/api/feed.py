"""Atom feeds (RFC 4287) of the latest approved comments of a site, or of one article."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from flask import Blueprint, Response, render_template, request
from spectree import Response as Answers

from service.domain.comment import Comment
from service.domain.thread import Thread
from service.readers import discussion
from service.web.api import present, request_shapes, shapes
from service.web.api.openapi import spec
from service.web.http import caller, guard

bp = Blueprint("feed", __name__, url_prefix="/api/v1/sites/<site>")
bp.before_request(guard.check_api_call)
bp.after_request(guard.allow_site)

FRESH = "public, max-age=60, stale-while-revalidate=300"
# Characters that XML 1.0 (2.2) does not allow even as a reference.
NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
NEVER = datetime.fromtimestamp(0, UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedEntry:
    """One comment with the addresses that Atom requires; `answers_to` is another entry's id."""

    id: str
    comment: Comment
    thread: Thread
    link: str
    answers_to: str


@bp.get("/feed.atom")
@spec.validate(resp=Answers(HTTP_404=shapes.Problem, HTTP_422=shapes.Problem), tags=["comments"])
def get_feed(site: str, query: request_shapes.FeedQuery) -> Response:
    """Return an Atom feed of the latest approved comments of the site, or of one article."""
    latest = discussion.read_latest(caller.core(), caller.site(), url=query.thread)
    page = _page(latest.comments, latest.threads, query.thread)
    response = Response(
        NOT_XML.sub("\ufffd", page), content_type="application/atom+xml; charset=utf-8"
    )
    response.headers["Cache-Control"] = FRESH
    response.add_etag()
    response.make_conditional(request)
    return response


def _page(shown: Sequence[Comment], threads: dict[str, Thread], url: str) -> str:
    site, service = caller.site(), caller.core().public_url
    about = next(iter(threads.values())) if url else None
    name = (about.title or about.url) if about else site.name
    itself = f"{service}{request.full_path.rstrip('?')}"
    return render_template(
        "feed/feed.xml",
        id=itself,
        itself=itself,
        title=f"Comments · {name}",
        about=about.url if about else site.origins[0],
        service=service,
        updated=max((comment.edited_at or comment.created_at for comment in shown), default=NEVER),
        entries=[_entry(comment, threads[comment.thread]) for comment in shown],
        html=present.html,
    )


def _entry(comment: Comment, thread: Thread) -> FeedEntry:
    return FeedEntry(
        id=_name(comment.id),
        comment=comment,
        thread=thread,
        link=f"{thread.url}#comment-{comment.id}",
        answers_to=_name(comment.parent) if comment.parent else "",
    )


def _name(comment: str) -> str:
    # An entry's id is permanent (RFC 4287, 4.2.6): the comment's own address.
    return f"{caller.core().public_url}/api/v1/sites/{caller.site().name}/comments/{comment}"
