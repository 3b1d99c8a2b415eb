"""The API of captchas: issue one, and show or speak its code."""

from flask import Blueprint, Response, request, url_for
from spectree import Response as Answers

from service.readers import confirmation
from service.readers.confirmation import Confirmation
from service.readers.standing import Caller
from service.web.api import request_shapes, shapes
from service.web.api.openapi import spec
from service.web.http import caller, guard

bp = Blueprint("captcha", __name__, url_prefix="/api/v1")
bp.before_request(guard.check_api_call)
bp.after_request(guard.allow_site)

FRESH = "private, max-age=600"


@bp.post("/sites/<site>/captchas")
@spec.validate(
    resp=Answers(HTTP_201=shapes.CaptchaShape, HTTP_409=shapes.Problem, HTTP_429=shapes.Problem),
    tags=["captchas"],
)
def post_captcha(site: str, query: request_shapes.CaptchaQuery) -> tuple[shapes.CaptchaShape, int]:
    """Issue a captcha: single use, for this site, valid for ten minutes and three tries."""
    issued = confirmation.ask(
        caller.core(),
        caller.site(),
        Caller(address=caller.address(), reader=caller.reader()),
        shown=query.kind == "image",
        again=query.again,
    )
    return _shape(issued), 201


@bp.get("/captchas/<captcha>.png")
def get_picture(captcha: str) -> Response:
    """Return the picture of the code."""
    return _media(confirmation.draw(caller.core(), captcha, caller.address()), "image/png")


@bp.get("/captchas/<captcha>.wav")
def get_clip(captcha: str) -> Response:
    """Return the sound of the code."""
    return _media(confirmation.speak(caller.core(), captcha, caller.address()), "audio/wav")


def picture_url(issued: Confirmation) -> str | None:
    """Return the address of a captcha's picture, if it has one."""
    return picture_path(issued.captcha.id) if issued.offer.picture else None


def sound_url(issued: Confirmation) -> str | None:
    """Return the address of a captcha's sound, if it has one."""
    return sound_path(issued.captcha.id) if issued.offer.sound else None


def picture_path(captcha: str) -> str:
    """Return the address of a code's picture."""
    return url_for("captcha.get_picture", captcha=captcha)


def sound_path(captcha: str) -> str:
    """Return the address of a code's sound."""
    return url_for("captcha.get_clip", captcha=captcha)


def _shape(issued: Confirmation) -> shapes.CaptchaShape:
    html = {"html": issued.offer.html} if issued.offer.html else {}
    return shapes.CaptchaShape(
        id=issued.captcha.id,
        kind=issued.kind,
        image=picture_url(issued),
        audio=sound_url(issued),
        expires_at=issued.captcha.expires_at,
        **issued.offer.fields,
        **html,
    )


def _media(content: bytes, kind: str) -> Response:
    response = Response(content, content_type=kind)
    response.headers["Cache-Control"] = FRESH
    # The news page's own script may show the picture outside our frame.
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.headers["Accept-Ranges"] = "bytes"
    response.add_etag()
    length = len(content) if _is_part() else None
    response.make_conditional(request, accept_ranges=_is_part(), complete_length=length)
    return response


def _is_part() -> bool:
    """Tell whether one part is requested; Safari plays no sound without (RFC 9110, section 14).

    Other units, several parts, what is no range at all, and any range of a HEAD are ignored: then
    the whole is sent.
    """
    wanted = request.range
    is_one = wanted is not None and wanted.units == "bytes" and len(wanted.ranges) == 1
    return is_one and request.method == "GET"
