"""An appeal: an author asks a person to look again at a refusal."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

MAX_TEXT = 2000


class AppealState(StrEnum):
    """The state of an appeal."""

    OPEN = "open"
    UPHELD = "upheld"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True, kw_only=True)
class Appeal:
    """An author's appeal, with the moderator's answer once there is one."""

    comment: str
    text: str
    at: datetime
    state: AppealState = AppealState.OPEN
    answer: str = ""
    by: str = ""
    answered_at: datetime | None = None
