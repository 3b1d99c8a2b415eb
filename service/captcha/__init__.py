"""Confirm that a reader is a person, or has paid for the doubt with a little work."""

from service.captcha.code import code, matches
from service.captcha.errors import ForgedCaptcha
from service.captcha.picture import picture
from service.captcha.pow import challenge, solved
from service.captcha.rendering import Renderings
from service.captcha.sound import sound
from service.captcha.token import Captcha, Kind, belongs, mint, read

__all__ = [
    "Captcha",
    "ForgedCaptcha",
    "Kind",
    "Renderings",
    "belongs",
    "challenge",
    "code",
    "matches",
    "mint",
    "picture",
    "read",
    "solved",
    "sound",
]
