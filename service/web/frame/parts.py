"""Small forms beside a comment: a page of their own, or put into the page by our scripts."""

from typing import Any

from flask import Response, make_response, render_template, request

from service.domain.errors import Invalid
from service.readers.own_comment import OwnComment
from service.web.api import present
from service.web.http import caller, language


def is_wanted() -> bool:
    """Tell whether our scripts ask, which put a part of the answer into the page they have."""
    return "Folkmoot-Part" in request.headers


def page(name: str, own: OwnComment, **more: Any) -> str:
    """Show a form about one's own comment."""
    return render_template(
        f"frame/{name}.html",
        own_comment=own,
        thread=own.thread.url,
        title=more.pop("title", ""),
        faults=more.pop("faults", {}),
        html=present.html,
        now=caller.core().now(),
        **more,
    )


def again(name: str, own: OwnComment, wrong: Invalid, **more: Any) -> Response:
    """Show the form again, with what is wrong and what was typed."""
    return make_response(page(name, own, faults=faults(wrong), **more), 422)


def faults(wrong: Invalid) -> dict[str, str]:
    """Give a sentence for each faulty field."""
    return {fault.field: language.say(fault.sentence) for fault in wrong.faults}
