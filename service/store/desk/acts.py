"""Acts: what people did besides changing a status; one stream per site and one for all."""

from dataclasses import dataclass
from datetime import datetime
from typing import cast

from redis import Redis

from service.domain import moments
from service.store import keys
from service.store.codec import StreamRow
from service.store.record import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """An act; `about` is a comment, an account or a line of a policy."""

    id: str
    what: str
    by: str
    about: str = ""
    how: str = ""
    old: str = ""
    new: str = ""

    @property
    def at(self) -> datetime:
        """The time of the act by the store's clock."""
        return moments.from_ms(self.id.split("-")[0])


def write(
    where: Record | Redis,
    what: str,
    *,
    by: str,
    about: str = "",
    how: str = "",
    old: str = "",
    new: str = "",
) -> None:
    """Append an act to a site's stream, or to the installation's if given only the client."""
    fields = {"what": what, "by": by, "about": about, "how": how, "old": old, "new": new}
    redis, stream = _stream(where)
    redis.xadd(stream, fields)  # type: ignore[arg-type]  # a dict of str is accepted


def between(where: Record | Redis, start: str, end: str, limit: int) -> list[Act]:
    """Read the acts from one entry id to another, the oldest first."""
    redis, stream = _stream(where)
    rows = cast("list[StreamRow]", redis.xrange(stream, start, end, count=limit))
    return [read(id_, row) for id_, row in rows]


def before(where: Record | Redis, end: str, start: str, limit: int) -> list[Act]:
    """Read the acts back from one entry id to another, the latest first."""
    redis, stream = _stream(where)
    rows = cast("list[StreamRow]", redis.xrevrange(stream, end, start, count=limit))
    return [read(id_, row) for id_, row in rows]


def read(id_: str, row: dict[str, str]) -> Act:
    """Read one entry."""
    return Act(
        id=id_,
        what=row["what"],
        by=row["by"],
        about=row.get("about", ""),
        how=row.get("how", ""),
        old=row.get("old", ""),
        new=row.get("new", ""),
    )


def _stream(where: Record | Redis) -> tuple[Redis, str]:
    if isinstance(where, Record):
        return where.redis, where.keys.acts()
    return where, keys.CHANGES
