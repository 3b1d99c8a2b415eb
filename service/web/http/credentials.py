"""Where programs put their key: in the address or in a header, and some in both."""

from collections.abc import Mapping

from werkzeug.datastructures import Headers

from service.domain.key import PREFIX


def bearer(headers: Headers) -> str:
    """Return what was sent as `Authorization: Bearer …`, or ""."""
    scheme, _, token = headers.get("Authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


def shown(args: Mapping[str, str], headers: Headers) -> str:
    """Return the key of a request, sent in one of Google's ways or as a bearer, or "".

    Of several the first that looks like ours is taken: a program may keep the one that it had.
    """
    tokens = (
        args.get("key", ""),
        headers.get("X-Goog-Api-Key", ""),
        bearer(headers),
        args.get("access_token", ""),
        args.get("oauth_token", ""),
    )
    sent = [token.strip() for token in tokens if token.strip()]
    ours = (token for token in sent if token.lower().startswith(PREFIX))
    return next(ours, sent[0] if sent else "")
