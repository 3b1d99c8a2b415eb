"""The API of appeals, for authors with a receipt."""

from flask import Blueprint
from spectree import Response as Answers

from service.readers import appeal
from service.web.api import present, request_shapes, shapes
from service.web.api.openapi import spec
from service.web.http import caller, guard

bp = Blueprint("appeals", __name__, url_prefix="/api/v1/sites/<site>")
bp.before_request(guard.check_api_call)
bp.after_request(guard.allow_site)


@bp.put("/comments/<comment>/appeal")
@spec.validate(
    resp=Answers(HTTP_200=shapes.AppealShape, HTTP_403=shapes.Problem, HTTP_409=shapes.Problem),
    tags=["comments"],
)
def put_appeal(site: str, comment: str, json: request_shapes.NewAppeal) -> shapes.AppealShape:
    """Appeal once against a decision on one's own comment; repeating it changes nothing."""
    lodged = appeal.lodge(caller.core(), caller.site(), comment, caller.receipt(), json.text)
    return present.appeal(lodged)
