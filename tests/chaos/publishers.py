"""All ways to publish a comment, each in a separate process that dies at a given command.

Each publisher prepares its comments, then publishes them; a second run must complete the first.
"""

import os
import signal
from dataclasses import dataclass
from typing import Any

from redis import ConnectionPool, Redis, UnixDomainSocketConnection

from models.artifact import default_folder
from service.core import Core
from service.desk.queue import bulk, decisions, undo
from service.domain.appeal import Appeal
from service.domain.comment import Status
from service.domain.decision import Action, Seen
from service.domain.errors import UndoOver
from service.domain.moderator import Moderator, Role
from service.domain.site import Site
from service.domain.verdict import Outcome
from service.readers import appeal as appeal_use
from service.scoring import Scorers
from service.signing import Signer
from service.store.comments import comments, intakes, unjudged
from service.store.people import appeals as kept_appeals
from service.store.site import sites
from service.store.site.sites import SiteBook
from service.store.upkeep import archive
from service.store.upkeep.archive import Archived
from tests.factories import a_comment, a_verdict, an_intake
from workers import jobs
from workers.runtime import Runtime

INES = Moderator(name="ines", role=Role.OWNER)
# Different texts, since repeated ones are held.
CALM = (
    "What a lovely tram that is.",
    "My neighbours walk to the market on Saturdays.",
    "Thank you for explaining the budget so well.",
    "Is there a map of the new cycle paths?",
    "I remember the old bakery near the river.",
    "Our library opens at nine in summer.",
    "Good to hear that the school gets a garden.",
    "The concert in the park was a pleasure.",
    "Could you write about the harbour next?",
    "We planted forty apple trees last autumn.",
    "Rain is expected until Thursday evening.",
    "An interesting interview, I learned a lot.",
    "Buses from the station run every ten minutes.",
    "Her photographs of the mountains are beautiful.",
)


class MortalConnection(UnixDomainSocketConnection):
    """A connection that kills its process before it sends more commands than allowed."""

    commands_left: float = float("inf")

    def send_packed_command(self, command: Any, check_health: bool = True) -> None:
        if MortalConnection.commands_left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        MortalConnection.commands_left -= 1
        super().send_packed_command(command, check_health)


def publish_and_die(socket: str, publisher: str, prepared: Any, commands: int) -> None:
    """Publish in this process, within this number of commands; a pipeline counts as one."""
    pool = ConnectionPool(connection_class=MortalConnection, path=socket, decode_responses=True)
    with Redis(connection_pool=pool) as redis:
        redis.ping()
        core = Core(
            redis=redis,
            sites=SiteBook(redis),
            signer=Signer(b"of this test"),
            ring=str,
            public_url="http://x",
        )
        act = PUBLISHERS[publisher].act
        site = sites.get(redis, "news")
        MortalConnection.commands_left = commands
        act(core, site, prepared)


def _kept(core: Core, number: int, outcome: Outcome | None) -> str:
    comment = a_comment(body=CALM[number % len(CALM)], created_at=core.now())
    record = core.at("news")
    intakes.accept(record, an_intake(comment))
    if outcome:
        comments.judge(record, comment, a_verdict(outcome), now=core.now())
    return comment.id


@dataclass(frozen=True)
class ByVerdict:
    """A worker judges what is due."""

    def prepare(self, core: Core, number: int) -> str:
        return _kept(core, number, None)

    def act(self, core: Core, site: Site, comment: str) -> None:
        here = Runtime(core=core, scorers=Scorers(default_folder()))
        record = core.at(site.name)
        # As if the lease of a dead worker had ended.
        unjudged.release(record, comment, now=core.now())
        if claimed := unjudged.claim(record, limit=9, now=core.now()):
            jobs.moderate(here, site, claimed)


@dataclass(frozen=True)
class ByDecision:
    """A moderator approves one comment."""

    def prepare(self, core: Core, number: int) -> str:
        return _kept(core, number, Outcome.HOLD)

    def act(self, core: Core, site: Site, comment: str) -> None:
        seen = Seen(Status.HELD, 0)
        decisions.decide(core, site, INES, comment, Action.APPROVE, seen=seen)


@dataclass(frozen=True)
class ByBulk:
    """A moderator approves several comments at once."""

    def prepare(self, core: Core, number: int) -> list[str]:
        return [_kept(core, number + part, Outcome.HOLD) for part in range(3)]

    def act(self, core: Core, site: Site, ids: list[str]) -> None:
        seen = dict.fromkeys(ids, Seen(Status.HELD, 0))
        bulk.decide_all(core, site, INES, seen, Action.APPROVE)


@dataclass(frozen=True)
class ByUndo:
    """A moderator undoes the rejection of a comment that was published but never indexed."""

    def prepare(self, core: Core, number: int) -> tuple[str, str]:
        id_ = _kept(core, number, Outcome.APPROVE)
        seen, site = Seen(Status.APPROVED, 0), sites.get(core.redis, "news")
        decided = decisions.decide(core, site, INES, id_, Action.REJECT, seen=seen)
        core.redis.hdel(core.at("news").keys.comment(id_), "x")
        return id_, decided.undo

    def act(self, core: Core, site: Site, prepared: tuple[str, str]) -> None:
        try:
            undo.take_back(core, site, INES, prepared[1])
        except UndoOver:
            assert comments.get(core.at(site.name), prepared[0]).status is Status.APPROVED


@dataclass(frozen=True)
class ByAppeal:
    """A moderator upholds an appeal."""

    def prepare(self, core: Core, number: int) -> str:
        id_ = _kept(core, number, Outcome.REJECT)
        appeal = Appeal(comment=id_, text="Please look again.", at=core.now())
        assert kept_appeals.lodge(core.at("news"), appeal, against=Status.REJECTED)
        return id_

    def act(self, core: Core, site: Site, comment: str) -> None:
        appeal_use.answer(core, site, INES, comment, upheld=True, words="You are right.")


@dataclass(frozen=True)
class ByPost:
    """A reader writes on a site that publishes at once."""

    def prepare(self, core: Core, number: int) -> intakes.Intake:
        body = CALM[number]
        comment = a_comment(body=body, created_at=core.now(), status=Status.APPROVED)
        return an_intake(comment, idempotency=comment.id, fingerprint="f")

    def act(self, core: Core, site: Site, intake: intakes.Intake) -> None:
        assert not intakes.accept(core.at(site.name), intake).faults


@dataclass(frozen=True)
class ByImport:
    """Comments come from another system."""

    def prepare(self, core: Core, number: int) -> list[Archived]:
        made = [a_comment(body=body, status=Status.APPROVED) for body in CALM[number : number + 3]]
        return [Archived(comment=comment) for comment in made]

    def act(self, core: Core, site: Site, rows: list[Archived]) -> None:
        archive.add_comments(core.at(site.name), rows, now=core.now())


PUBLISHERS: dict[str, Any] = {
    "verdict": ByVerdict(),
    "decision": ByDecision(),
    "bulk": ByBulk(),
    "undo": ByUndo(),
    "appeal": ByAppeal(),
    "post": ByPost(),
    "import": ByImport(),
}
