"""A moderator works through a queue: look, claim, decide, take back. One file a sentence."""

from service.desk.queue.authors import Drawer, lift, open_drawer, treat
from service.desk.queue.blocklist import block
from service.desk.queue.bulk import Done, Preview, decide_all, preview, previewed
from service.desk.queue.cards import Card
from service.desk.queue.decisions import Claimed, Decided, claim, decide, release
from service.desk.queue.notes import note, send
from service.desk.queue.pulse import Pulse, pulse, waiting
from service.desk.queue.queue import Queue, look, look_at
from service.desk.queue.reply import answer
from service.desk.queue.undo import latest, take_back
from service.likeness.memory import Likeness

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
