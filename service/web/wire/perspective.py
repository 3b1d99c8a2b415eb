"""Perspective's API: the same paths, fields and errors, with our scores."""

from flask import Blueprint, Response, request

from service.analysis.perspective import analyze
from service.domain.key import Scope
from service.web.http import caller, cross_origin, provenance, traffic
from service.web.wire import (
    body,
    multipart,
    perspective_batch,
    perspective_call,
    perspective_errors,
)

bp = Blueprint("perspective", __name__)
traffic.measure(bp)
cross_origin.register(bp)
perspective_errors.register(bp)

# The longest text that the protocol allows takes 120 KiB when escaped twice; longer ones should
# still get the protocol's own error.
MOST = 1024 * 1024
# Clients that publish a comment if they get an error.
FAILING_OPEN = ("Coral Perspective/",)


@bp.post("/comments:analyze")
@bp.post("/v1alpha1/comments:analyze")
def post_analyze() -> Response:
    """Score a comment; nothing of it is stored, whatever `doNotStore` says."""
    body.allow(MOST)
    token = perspective_call.token(request.args, request.headers)
    call = perspective_call.admit(token, request.get_data(cache=True))
    scorer = caller.analyst().scorer(call.key)
    analysis = analyze(scorer, call.request.wish)
    answer = perspective_call.answer(call, analysis)
    return provenance.tell(answer, scorer, depths=[analysis.depth])


@bp.post("/comments:suggestscore")
@bp.post("/v1alpha1/comments:suggestscore")
def post_suggestion() -> Response:
    """Store a correction of scores; the latest one counts."""
    body.allow(MOST)
    token = perspective_call.token(request.args, request.headers)
    return perspective_call.correct(token, request.get_data(cache=True))


@bp.post("/batch")
@bp.post("/batch/commentanalyzer/v1alpha1")
def post_batch() -> Response:
    """Answer several calls in one request, each with its own status."""
    body.allow(MOST)
    boundary = request.mimetype_params.get("boundary", "")
    try:
        calls = multipart.read(request.mimetype, boundary, request.get_data(cache=True))
    except multipart.NotMultipart:
        # Whoever shows no key is told nothing else.
        token = perspective_call.token(request.args, request.headers)
        caller.analyst().keyring.find(token, Scope.ANALYZE)
        raise
    answers = perspective_batch.answer(calls, request.args, request.headers)
    return multipart.join(answers, caller.core().random(12).hex())
