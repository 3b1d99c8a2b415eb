"""The hourly counts: each has a kind, and the fields that distinguish counts of that kind."""

from enum import StrEnum
from typing import NamedTuple


class CountKind(StrEnum):
    """The kinds of counts; docs/keys.md explains each of them."""

    ENTRIES = "entries"
    ARRIVED = "arrived"
    UNDONE = "undone"
    # Changes of status that no moderator made, by the actors' names in the log.
    MACHINE = "machine"
    MODE = "mode"
    AUTHOR = "author"
    FLAGS = "flags"
    READER = "reader"
    IMPORT = "import"
    PERSON = "person"
    BY = "by"
    ACTION = "action"
    VERDICT = "verdict"
    WAIT = "wait"
    NOTICE_WAIT = "notice-wait"
    ANSWER_WAIT = "answer-wait"
    THREAD = "thread"
    NOTICE = "notice"
    APPEAL = "appeal"
    ANSWER = "answer"


# A tuple for speed: a report of two years adds up millions of them.
class Count(NamedTuple):
    """The name of one count; a field that its kind does not use is "".

    The subject is an article, ground, reason or outcome, or the bucket of a wait.
    """

    kind: CountKind
    status: str = ""
    who: str = ""
    subject: str = ""
