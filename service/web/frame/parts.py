"""Small forms for a comment: separate pages, or parts that our scripts insert."""

from typing import Any

from flask import Response, make_response, render_template, request

from service.domain.errors import Invalid
from service.readers.own_comment import OwnComment
from service.web.api import present
from service.web.http import caller, language


def is_wanted() -> bool:
    """Tell whether one of our scripts requests a part to insert into its page."""
    return "Folkmoot-Part" in request.headers


def page(name: str, own: OwnComment, **more: Any) -> str:
    """Render a form for one's own comment."""
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
    """Return the form again with its faults and what was typed."""
    return make_response(page(name, own, faults=faults(wrong), **more), 422)


def faults(wrong: Invalid) -> dict[str, str]:
    """Return a sentence for each faulty field."""
    return {fault.field: language.say(fault.sentence) for fault in wrong.faults}
