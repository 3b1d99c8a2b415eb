"""Turn what Redis holds into our own things and back: the one place where its strings are read."""

from collections.abc import Iterable, Mapping, Sequence
from math import isfinite

from service.domain import reason
from service.domain.attribute import ATTRIBUTES
from service.domain.comment import Badge, Comment, Status
from service.domain.cursor import NUMBER
from service.domain.ids import made_at
from service.domain.moments import from_ms, to_ms
from service.domain.verdict import Opinion, Outcome

# A value of more than 64 bytes would make the hash more than a listpack.
MAX_HOSTS = 64

NEEDED = frozenset({"t", "a", "n", "s"})


def comment_fields(comment: Comment) -> dict[str, str | int]:
    """Give the hash of a new comment; docs/keys.md names the fields."""
    badge = comment.badge.value if comment.badge else None
    optional = {"p": comment.parent, "o": comment.root, "e": comment.email, "b": badge}
    optional["w"] = comment.person
    return {
        "s": comment.status.value,
        "t": comment.thread,
        "a": comment.author,
        "n": comment.name,
        **{field: value for field, value in optional.items() if value},
    }


def archived_fields(comment: Comment) -> dict[str, str | int]:
    """Give the hash of a comment that comes from elsewhere, with what has become of it there."""
    later: dict[str, str | int | None] = {
        "r": comment.revision or None,
        "m": to_ms(comment.edited_at) if comment.edited_at else None,
        "z": scores_to(comment.scores) if comment.scores else None,
        "y": ",".join(comment.reasons) or None,
        "i": comment.language or None,
        "k": margin_to(comment.margin) or None,
        "h": hosts_to(comment.hosts) or None,
    }
    known = {field: value for field, value in later.items() if value is not None}
    return comment_fields(comment) | known


def flat(fields: Mapping[str, str | int]) -> list[str | int]:
    """Write the fields of a hash one after the other, as a script takes them: field, value, …"""
    return [part for field in fields.items() for part in field]


def is_comment(found: Mapping[str, str]) -> bool:
    """Tell whether a hash is a whole comment, not what a hand or a defect has left of one."""
    return found.keys() >= NEEDED


def comment_from(id_: str, found: Mapping[str, str], body: str | None) -> Comment:
    """Read a comment from its hash and its text."""
    return Comment(
        id=id_,
        thread=found["t"],
        author=found["a"],
        name=found["n"],
        body=body or "",
        created_at=made_at(id_),
        status=Status(found["s"]),
        parent=found.get("p"),
        root=found.get("o"),
        email=found.get("e"),
        up=int(found.get("u", 0)),
        down=int(found.get("d", 0)),
        revision=int(found.get("r", 0)),
        edited_at=from_ms(found["m"]) if "m" in found else None,
        scores=scores_from(found.get("z", "")),
        reasons=tuple(found["y"].split(",")) if found.get("y") else (),
        last_entry=found.get("l"),
        column=int(found["x"]) if "x" in found else None,
        badge=Badge(found["b"]) if "b" in found else None,
        person=found.get("w", ""),
        language=found.get("i", ""),
        margin=int(found["k"]) / 1000 if "k" in found else None,
        hosts=tuple(found["h"].split(" ")) if found.get("h") else (),
    )


def scores_to(scores: Mapping[str, float | None]) -> str:
    """Write scores as thousandths in one order, an empty place where the model has none."""
    values = [scores.get(name) for name in ATTRIBUTES]
    return ",".join("" if value is None else str(round(value * 1000)) for value in values)


def scores_from(text: str) -> dict[str, float | None]:
    """Read what `scores_to` wrote."""
    if not text:
        return {}
    values = text.split(",")
    return {
        name: int(value) / 1000 if value else None
        for name, value in zip(ATTRIBUTES, values, strict=False)
    }


def margin_to(margin: float | None) -> str:
    """Write how near the nearest threshold is, in thousandths; "" where nothing was scored."""
    return "" if margin is None else str(round(margin * 1000))


def hosts_to(hosts: Sequence[str]) -> str:
    """Write the first hosts that a text links to; a longer list would spoil the listpack."""
    kept = ""
    for host in dict.fromkeys(host for host in hosts if host and " " not in host):
        if len(f"{kept} {host}".encode()) > MAX_HOSTS:
            break
        kept = f"{kept} {host}".strip()
    return kept


def opinions_to(opinions: Iterable[Opinion]) -> str:
    """Write each reason once, with the outcome that it asked for: `phase/code=outcome,…`."""
    return ",".join(dict.fromkeys(f"{one.reason}={one.outcome}" for one in opinions))


def opinions_from(text: str) -> tuple[Opinion, ...]:
    """Read what `opinions_to` wrote; an older entry names no outcomes, so the gravest is meant."""
    return tuple(map(_opinion_from, text.split(","))) if text else ()


def _opinion_from(text: str) -> Opinion:
    code, _, outcome = text.partition("=")
    return Opinion(code, Outcome(outcome) if outcome else reason.gravest(code))


def is_number(text: str) -> bool:
    """Tell whether a text from outside can stand where Redis wants a score."""
    return NUMBER.fullmatch(text) is not None and isfinite(float(text))
