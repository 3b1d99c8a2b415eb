"""The frame of a queue page: filters, buttons, labels and links."""

from dataclasses import dataclass
from typing import Any

from flask import current_app, request, url_for

from service.desk.queue import referrals
from service.desk.queue.decisions import is_possible
from service.domain.comment import Comment, Status
from service.domain.decision import Action
from service.domain.moderator import Moderator
from service.domain.queue_filters import QueueFilters
from service.domain.site import Site
from service.likeness.memory import Likeness
from service.web.desk.account import visits
from service.web.desk.queue import filters
from service.web.desk.queue.labels import LABELS, MESSAGES, Labels
from service.web.http import caller


@dataclass(frozen=True, slots=True, kw_only=True)
class QueuePage:
    """One page for a moderator, with the filters that lead back to the queue.

    `message` reports the last action, `undo` is the token that undoes it; `colleagues` are those
    to whom a comment can be referred.
    """

    site: Site
    moderator: Moderator
    filters: QueueFilters
    colleagues: list[str]
    message: str
    undo: str
    labels: Labels = LABELS

    @property
    def may_treat_everywhere(self) -> bool:
        """Whether this moderator may set an author's status on all sites."""
        return self.moderator.may_decide(self.site.name) and not self.moderator.sites

    @property
    def args(self) -> dict[str, str]:
        """The filters as arguments of an address."""
        return filters.write(self.filters)

    @property
    def address(self) -> str:
        """The address of the queue with these filters."""
        return self._address(self.args)

    @property
    def address_of_all(self) -> str:
        """The address of the same queue without filters."""
        return self._address({"state": self.filters.state.value})

    def only(self, **values: str) -> str:
        """Return the address of the same queue with only these filters."""
        return self._address(filters.only(self.filters, **values))

    def without(self, field: str) -> str:
        """Return the address of the queue without one of the filters."""
        return self._address(filters.without(self.filters, field))

    def scores(self, comment: Comment) -> list[tuple[float, str]]:
        """List a comment's scores: those that reach a threshold first, then by value."""
        limits = self.site.policy.thresholds
        scores = [(value, name) for name, value in comment.scores.items() if value is not None]
        over = {name for value, name in scores if name in limits and value >= limits[name].hold}
        return sorted(scores, key=lambda score: (score[1] not in over, -score[0]))

    def buttons(self, comment: Comment) -> list[tuple[str, str]]:
        """List the possible actions on a comment, with their labels."""
        offered = set(Action)
        if comment.status is not Status.APPROVED:
            offered -= {Action.HOLD, Action.REMOVE}
        return [
            (action.value, label)
            for action, label in self.labels.buttons.items()
            if action in offered and is_possible(comment.status, action)
        ]

    def _address(self, args: dict[str, str]) -> str:
        all_args: dict[str, Any] = {"site": self.site.name, **args}
        return url_for("review.queue.get_queue", **all_args)


def open_page(chosen: QueueFilters) -> QueuePage:
    """Assemble the page for the calling moderator."""
    core, site, moderator = caller.core(), caller.site(), visits.moderator()
    return QueuePage(
        site=site,
        moderator=moderator,
        filters=chosen,
        colleagues=referrals.colleagues(core, site, moderator),
        message=_message(),
        undo=request.args.get("undo", "")[:26],
    )


def likeness() -> Likeness:
    """Return this process's memory of the latest texts."""
    built: Likeness = current_app.extensions["folkmoot.likeness"]
    return built


def _message() -> str:
    name, count = request.args.get("said", ""), request.args.get("count", "")
    if name == "together" and count.isdecimal():
        return f"{int(count[:9])} decided with one decision."
    return MESSAGES.get(name, "")
