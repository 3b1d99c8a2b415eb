"""The desk's API for programs: queues, claims and decisions with a key of scope `manage`."""

from flask import Blueprint
from spectree import Response as Answers

from service.desk.queue import bulk, decisions, queue, undo
from service.desk.queue.cards import Card
from service.domain import actor
from service.domain.decision import Seen
from service.domain.key import Scope
from service.domain.moderator import Moderator, Role
from service.domain.queue_filters import QueueFilters
from service.web.api import shapes
from service.web.api.openapi import spec
from service.web.desk.queue import filters, manage_shapes
from service.web.http import caller, guard

bp = Blueprint("manage", __name__, url_prefix="/api/v1/sites/<site>")

PROBLEM = shapes.Problem
REFUSED = {"HTTP_401": PROBLEM, "HTTP_403": PROBLEM, "HTTP_404": PROBLEM}


@bp.before_request
def check_key() -> None:
    """Check the key before anything that was sent is parsed; the use is charged later."""
    keyring = caller.analyst().keyring
    keyring.find(caller.bearer(), Scope.MANAGE, caller.site().name)
    guard.check_api_call()


def moderator() -> Moderator:
    """Return the moderator that a key represents, with the key's sites.

    :raises KeyRefused: the key is missing, not one of ours, or revoked.
    :raises ScopeMissing: it has another scope, or is for another site.
    """
    key = caller.needs(Scope.MANAGE, caller.site().name)
    return Moderator(
        name=f"{actor.KEY}{key.label or key.id}"[:50],
        role=Role.MODERATOR,
        sites=(key.site,) if key.site else (),
    )


@bp.get("/queue")
@spec.validate(resp=Answers(HTTP_200=manage_shapes.QueueListing, **REFUSED), tags=["moderation"])
def get_queue(site: str, query: manage_shapes.QueueQuery) -> manage_shapes.QueueListing:
    """Read one page of a queue."""
    page = queue.open_queue(
        caller.core(),
        caller.site(),
        moderator(),
        _filters(query),
        limit=query.limit,
        cursor=query.cursor,
    )
    return manage_shapes.QueueListing(
        comments=[_queued(card) for card in page.cards],
        next=page.next or None,
        total=page.total,
        window=page.window,
    )


@bp.post("/queue/claim")
@spec.validate(resp=Answers(HTTP_200=manage_shapes.Claim, **REFUSED), tags=["moderation"])
def post_claim(site: str, json: manage_shapes.NewClaim) -> manage_shapes.Claim:
    """Claim a comment for five minutes; `claimed_by` is who claimed it first."""
    claimed = decisions.claim(caller.core(), caller.site(), moderator(), json.comment)
    return manage_shapes.Claim(claimed_by=claimed.claimed_by, status=claimed.status)


@bp.post("/comments/<comment>/decision")
@spec.validate(
    resp=Answers(HTTP_200=manage_shapes.DecisionResult, HTTP_409=PROBLEM, **REFUSED),
    tags=["moderation"],
)
def post_decision(
    site: str, comment: str, json: manage_shapes.NewDecision
) -> manage_shapes.DecisionResult:
    """Decide on a comment as it was seen; 409 if it has changed."""
    decided = decisions.decide(
        caller.core(),
        caller.site(),
        moderator(),
        comment,
        json.action,
        seen=Seen(json.seen, json.revision),
        reason=json.reason.strip(),
    )
    return manage_shapes.DecisionResult(status=decided.status, undo=decided.undo)


@bp.post("/decisions")
@spec.validate(
    resp=Answers(HTTP_200=manage_shapes.BulkDecisionResult, **REFUSED), tags=["moderation"]
)
def post_decisions(site: str, json: manage_shapes.NewDecisions) -> manage_shapes.BulkDecisionResult:
    """Decide on many comments at once; changed ones are left alone and counted."""
    decision = bulk.decide_all(
        caller.core(),
        caller.site(),
        moderator(),
        dict.fromkeys(json.comments, Seen(json.seen)),
        json.action,
        reason=json.reason.strip(),
        token=json.undo,
    )
    return manage_shapes.BulkDecisionResult(
        decided=decision.decided, stale=decision.stale, undo=decision.undo
    )


@bp.post("/decisions/undo")
@spec.validate(
    resp=Answers(HTTP_200=manage_shapes.Undone, HTTP_410=PROBLEM, **REFUSED), tags=["moderation"]
)
def post_undo(site: str, json: manage_shapes.NewUndo) -> manage_shapes.Undone:
    """Undo a decision, single or bulk, within ten minutes."""
    restored = undo.take_back(caller.core(), caller.site(), moderator(), json.undo)
    return manage_shapes.Undone(comments=restored)


def _filters(query: manage_shapes.QueueQuery) -> QueueFilters:
    args = query.model_dump(exclude={"limit", "cursor"}, exclude_none=True)
    return filters.read({name: str(value) for name, value in args.items()})


def _queued(card: Card) -> manage_shapes.QueuedComment:
    comment = card.comment
    return manage_shapes.QueuedComment(
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
        depth=card.depth,
        revision=comment.revision,
        flags=len(card.flags) + card.comment.flags_not_kept,
        votes_apart=card.apart.total,
        approved=card.record.approved,
        refused=card.record.refused,
        claimed_by=card.claimed_by,
    )
