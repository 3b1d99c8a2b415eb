"""Compression of text with gzip, which reduces a page of comments to a sixth.

Compressing a secret together with text that an attacker chooses can reveal the secret (BREACH,
CVE-2013-3587). Our frame's cookies are partitioned and the desk's are SameSite=Strict, so no
foreign page gets an answer that holds somebody's secrets.
"""

import gzip

from flask import Flask, Response, request

KINDS = ("text/", "application/json", "application/problem+json", "application/atom+xml")
# Below this size the extra headers outweigh the savings.
LEAST = 800
# Level 6 costs a third of level 9, and its output is only 1 % larger.
LEVEL = 6


def register(app: Flask) -> None:
    """Compress suitable answers; register this first, so that it runs last."""
    app.after_request(_compress)


def _compress(response: Response) -> Response:
    if not _is_text(response):
        return response
    response.vary.add("Accept-Encoding")
    if request.accept_encodings.best_match(["gzip"]) and len(response.get_data()) >= LEAST:
        response.set_data(gzip.compress(response.get_data(), LEVEL, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
        _weaken(response)
    return response


def _is_text(response: Response) -> bool:
    is_whole = response.status_code not in (204, 206, 304) and not response.direct_passthrough
    is_plain = "Content-Encoding" not in response.headers
    return is_whole and is_plain and (response.mimetype or "").startswith(KINDS)


def _weaken(response: Response) -> None:
    # The same content, but not the same bytes (RFC 9110, 8.8.1).
    tag, _ = response.get_etag()
    if tag:
        response.set_etag(tag, weak=True)
