"""The API of one article for the newsroom's programs: its title, its state, and where it moved."""

from flask import Blueprint
from pydantic import Field
from spectree import Response as Answers

from service.desk.office import articles, moving
from service.domain.thread_state import ThreadState
from service.readers.article import MAX_TITLE
from service.web.api import request_shapes, shapes
from service.web.api.openapi import spec
from service.web.desk.queue import manage
from service.web.desk.queue.manage_shapes import ManageRequest
from service.web.http import caller, guard

bp = Blueprint("articles_api", __name__, url_prefix="/api/v1/sites/<site>")
bp.before_request(guard.check_api_call)


class ArticleChange(ManageRequest):
    """What to change about an article; what is absent stays as it is."""

    title: str | None = Field(
        None, description=f"At most {MAX_TITLE} characters; an empty one removes the title."
    )
    state: ThreadState | None = Field(
        None, description="`premoderated`: a person reads everything before it is published."
    )
    moved_to: str | None = Field(
        None, description="The new address: comments, votes and old addresses follow."
    )


class ArticleShape(shapes.ThreadShape):
    """An article as the newsroom sees it; `thread` is its address now."""

    state: ThreadState


@bp.put("/thread")
@spec.validate(resp=Answers(HTTP_200=ArticleShape, **manage.REFUSED), tags=["moderation"])
def put_thread(site: str, query: request_shapes.ArticleQuery, json: ArticleChange) -> ArticleShape:
    """Set an article's title or state, or move it to a new address.

    A move takes up to a thousand comments at once, and the rest within seconds.
    """
    core, site_, moderator = caller.core(), caller.site(), manage.moderator()
    url = query.thread
    if json.moved_to is not None:
        # Before anything is changed, so that a fault changes nothing.
        moving.plan(core, site_, url, json.moved_to)
    if json.title is not None or json.state is not None or json.moved_to is None:
        settled = articles.settle(core, site_, moderator, url, title=json.title, state=json.state)
    if json.moved_to is not None:
        moving.move(core, site_, moderator, url, json.moved_to)
        settled = articles.look(core, site_, moderator, json.moved_to)
    thread = settled.thread
    return ArticleShape(
        thread=thread.url,
        title=thread.title,
        comments=thread.comments,
        up=thread.up,
        down=thread.down,
        state=settled.state,
    )
