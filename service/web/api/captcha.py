"""Captchas: hand one out, and show or speak its code."""

from datetime import datetime

from flask import Blueprint, Response, current_app, url_for
from spectree import Response as Answers

from service import captcha as captchas
from service.captcha import Captcha, Renderings
from service.captcha.token import NONCE_BYTES
from service.domain.errors import CaptchaNotFound, CaptchaOff
from service.domain.site import CaptchaStrategy, Site
from service.store import keys
from service.store.people import allowances
from service.web.api import shapes
from service.web.api.openapi import spec
from service.web.http import caller, guard

bp = Blueprint("captcha", __name__, url_prefix="/api/v1")
bp.before_request(guard.check_api_call)
bp.after_request(guard.allow_site)

# A picture costs milliseconds and a clip more: nobody needs many of them.
PICTURES = allowances.Rate(per_minute=60, burst=60)
CLIPS = allowances.Rate(per_minute=10, burst=10)
KEPT = "private, max-age=600"


@bp.post("/sites/<site>/captchas")
@spec.validate(resp=Answers(HTTP_201=shapes.Captcha, HTTP_409=shapes.Problem), tags=["captchas"])
def post_captcha(site: str, query: shapes.CaptchaQuery) -> tuple[shapes.Captcha, int]:
    """Hand out a captcha: single use, for this site, good for ten minutes and three tries."""
    wants_picture = query.kind == "image"
    return shape(mint(caller.site(), wants_picture=wants_picture)), 201


@bp.get("/captchas/<captcha>.png")
def get_picture(captcha: str) -> Response:
    """Show the code."""
    found = _read(captcha)
    _take("picture", PICTURES)
    return _media(_renderings().png(found), "image/png")


@bp.get("/captchas/<captcha>.wav")
def get_clip(captcha: str) -> Response:
    """Speak the code."""
    found = _read(captcha)
    _take("clip", CLIPS)
    return _media(_renderings().wav(found), "audio/wav")


def mint(site: Site, *, wants_picture: bool = False) -> Captcha:
    """Make a captcha as the site wants it; whoever cannot work may have a picture.

    :raises CaptchaOff: the site wants none.
    """
    if site.captcha is CaptchaStrategy.OFF:
        raise CaptchaOff
    core = caller.core()
    is_picture = wants_picture or site.captcha is CaptchaStrategy.IMAGE
    return captchas.mint(
        core.signer.derive("captcha"),
        site.name,
        captchas.Kind.IMAGE if is_picture else captchas.Kind.POW,
        now=core.now(),
        nonce=core.random(NONCE_BYTES),
    )


def shape(captcha: Captcha) -> shapes.Captcha:
    """Present a captcha with the addresses of its picture and sound, or its proof of work."""
    if captcha.kind is captchas.Kind.POW:
        challenge = captchas.challenge(caller.core().signer.derive("captcha"), captcha)
        return shapes.Captcha(
            id=captcha.id, kind="pow", altcha=challenge, expires_at=captcha.expires_at
        )
    return shapes.Captcha(
        id=captcha.id,
        kind="image",
        image=url_for("captcha.get_picture", captcha=captcha.id),
        audio=url_for("captcha.get_clip", captcha=captcha.id),
        expires_at=captcha.expires_at,
    )


def _read(captcha: str) -> Captcha:
    core = caller.core()
    try:
        found = captchas.read(core.signer.derive("captcha"), captcha)
    except captchas.ForgedCaptcha:
        raise CaptchaNotFound from None
    if found.kind is not captchas.Kind.IMAGE or _is_over(found, core.now()):
        raise CaptchaNotFound
    return found


def _is_over(captcha: Captcha, now: datetime) -> bool:
    return captcha.expires_at <= now


def _take(what: str, rate: allowances.Rate) -> None:
    core = caller.core()
    who = core.signer.pseudonym("", "address", caller.address())
    allowances.take(core.redis, keys.allowance(what, who), rate, now=core.now())


def _renderings() -> Renderings:
    kept: Renderings = current_app.extensions["folkmoot.renderings"]
    return kept


def _media(content: bytes, kind: str) -> Response:
    response = Response(content, content_type=kind)
    response.headers["Cache-Control"] = KEPT
    # The news page's own script may show the picture, outside our frame.
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
