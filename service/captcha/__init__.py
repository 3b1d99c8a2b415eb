"""Captchas: evidence that a reader is a person, or at least a browser that has done some work."""

from service.captcha.code import code, matches
from service.captcha.errors import ForgedCaptcha
from service.captcha.picture import picture
from service.captcha.pow import EFFORTS, challenge, level_done, solved
from service.captcha.provider import Offer, Provider
from service.captcha.rendering import Renderings
from service.captcha.sound import sound
from service.captcha.token import IMAGE, POW, Captcha, belongs, is_near, mint, read

__all__ = [
    "EFFORTS",
    "IMAGE",
    "POW",
    "Captcha",
    "ForgedCaptcha",
    "Offer",
    "Provider",
    "Renderings",
    "belongs",
    "challenge",
    "code",
    "is_near",
    "level_done",
    "matches",
    "mint",
    "picture",
    "read",
    "solved",
    "sound",
]
