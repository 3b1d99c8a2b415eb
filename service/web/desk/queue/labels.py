"""Labels of the queue's pages: queues, orders and buttons, and messages about actions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from service.domain.author_status import AuthorStatusKind
from service.domain.decision import Action
from service.domain.queue_filters import QueueOrder, State
from service.web.desk.queue import reasons


@dataclass(frozen=True, slots=True, kw_only=True)
class Labels:
    """Labels of all choices; `codes` are the reasons to filter by."""

    buttons: Mapping[Action, str]
    done: Mapping[Action, str]
    queues: Mapping[State, str]
    orders: Mapping[QueueOrder, str]
    languages: Mapping[str, str]
    author_statuses: Mapping[AuthorStatusKind, str]
    codes: Sequence[str]


MESSAGES = {
    "approved": "Approved: readers see it now.",
    "rejected": "Rejected: readers do not see it.",
    "removed": "Removed for good.",
    "held": "Held: it waits in the queue.",
    "kept": "Kept: the reports on it are answered.",
    "undone": "Taken back.",
    "noted": "Noted for your colleagues.",
    "sent": "Sent to your colleague.",
    "answered": "Answered: it appears under the comment as soon as it is checked.",
    "treated": "The author is treated so from now on.",
    "blocked": "Blocked from now on.",
}
BUTTONS = {
    Action.APPROVE: "Approve",
    Action.KEEP: "Keep",
    Action.REJECT: "Reject",
    Action.HOLD: "Hold",
    Action.REMOVE: "Remove for good",
}
DONE = {
    Action.APPROVE: "Approved",
    Action.KEEP: "Kept",
    Action.REJECT: "Rejected",
    Action.HOLD: "Held",
    Action.REMOVE: "Removed",
}
QUEUES = {
    State.HELD: "Held",
    State.FLAGGED: "Flagged",
    State.PENDING: "Pending too long",
    State.MINE: "Mine",
    State.REJECTED: "Rejected",
    State.APPROVED: "Approved",
}
ORDERS = {
    QueueOrder.OLDEST: "Oldest first",
    QueueOrder.NEWEST: "Newest first",
    QueueOrder.SCORE: "Highest score",
    QueueOrder.UNSURE: "Least certain",
    QueueOrder.FLAGS: "Most reported",
    QueueOrder.TRAFFIC: "Busiest article",
}
LANGUAGES = {
    "en": "English",
    "de": "German",
    "fr": "French",
    "es": "Spanish",
    "pt": "Portuguese",
    "it": "Italian",
    "nl": "Dutch",
    "pl": "Polish",
    "ru": "Russian",
    "uk": "Ukrainian",
    "tr": "Turkish",
    "ar": "Arabic",
    "zh": "Chinese",
    "ja": "Japanese",
    "ko": "Korean",
    "und": "Unknown",
}
CODES = reasons.CODES
FACETS = (*(f"language:{code}" for code in LANGUAGES), *(f"reason:{code}" for code in CODES))
AUTHOR_STATUSES = {
    AuthorStatusKind.WARNED: "Warn",
    AuthorStatusKind.MUTED: "Mute: a person reads all of it first",
    AuthorStatusKind.BANNED: "Ban",
    AuthorStatusKind.TRUSTED: "Trust: mild doubts are waived",
}
LABELS = Labels(
    buttons=BUTTONS,
    done=DONE,
    queues=QUEUES,
    orders=ORDERS,
    languages=LANGUAGES,
    author_statuses=AUTHOR_STATUSES,
    codes=CODES,
)
