"""Many approved comments on one article, written to the store at once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from service.core import Core
from service.domain import ids
from service.domain.comment import Comment, Status
from service.domain.site import Site
from service.domain.thread import Thread, thread_id
from service.domain.verdict import Outcome, Verdict
from service.store.comments import comments, intakes

BATCH = 200
CALM = Verdict(Outcome.APPROVE, (), {}, "crowd")


@dataclass(frozen=True)
class Said:
    """A remark; `answers` is the number of the remark that it answers, counted from the first."""

    body: str
    name: str = "Ada"
    answers: int | None = None


def speak(core: Core, site: Site, article: str, said: Sequence[Said]) -> list[Comment]:
    """Store comments, a second apart, the last one now, and return them."""
    thread = Thread(id=thread_id(article), url=article, title="An article")
    made: list[Comment] = []
    begin = core.now() - timedelta(seconds=len(said))
    for number, one in enumerate(said):
        made.append(_comment(core, thread, one, made, begin + timedelta(seconds=number)))
    for at in range(0, len(made), BATCH):
        _publish(core, site, thread, made[at : at + BATCH])
    return made


def chorus(count: int, every: int = 0) -> Iterable[Said]:
    """Generate this many remarks; every n-th one answers the one before it."""
    for number in range(count):
        answers = number - 1 if every and number % every else None
        yield Said(f"Thought number {number}.", f"Reader {number}", answers)


def _comment(
    core: Core, thread: Thread, one: Said, made: Sequence[Comment], at: datetime
) -> Comment:
    parent = None if one.answers is None else made[one.answers]
    return Comment(
        id=ids.new_id(at, core.random(ids.RANDOM_BYTES)),
        thread=thread.id,
        author=one.name,
        name=one.name,
        body=one.body,
        created_at=at,
        status=Status.APPROVED,
        parent=parent.id if parent else None,
        root=(parent.root or parent.id) if parent else None,
    )


def _publish(core: Core, site: Site, thread: Thread, batch: Sequence[Comment]) -> None:
    record = core.at(site.name)
    for comment in batch:
        intake = intakes.Intake(comment=comment, thread=thread, proof=None)
        refused = intakes.accept(record, intake).faults
        assert not refused, refused
    now = core.now()
    comments.judge_many(record, [(comment, CALM) for comment in batch], now=now)
