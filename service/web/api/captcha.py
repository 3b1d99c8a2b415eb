"""Captchas: hand one out, and show or speak its code."""

from flask import Blueprint, Response, url_for
from spectree import Response as Answers

from service.readers import confirmation
from service.readers.confirmation import Confirmation
from service.web.api import request_shapes, shapes
from service.web.api.openapi import spec
from service.web.http import caller, guard

bp = Blueprint("captcha", __name__, url_prefix="/api/v1")
bp.before_request(guard.check_api_call)
bp.after_request(guard.allow_site)

FRESH = "private, max-age=600"


@bp.post("/sites/<site>/captchas")
@spec.validate(
    resp=Answers(HTTP_201=shapes.CaptchaShape, HTTP_409=shapes.Problem), tags=["captchas"]
)
def post_captcha(site: str, query: request_shapes.CaptchaQuery) -> tuple[shapes.CaptchaShape, int]:
    """Hand out a captcha: single use, for this site, good for ten minutes and three tries."""
    asked = confirmation.ask(caller.core(), caller.site(), shown=query.kind == "image")
    return _shape(asked), 201


@bp.get("/captchas/<captcha>.png")
def get_picture(captcha: str) -> Response:
    """Show the code."""
    return _media(confirmation.draw(caller.core(), captcha, caller.address()), "image/png")


@bp.get("/captchas/<captcha>.wav")
def get_clip(captcha: str) -> Response:
    """Speak the code."""
    return _media(confirmation.speak(caller.core(), captcha, caller.address()), "audio/wav")


def picture_url(asked: Confirmation) -> str | None:
    """Give the address of a captcha's picture, if it has one."""
    if asked.offer.picture is None:
        return None
    return url_for("captcha.get_picture", captcha=asked.captcha.id)


def sound_url(asked: Confirmation) -> str | None:
    """Give the address of a captcha's sound, if it has one."""
    if asked.offer.sound is None:
        return None
    return url_for("captcha.get_clip", captcha=asked.captcha.id)


def _shape(asked: Confirmation) -> shapes.CaptchaShape:
    html = {"html": asked.offer.html} if asked.offer.html else {}
    return shapes.CaptchaShape(
        id=asked.captcha.id,
        kind=asked.kind,
        image=picture_url(asked),
        audio=sound_url(asked),
        expires_at=asked.captcha.expires_at,
        **asked.offer.fields,
        **html,
    )


def _media(content: bytes, kind: str) -> Response:
    response = Response(content, content_type=kind)
    response.headers["Cache-Control"] = FRESH
    # The news page's own script may show the picture, outside our frame.
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
