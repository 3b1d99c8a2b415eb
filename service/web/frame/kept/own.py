"""What is a reader's own in a kept page, made anew for everybody who asks for it."""

import json
import secrets
from collections.abc import Mapping

from markupsafe import escape

from service.captcha.strategies import CODE, STRATEGIES
from service.core import Core
from service.domain.errors import CaptchaOff
from service.domain.site import Site
from service.readers import confirmation
from service.web.frame.kept.holes import CAPTCHA, KEY, WORK

KEY_BYTES = 12


def can_fill(site: Site) -> bool:
    """Tell whether we know all that is a reader's own: another's captcha may have anything."""
    providers = STRATEGIES.get(site.captcha)
    return providers is None or providers.shown is CODE


def fill(core: Core, site: Site, address: str) -> Mapping[str, bytes]:
    """Return what belongs into the holes of a page for the reader at an address."""
    key = {KEY: secrets.token_urlsafe(KEY_BYTES).encode()}
    try:
        captcha, work = confirmation.mint_for_page(core, site, address)
    except CaptchaOff:
        return key
    return {**key, CAPTCHA: captcha.id.encode(), WORK: escape(json.dumps(work)).encode()}
