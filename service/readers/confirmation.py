"""Captchas for readers: offered, drawn and spoken."""

from dataclasses import dataclass

from service import networks
from service.captcha import Captcha, ForgedCaptcha, Offer, Provider, mint, read
from service.captcha.strategies import STRATEGIES, provider_of
from service.captcha.token import NONCE_BYTES
from service.core import Core
from service.domain.errors import CaptchaNotFound, CaptchaOff
from service.domain.site import Site
from service.store.people import allowances

# A picture costs milliseconds, a clip more, and no reader needs many of them.
PICTURES = allowances.Rate(per_minute=60, burst=60)
CLIPS = allowances.Rate(per_minute=10, burst=10)


@dataclass(frozen=True, slots=True)
class Confirmation:
    """A captcha with its provider's kind and offer."""

    captcha: Captcha
    kind: str
    offer: Offer


def ask(core: Core, site: Site, *, shown: bool = False) -> Confirmation:
    """Offer a captcha of the site's kind; `shown` is for callers that cannot answer a silent one.

    :raises CaptchaOff: the site uses no captcha.
    """
    if (providers := STRATEGIES.get(site.captcha)) is None:
        raise CaptchaOff
    provider = providers.shown if shown else providers.silent or providers.shown
    secret = core.signer.derive("captcha")
    nonce = core.random(NONCE_BYTES)
    captcha = mint(secret, site.name, provider.number, now=core.now(), nonce=nonce)
    return _confirmation(core, captcha, provider)


def ask_again(core: Core, site: Site, captcha: str) -> Confirmation:
    """Offer the form's captcha again, or a new one if it can no longer be answered.

    :raises CaptchaOff: the site uses no captcha.
    """
    if (providers := STRATEGIES.get(site.captcha)) is None:
        raise CaptchaOff
    try:
        confirmation = _find(core, captcha)
    except CaptchaNotFound:
        return ask(core, site, shown=True)
    is_shown = confirmation.captcha.provider == providers.shown.number
    return confirmation if is_shown else ask(core, site, shown=True)


def draw(core: Core, captcha: str, address: str) -> bytes:
    """Return the picture of a captcha as a PNG.

    :raises CaptchaNotFound: the captcha is unknown or expired, or has no picture.
    :raises TooMany: this address has requested too many pictures.
    """
    picture = _find(core, captcha).offer.picture
    if picture is None:
        raise CaptchaNotFound
    networks.charge_everywhere(core, "picture", PICTURES, address)
    return picture()


def speak(core: Core, captcha: str, address: str) -> bytes:
    """Return the sound of a captcha as a WAV.

    :raises CaptchaNotFound: the captcha is unknown or expired, or has no sound.
    :raises TooMany: this address has requested too many clips.
    """
    sound = _find(core, captcha).offer.sound
    if sound is None:
        raise CaptchaNotFound
    networks.charge_everywhere(core, "clip", CLIPS, address)
    return sound()


def _find(core: Core, id_: str) -> Confirmation:
    try:
        captcha = read(core.signer.derive("captcha"), id_)
        provider = provider_of(captcha)
    except ForgedCaptcha:
        raise CaptchaNotFound from None
    if captcha.expires_at <= core.now():
        raise CaptchaNotFound
    return _confirmation(core, captcha, provider)


def _confirmation(core: Core, captcha: Captcha, provider: Provider) -> Confirmation:
    offer = provider.offer(core.signer.derive("captcha"), captcha)
    return Confirmation(captcha, provider.kind, offer)
