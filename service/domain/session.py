"""Sessions: a moderator signed in on one device."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Step(StrEnum):
    """How far a sign-in has got; if a second factor is due, a password alone opens nothing.

    `second` waits for the second factor, `setup` for one to be set up, `inside` is signed in.
    """

    SECOND = "second"
    SETUP = "setup"
    INSIDE = "inside"


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One device's session; `id` identifies it but does not open it.

    `proved` is when its owner last proved who they are; None in a session of an earlier version.
    """

    id: str
    moderator: str
    opened: datetime
    seen: datetime
    device: str = ""
    step: Step = Step.INSIDE
    proved: datetime | None = None
