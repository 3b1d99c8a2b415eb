"""The desk for programs: queues, claims and decisions with a key of scope `manage`."""

from flask import Blueprint
from spectree import Response as Answers

from service.desk import queue as desk
from service.desk.queue import Card
from service.domain import actor
from service.domain.choice import Choice
from service.domain.decision import Seen
from service.domain.key import Scope
from service.domain.moderator import Moderator, Role
from service.web.api import shapes
from service.web.api.openapi import spec
from service.web.desk.queue import filters
from service.web.desk.queue import manage_shapes as manage
from service.web.http import caller, guard

bp = Blueprint("manage", __name__, url_prefix="/api/v1/sites/<site>")
bp.before_request(guard.check_api_call)

PROBLEM = shapes.Problem
REFUSED = {"HTTP_401": PROBLEM, "HTTP_403": PROBLEM, "HTTP_404": PROBLEM}


def moderator() -> Moderator:
    """Give the moderator that a key stands for: he decides where the key is good for.

    :raises KeyRefused: the key is missing, not one of ours, or revoked.
    :raises ScopeMissing: it is good for something else, or for another site.
    """
    key = caller.needs(Scope.MANAGE, caller.site().name)
    return Moderator(
        name=f"{actor.KEY}{key.label or key.id}"[:50],
        role=Role.MODERATOR,
        sites=(key.site,) if key.site else (),
    )


@bp.get("/queue")
@spec.validate(resp=Answers(HTTP_200=manage.QueuePage, **REFUSED), tags=["moderation"])
def get_queue(site: str, query: manage.QueueQuery) -> manage.QueuePage:
    """Read one page of a queue."""
    queue = desk.look(
        caller.core(),
        caller.site(),
        moderator(),
        _choice(query),
        limit=query.limit,
        cursor=query.cursor,
    )
    return manage.QueuePage(
        comments=[_waiting(card) for card in queue.cards],
        next=queue.next or None,
        total=queue.total,
        window=queue.window,
    )


@bp.post("/queue/claim")
@spec.validate(resp=Answers(HTTP_200=manage.Claim, **REFUSED), tags=["moderation"])
def post_claim(site: str, json: manage.NewClaim) -> manage.Claim:
    """Take a comment in hand for five minutes; `claimed_by` says who was first."""
    claimed = desk.claim(caller.core(), caller.site(), moderator(), json.comment)
    return manage.Claim(claimed_by=claimed.claimed_by, status=claimed.status)


@bp.post("/comments/<comment>/decision")
@spec.validate(
    resp=Answers(HTTP_200=manage.Decided, HTTP_409=PROBLEM, **REFUSED), tags=["moderation"]
)
def post_decision(site: str, comment: str, json: manage.NewDecision) -> manage.Decided:
    """Decide on a comment as it was seen; 409 if it has moved on."""
    decided = desk.decide(
        caller.core(),
        caller.site(),
        moderator(),
        comment,
        json.action,
        seen=Seen(json.seen, json.revision),
        reason=json.reason.strip(),
    )
    return manage.Decided(status=decided.status, undo=decided.undo)


@bp.post("/decisions")
@spec.validate(resp=Answers(HTTP_200=manage.DecidedAll, **REFUSED), tags=["moderation"])
def post_decisions(site: str, json: manage.NewDecisions) -> manage.DecidedAll:
    """Decide on many comments at once; what has moved on is left alone and counted."""
    done = desk.decide_all(
        caller.core(),
        caller.site(),
        moderator(),
        dict.fromkeys(json.comments, Seen(json.seen)),
        json.action,
        reason=json.reason.strip(),
        token=json.undo,
    )
    return manage.DecidedAll(decided=done.decided, stale=done.stale, undo=done.undo)


@bp.post("/decisions/undo")
@spec.validate(
    resp=Answers(HTTP_200=manage.Undone, HTTP_410=PROBLEM, **REFUSED), tags=["moderation"]
)
def post_undo(site: str, json: manage.NewUndo) -> manage.Undone:
    """Take a decision back within ten minutes, a large one as one."""
    back = desk.take_back(caller.core(), caller.site(), moderator(), json.undo)
    return manage.Undone(comments=back)


def _choice(query: manage.QueueQuery) -> Choice:
    wishes = query.model_dump(exclude={"limit", "cursor"}, exclude_none=True)
    return filters.read({name: str(value) for name, value in wishes.items()})


def _waiting(card: Card) -> manage.Waiting:
    comment = card.comment
    return manage.Waiting(
        id=comment.id,
        thread=comment.thread,
        url=card.thread.url,
        title=card.thread.title,
        parent=comment.parent,
        author=comment.author,
        name=comment.name,
        body=comment.body,
        status=comment.status,
        created_at=comment.created_at,
        scores=dict(comment.scores),
        reasons=list(comment.reasons),
        language=comment.language,
        margin=comment.margin,
        revision=comment.revision,
        flags=len(card.flags),
        approved=card.record.approved,
        refused=card.record.refused,
        claimed_by=card.claimed_by,
    )
