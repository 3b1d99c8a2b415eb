"""The format of a comment's hash; no other module knows it.

docs/keys.md lists the fields. They have names of one letter and short values, so that the hash
stays a listpack. Data stored as JSON has a `TypeAdapter` in the module that stores it.
"""

from collections.abc import Iterable, Mapping, Sequence
from math import isfinite

from service.domain import reason
from service.domain.attribute import ATTRIBUTES
from service.domain.comment import Badge, Comment, Doubt, Status
from service.domain.cursor import NUMBER
from service.domain.ids import made_at
from service.domain.moments import from_ms, to_ms
from service.domain.verdict import Opinion, Outcome

# With a value over 64 bytes the hash would no longer be a listpack.
MAX_HOSTS = 64

# An entry of a stream as the client returns it: id and fields.
StreamRow = tuple[str, dict[str, str]]

NEEDED = frozenset({"t", "a", "n", "s"})


def comment_fields(comment: Comment) -> dict[str, str | int]:
    """Return the hash of a new comment."""
    badge = comment.badge.value if comment.badge else None
    optional = {"p": comment.parent, "o": comment.root, "e": comment.email, "b": badge}
    optional |= {"w": comment.person, "v": comment.network, "c": ",".join(comment.doubts)}
    optional |= {"I": comment.named_language}
    return {
        "s": comment.status.value,
        "t": comment.thread,
        "a": comment.author,
        "n": comment.name,
        **{field: value for field, value in optional.items() if value},
    }


def archived_fields(comment: Comment) -> dict[str, str | int]:
    """Return the hash of an imported comment, with its verdict and edits."""
    later: dict[str, str | int | None] = {
        "r": comment.revision or None,
        "m": to_ms(comment.edited_at) if comment.edited_at else None,
        "z": scores_to(comment.scores) if comment.scores else None,
        "y": ",".join(comment.reasons) or None,
        "i": comment.language or None,
        "k": margin_to(comment.margin) or None,
        "h": hosts_to(comment.hosts) or None,
    }
    given = {field: value for field, value in later.items() if value is not None}
    return comment_fields(comment) | given


def flat(fields: Mapping[str, str | int]) -> list[str | int]:
    """Flatten the fields of a hash for a script: field, value, field, value, …"""
    return [part for field in fields.items() for part in field]


def is_comment(fields: Mapping[str, str]) -> bool:
    """Return whether a hash has all the fields that a comment needs."""
    return fields.keys() >= NEEDED


def comment_from(id_: str, fields: Mapping[str, str], body: str | None) -> Comment:
    """Read a comment from its hash and its text."""
    return Comment(
        id=id_,
        thread=fields["t"],
        author=fields["a"],
        name=fields["n"],
        body=body or "",
        created_at=made_at(id_),
        status=Status(fields["s"]),
        parent=fields.get("p"),
        root=fields.get("o"),
        email=fields.get("e"),
        up=int(fields.get("u", 0)),
        down=int(fields.get("d", 0)),
        revision=int(fields.get("r", 0)),
        edited_at=from_ms(fields["m"]) if "m" in fields else None,
        scores=scores_from(fields.get("z", "")),
        reasons=tuple(fields["y"].split(",")) if fields.get("y") else (),
        last_entry=fields.get("l"),
        column=int(fields["x"]) if "x" in fields else None,
        badge=Badge(fields["b"]) if "b" in fields else None,
        person=fields.get("w", ""),
        network=fields.get("v", ""),
        flags_not_kept=int(fields.get("f", 0)),
        language=fields.get("i", ""),
        margin=int(fields["k"]) / 1000 if "k" in fields else None,
        hosts=tuple(fields["h"].split(" ")) if fields.get("h") else (),
        doubts=tuple(map(Doubt, fields["c"].split(","))) if fields.get("c") else (),
        named_language=fields.get("I", ""),
    )


def scores_to(scores: Mapping[str, float | None]) -> str:
    """Encode scores as thousandths in a fixed order; a missing score is an empty place."""
    values = [scores.get(name) for name in ATTRIBUTES]
    return ",".join("" if value is None else str(round(value * 1000)) for value in values)


def scores_from(text: str) -> dict[str, float | None]:
    """Decode the scores that `scores_to` encoded."""
    if not text:
        return {}
    values = text.split(",")
    return {
        name: int(value) / 1000 if value else None
        for name, value in zip(ATTRIBUTES, values, strict=False)
    }


def margin_to(margin: float | None) -> str:
    """Encode the margin in thousandths; "" if nothing was scored."""
    return "" if margin is None else str(round(margin * 1000))


def hosts_to(hosts: Sequence[str]) -> str:
    """Encode the first hosts that a text links to, as many as fit in a listpack value."""
    text = ""
    for host in dict.fromkeys(host for host in hosts if host and " " not in host):
        if len(f"{text} {host}".encode()) > MAX_HOSTS:
            break
        text = f"{text} {host}".strip()
    return text


def opinions_to(opinions: Iterable[Opinion]) -> str:
    """Encode each reason once, with the outcome it asked for: `phase/code=outcome,…`."""
    return ",".join(dict.fromkeys(f"{o.reason}={o.outcome}" for o in opinions))


def opinions_from(text: str) -> tuple[Opinion, ...]:
    """Decode opinions; older entries have no outcomes: then the gravest of the reason is meant."""
    return tuple(map(_opinion_from, text.split(","))) if text else ()


def _opinion_from(text: str) -> Opinion:
    code, _, outcome = text.partition("=")
    return Opinion(code, Outcome(outcome) if outcome else reason.gravest(code))


def is_number(text: str) -> bool:
    """Return whether Redis would accept outside text as a score."""
    return NUMBER.fullmatch(text) is not None and isfinite(float(text))
