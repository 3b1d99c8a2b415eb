"""What the pages of the desk share: words for statuses, buttons, filters and links."""

from dataclasses import asdict
from typing import Any

from flask import Response, current_app, make_response, redirect, request, url_for
from werkzeug.routing import BuildError

from service.desk.queue import Likeness
from service.desk.queue.decisions import is_possible
from service.domain.choice import Choice
from service.domain.comment import Comment, Status
from service.domain.decision import Action
from service.domain.moderator import Moderator
from service.domain.verdict import Outcome
from service.store.accounts import moderators
from service.web.api import present
from service.web.desk.queue import filters, reasons
from service.web.desk.queue.labels import (
    BUTTONS,
    CODES,
    DONE,
    FOOTINGS,
    LANGUAGES,
    ORDERS,
    QUEUES,
    SAYINGS,
    WAYS,
)
from service.web.http import caller


def likeness() -> Likeness:
    """Give what this process remembers of the latest texts."""
    built: Likeness = current_app.extensions["folkmoot.likeness"]
    return built


def wants_json() -> bool:
    """Tell whether a script of ours asks, not a person's browser."""
    accepted = request.accept_mimetypes
    return accepted["application/json"] > accepted["text/html"]


def around(choice: Choice, moderator: Moderator) -> dict[str, Any]:
    """Gather what every page of the desk shows around its comments."""
    site = caller.site()
    may_decide = moderator.may_decide(site.name)
    return {
        "moderator": moderator,
        "site": site,
        "may_decide": may_decide,
        "everywhere": may_decide and not moderator.sites,
        "colleagues": _colleagues(moderator) if may_decide else [],
        "said": _said(),
        "undo": request.args.get("undo", "")[:26],
        "actions": actions,
        "done": DONE,
        "scored": scored,
        "in_words": reasons.in_words,
        "attributes": reasons.ATTRIBUTES,
        "html": present.html,
        "since": present.since,
        "now": caller.core().now(),
        "queues": QUEUES,
        "orders": ORDERS,
        "languages": LANGUAGES,
        "codes": CODES,
        "footings": FOOTINGS,
        "ways": ways(moderator),
        "link": lambda args: url_for("review.get_queue", site=site.name, **args),
        "all_of": lambda **wanted: filters.only(choice, **wanted),
        "without": lambda field: filters.without(choice, field),
        "args": filters.write(choice),
    }


def ways(moderator: Moderator) -> list[tuple[str, str]]:
    """List where else in the desk this moderator can go."""
    found = []
    for label, endpoint, of_site in WAYS:
        if label == "People" and moderator.role != "owner":
            continue
        if of_site and "site" not in (request.view_args or {}):
            continue
        try:
            args: dict[str, Any] = {"site": caller.site().name} if of_site else {}
            there = url_for(endpoint, **args)
        except BuildError:
            continue
        found.append((label, there))
    return found


def actions(status: Status, comment: Comment) -> list[tuple[str, str]]:
    """List the buttons that make sense for a comment."""
    possible = [action for action in BUTTONS if is_possible(comment.status, action)]
    hidden = {Action.HOLD} if status is not Status.APPROVED else set()
    if status is not Status.APPROVED:
        hidden.add(Action.REMOVE)
    return [(action.value, BUTTONS[action]) for action in possible if action not in hidden]


def _said() -> str:
    said, count = request.args.get("said", ""), request.args.get("count", "")
    if said == "together" and count.isdecimal():
        return f"{int(count[:9])} decided with one decision."
    return SAYINGS.get(said, "")


def scored(comment: Comment) -> list[tuple[float, str]]:
    """List a comment's scores: what reaches a threshold of the site first, then by height."""
    policy = caller.site().policy
    found = [(value, name) for name, value in comment.scores.items() if value is not None]
    over = {name for value, name in found if policy.wish(name, value) is not Outcome.APPROVE}
    return sorted(found, key=lambda one: (one[1] not in over, -one[0]))


def back(said: str, **more: str) -> Response:
    """Lead back to the page that the form came from."""
    choice = filters.carried(request.form)
    args: dict[str, Any] = {**filters.write(choice), "said": said, **more}
    if comment := request.form.get("card", ""):
        there = url_for("review.cards.get_card", site=caller.site().name, comment=comment, **args)
    else:
        there = url_for("review.get_queue", site=caller.site().name, **args)
    return make_response(redirect(there, 303))


def answer(said: str, shown: Any, **more: str) -> Response:
    """Answer a form: a script of ours as JSON, a person's browser by leading it back."""
    if wants_json():
        told = shown if isinstance(shown, dict) else asdict(shown)
        return make_response(current_app.json.response(told))
    return back(said, **more)


def _colleagues(moderator: Moderator) -> list[str]:
    site = caller.site().name
    every = moderators.every(caller.core().redis)
    return [one.name for one in every if one.may_decide(site) and one.name != moderator.name]
