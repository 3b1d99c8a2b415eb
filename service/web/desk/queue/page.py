"""What stands around the comments on a page of the queue: filters, buttons, labels and links."""

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
    """One page for a moderator with the filters that lead back to the queue.

    `message` says what was done just now, `undo` takes it back; `colleagues` are those to whom a
    comment can be sent.
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
        """Tell whether this moderator may say how an author is treated on all sites."""
        return self.moderator.may_decide(self.site.name) and not self.moderator.sites

    @property
    def args(self) -> dict[str, str]:
        """Write the filters as the arguments of an address."""
        return filters.write(self.filters)

    @property
    def address(self) -> str:
        """Write the address of the queue with these filters."""
        return self._address(self.args)

    @property
    def address_of_all(self) -> str:
        """Write the address of the same queue without filters."""
        return self._address({"state": self.filters.state.value})

    def only(self, **wanted: str) -> str:
        """Write the address of what is of one kind within the same queue."""
        return self._address(filters.only(self.filters, **wanted))

    def without(self, field: str) -> str:
        """Write the address of the queue without one of the filters."""
        return self._address(filters.without(self.filters, field))

    def scores(self, comment: Comment) -> list[tuple[float, str]]:
        """List a comment's scores: what reaches a threshold of the site first, then by height."""
        limits = self.site.policy.thresholds
        scores = [(value, name) for name, value in comment.scores.items() if value is not None]
        over = {name for value, name in scores if name in limits and value >= limits[name].hold}
        return sorted(scores, key=lambda score: (score[1] not in over, -score[0]))

    def buttons(self, comment: Comment) -> list[tuple[str, str]]:
        """List the buttons that make sense for a comment: the action and what it is called."""
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
    """Gather what stands around the comments for the moderator who asks."""
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
    """Give what this process remembers of the latest texts."""
    built: Likeness = current_app.extensions["folkmoot.likeness"]
    return built


def _message() -> str:
    name, count = request.args.get("said", ""), request.args.get("count", "")
    if name == "together" and count.isdecimal():
        return f"{int(count[:9])} decided with one decision."
    return MESSAGES.get(name, "")
