"""Several calls in one request: each is admitted alone, and all texts are scored together."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from http import HTTPStatus

from flask import Response
from werkzeug.datastructures import Headers

from service.analysis.perspective import analyze_all
from service.domain.errors import DomainError
from service.outages import StoreError
from service.web.http import caller, credentials, provenance
from service.web.wire import perspective_call, perspective_errors
from service.web.wire.body import NotJson
from service.web.wire.multipart import BatchedCall
from service.web.wire.perspective_call import AdmittedCall
from service.web.wire.perspective_errors import KeyMissing

# What a call may be refused with; it spoils no other one.
REFUSALS = (DomainError, KeyMissing, NotJson, StoreError)


def answer(
    calls: Sequence[BatchedCall], args: Mapping[str, str], headers: Headers
) -> list[tuple[str, Response]]:
    """Answer the calls in their order, each with its id.

    A call without a key of its own has that of the request, whose `args` and `headers` these are.
    """
    ours = credentials.shown(args, headers)
    answers: dict[int, Response] = {}
    admitted: dict[int, AdmittedCall] = {}
    for place, call in enumerate(calls):
        try:
            begun = _begin(call, ours)
        except REFUSALS as refused:
            begun = perspective_errors.answer(refused)
        if isinstance(begun, Response):
            answers[place] = begun
        else:
            admitted[place] = begun
    answers |= _scored(admitted)
    return [(call.id, answers[place]) for place, call in enumerate(calls)]


def _begin(call: BatchedCall, ours: str) -> AdmittedCall | Response:
    if not call.method:
        return perspective_errors.error(HTTPStatus.BAD_REQUEST, "Failed to parse batch part.")
    shown = credentials.shown(call.args, call.headers) or ours
    if not shown:
        raise KeyMissing
    if call.method == "POST" and call.path.endswith("/comments:analyze"):
        return perspective_call.admit(shown, call.body)
    if call.method == "POST" and call.path.endswith("/comments:suggestscore"):
        return perspective_call.correct(shown, call.body)
    return perspective_errors.error(HTTPStatus.NOT_FOUND, "Requested entity was not found.")


def _scored(admitted: Mapping[int, AdmittedCall]) -> dict[int, Response]:
    """Score the texts of each key together: its site may have its own hosts and language."""
    by_key: dict[str, list[int]] = defaultdict(list)
    for place, call in admitted.items():
        by_key[call.key.id].append(place)
    answers: dict[int, Response] = {}
    for places in by_key.values():
        scorer = caller.analyst().scorer(admitted[places[0]].key)
        outcomes = analyze_all(scorer, [admitted[place].request.wish for place in places])
        for place, outcome in zip(places, outcomes, strict=True):
            if isinstance(outcome, DomainError):
                answers[place] = perspective_errors.answer(outcome)
            else:
                scores = perspective_call.answer(admitted[place], outcome)
                answers[place] = provenance.tell(scores, scorer, depths=[outcome.depth])
    return answers
