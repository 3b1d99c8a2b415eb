"""A session: a moderator at one device, from signing in until they sign out."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Step(StrEnum):
    """How far somebody has signed in: where a second factor is due, a password opens nothing.

    `second` waits for the second factor, `setup` has to set one up first, `inside` is signed in.
    """

    SECOND = "second"
    SETUP = "setup"
    INSIDE = "inside"


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One device's session; `id` names it without opening it."""

    id: str
    moderator: str
    opened: datetime
    seen: datetime
    device: str = ""
    step: Step = Step.INSIDE
