"""Our own analysis API: scores of up to a hundred texts, with the words behind a score."""

from flask import Blueprint
from spectree import Response as Answers

from service.analysis import spans
from service.domain.errors import Fault, Invalid
from service.domain.key import Scope
from service.scoring import Scorer
from service.web.api import shapes
from service.web.api.analysis_shapes import Analyses, AnalyzedText, TextsToAnalyze, WordShare
from service.web.api.openapi import spec
from service.web.http import caller, cross_origin, guard, provenance, traffic
from service.web.wire import body

bp = Blueprint("analyze", __name__, url_prefix="/api/v1")
traffic.measure(bp)
cross_origin.register(bp)

MOST = 1024 * 1024
MOST_EXPLANATIONS = 100
PROBLEM = shapes.Problem


@bp.before_request
def check_key() -> None:
    """Check the key before any text is parsed."""
    body.allow(MOST)
    caller.analyst().keyring.find(caller.bearer(), Scope.ANALYZE)
    guard.check_api_call()


@bp.post("/analyze")
@spec.validate(
    resp=Answers(HTTP_200=Analyses, HTTP_401=PROBLEM, HTTP_403=PROBLEM, HTTP_429=PROBLEM),
    tags=["analysis"],
)
def post_texts(json: TextsToAnalyze) -> Analyses:
    """Score texts; nothing is stored.

    Needs `Authorization: Bearer KEY` of scope `analyze`.
    """
    if len(json.texts) * len(json.explain) > MOST_EXPLANATIONS:
        detail = f"Texts times explained attributes are {MOST_EXPLANATIONS} at most."
        raise Invalid(Fault("explain", "too-long", detail))
    key = caller.admit(caller.bearer(), len(json.texts))
    scorer = caller.analyst().scorer(key).naming(json.language)
    texts = [body.text_of(text) for text in json.texts]
    read = scorer.read(texts)
    provenance.declare(scorer.model, [scored.depth for scored in read])
    return Analyses(
        model=scorer.model,
        results=[
            AnalyzedText(
                language=scorer.language(text),
                scores=scored.scores,
                depth=scored.depth,
                explanations={name: _shares(scorer, text, name) for name in json.explain},
                read_in={name: scorer.read_in(text, name) for name in json.explain},
            )
            for text, scored in zip(texts, read, strict=True)
        ],
    )


def _shares(scorer: Scorer, text: str, attribute: str) -> list[WordShare]:
    in_utf16 = spans.in_utf16(text)
    return [
        WordShare(
            start=in_utf16(share.start),
            end=in_utf16(share.end),
            contribution=round(share.contribution, 4),
        )
        for share in scorer.explain(text, attribute)
    ]
