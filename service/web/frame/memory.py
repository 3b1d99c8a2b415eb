"""What the frame's scripts keep in cookies where a browser denies them storage."""

from typing import Any

from flask import Blueprint, Response, jsonify, request, url_for

from service.web.frame import drafts, guard, identity
from service.web.frame.drafts import UnsentDraft
from service.web.frame.identity import KeptReceipt
from service.web.http import caller

bp = Blueprint("memory", __name__)
guard.register(bp)

FIELDS = ("name", "body", "parent", "answered", "key")


@bp.get("/frame/<site>/memory")
def get_memory(site: str) -> Response:
    """Return the reader's draft under an article, and whether their browser keeps our cookies."""
    caller.site()
    draft = drafts.read().of(request.args.get("thread", ""))
    answer = {name: getattr(draft, name) for name in FIELDS}
    return jsonify(kept=identity.known() is not None, draft=answer)


@bp.post("/frame/<site>/memory")
def post_memory(site: str) -> Response:
    """Keep the reader's token, and a draft or a receipt; return the token.

    `fits` is false for a draft that is too long for a cookie.
    """
    given, token = _given(), identity.token()
    answer: dict[str, Any] = {"token": token, "fits": True}
    response = jsonify(answer)
    identity.keep_reader(response, token)
    if "body" in given:
        answer["fits"] = _keep_draft(response, given)
        response.set_data(jsonify(answer).get_data())
    comment, receipt = given.get("comment", ""), given.get("receipt", "")
    if caller.core().signer.is_receipt(site, comment, receipt):
        identity.keep_receipt(response, KeptReceipt(comment, receipt))
    return response


def _keep_draft(response: Response, given: dict[str, str]) -> bool:
    draft = UnsentDraft(**{name: given.get(name, "") for name in FIELDS})
    changed = drafts.read().put(given.get("thread", ""), draft)
    # Only this address needs the drafts: no other request carries them.
    path = url_for("memory.post_memory", site=caller.site().name).split("?")[0]
    return drafts.keep(response, changed, path)


def _given() -> dict[str, str]:
    content = request.get_json(silent=True)
    items = content.items() if isinstance(content, dict) else ()
    return {name: value for name, value in items if isinstance(value, str)}
