"""Errors of captchas that clients send."""


class ForgedCaptcha(ValueError):
    """An id was not minted here: it is garbled, altered, or signed with another secret."""
