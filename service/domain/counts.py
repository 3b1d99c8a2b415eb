"""What is counted by the hour: a count has a kind, and what tells the counts of a kind apart."""

from enum import StrEnum
from typing import NamedTuple


class CountKind(StrEnum):
    """What is counted; docs/keys.md says of each what it means."""

    ENTRIES = "entries"
    ARRIVED = "arrived"
    UNDONE = "undone"
    # Changes of status by whoever is no moderator, named as the log names them.
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


# A tuple, since a report of two years adds up millions of them.
class Count(NamedTuple):
    """One thing that is counted; "" where its kind knows no status, no actor or no subject.

    The subject is the article, ground, reason or outcome, or the bucket of a wait.
    """

    kind: CountKind
    status: str = ""
    who: str = ""
    subject: str = ""
