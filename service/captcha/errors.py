"""Say what can be wrong with a captcha that a client hands in."""


class ForgedCaptcha(ValueError):
    """The id was not minted here: it is garbled, altered, or signed with another secret."""
