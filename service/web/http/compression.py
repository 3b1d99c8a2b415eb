"""Send text gzipped: a page of comments is a sixth of its size then.

Compressing what holds a secret next to what a stranger may choose can betray the secret (BREACH,
CVE-2013-3587). Our frame's cookies are partitioned and the desk's are SameSite=Strict, so that no
stranger's page gets an answer with somebody's secrets in it.
"""

import gzip

from flask import Flask, Response, request

KINDS = ("text/", "application/json", "application/problem+json", "application/atom+xml")
# Below this the headers weigh more than what is saved.
LEAST = 800
# Level 6 costs a third of level 9 and gives all but one in a hundred bytes of it.
LEVEL = 6


def register(app: Flask) -> None:
    """Compress what is worth it; to be registered first, so that it runs after all else."""
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
