"""A moderator works through a queue: look, claim, decide, take back. One file a sentence."""

from service.review.answering import answer
from service.review.authors import Drawer, lift, open_drawer, treat
from service.review.blocking import block
from service.review.bulk import Done, Preview, decide_all, preview, previewed
from service.review.cards import Card
from service.review.decisions import Claimed, Decided, claim, decide, release
from service.review.likeness import Likeness
from service.review.live import Pulse, pulse, waiting
from service.review.notes import note, send
from service.review.queue import Queue, look, look_at
from service.review.undoing import latest, take_back

__all__ = [
    "Card",
    "Claimed",
    "Decided",
    "Done",
    "Drawer",
    "Likeness",
    "Preview",
    "Pulse",
    "Queue",
    "answer",
    "block",
    "claim",
    "decide",
    "decide_all",
    "latest",
    "lift",
    "look",
    "look_at",
    "note",
    "open_drawer",
    "preview",
    "previewed",
    "pulse",
    "release",
    "send",
    "take_back",
    "treat",
    "waiting",
]
