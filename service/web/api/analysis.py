"""Our own analysis API: scores and verdicts for a hundred texts, with the words behind them."""

from dataclasses import replace

from flask import Blueprint, after_this_request
from spectree import Response as Answers

from service.analysis import advice, spans
from service.domain.errors import Fault, Invalid, MayBeHeld, SiteNotFound
from service.domain.key import ApiKey, Scope
from service.domain.reason import REASONS
from service.scoring import ScoredText, Scorer
from service.web.api import shapes
from service.web.api.analysis_shapes import (
    Analyses,
    AnalyzedText,
    TextReason,
    TextsToAnalyze,
    TextVerdict,
    WordShare,
)
from service.web.api.openapi import spec
from service.web.http import caller, cross_origin, guard, language, provenance, traffic
from service.web.http.problems import PROBLEMS
from service.web.wire import body

bp = Blueprint("analyze", __name__, url_prefix="/api/v1")
traffic.measure(bp)
cross_origin.register(bp)

MOST = 1024 * 1024
MOST_EXPLANATIONS = 100
PROBLEM = shapes.Problem
# What our own form says to such an author.
NUDGE = PROBLEMS[MayBeHeld][2]


@bp.before_request
def check_key() -> None:
    """Check the key before any text is parsed."""
    body.allow(MOST)
    caller.analyst().keyring.find(caller.bearer(), Scope.ANALYZE)
    guard.check_api_call()


@bp.post("/analyze")
@spec.validate(
    resp=Answers(
        HTTP_200=Analyses, HTTP_401=PROBLEM, HTTP_403=PROBLEM, HTTP_404=PROBLEM, HTTP_429=PROBLEM
    ),
    tags=["analysis"],
)
def post_texts(json: TextsToAnalyze) -> Analyses:
    """Score texts, and judge them by a site's policy; nothing is stored.

    Needs `Authorization: Bearer KEY` of scope `analyze`.
    """
    if len(json.texts) * len(json.explain) > MOST_EXPLANATIONS:
        detail = f"Texts times explained attributes are {MOST_EXPLANATIONS} at most."
        raise Invalid(Fault("explain", "too-long", detail))
    key = _key(json)
    scorer = caller.analyst().scorer(key).naming(json.language)
    texts = [body.text_of(text) for text in json.texts]
    read = scorer.read(texts)
    depths = [text.depth for text in read]
    after_this_request(lambda response: provenance.tell(response, scorer, depths=depths))
    return Analyses(
        model=scorer.model,
        results=[
            AnalyzedText(
                language=scorer.language(text),
                scores=scored.scores,
                depth=scored.depth,
                verdict=_verdict(key, text, scored),
                explanations={name: _shares(scorer, text, name) for name in json.explain},
                read_in={name: scorer.read_in(text, name) for name in json.explain},
            )
            for text, scored in zip(texts, read, strict=True)
        ],
    )


def _key(json: TextsToAnalyze) -> ApiKey:
    """Charge the key, and return it as one of the site whose policy decides.

    :raises ScopeMissing: it is for another site.
    :raises SiteNotFound: there is no site with that name.
    """
    keyring, token = caller.analyst().keyring, caller.bearer()
    keyring.find(token, Scope.ANALYZE, json.site)
    if json.site and keyring.site(ApiKey(id="", scope=Scope.ANALYZE, site=json.site)) is None:
        raise SiteNotFound(json.site)
    key = caller.admit(token, len(json.texts))
    return replace(key, site=json.site or key.site)


def _verdict(key: ApiKey, text: str, scored: ScoredText) -> TextVerdict:
    keyring = caller.analyst().keyring
    verdict = advice.advise_on(text, scored, keyring.policy(key), keyring.site(key))
    return TextVerdict(
        outcome=verdict.outcome,
        reasons=[
            TextReason(
                code=opinion.reason,
                outcome=opinion.outcome,
                strength=opinion.strength,
                sentence=_sentence(opinion.reason),
            )
            for opinion in verdict.opinions
        ],
        nudge=language.gettext(NUDGE) if advice.is_for_its_tone(verdict) else "",
    )


def _sentence(code: str) -> str:
    sentence = REASONS[code].for_author
    # The catalogue's own head stands under the empty text.
    return language.gettext(sentence) if sentence else ""


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
