"""A reader gets a captcha: it is offered, shown and spoken."""

from dataclasses import dataclass

from service.captcha import Captcha, ForgedCaptcha, Offer, Provider, mint, read
from service.captcha.strategies import STRATEGIES, provider_of
from service.captcha.token import NONCE_BYTES
from service.core import Core
from service.domain.errors import CaptchaNotFound, CaptchaOff
from service.domain.site import Site
from service.store import keys
from service.store.people import allowances

# A picture costs milliseconds and a clip more: nobody needs many of them.
PICTURES = allowances.Rate(per_minute=60, burst=60)
CLIPS = allowances.Rate(per_minute=10, burst=10)


@dataclass(frozen=True, slots=True)
class Confirmation:
    """A captcha with what is offered of it; `kind` is the provider's."""

    captcha: Captcha
    kind: str
    offer: Offer


def ask(core: Core, site: Site, *, shown: bool = False) -> Confirmation:
    """Ask as the site wants it; `shown` is for those who cannot answer what is silent.

    :raises CaptchaOff: the site asks for nothing.
    """
    if (providers := STRATEGIES.get(site.captcha)) is None:
        raise CaptchaOff
    provider = providers.shown if shown else providers.silent or providers.shown
    secret = core.signer.derive("captcha")
    nonce = core.random(NONCE_BYTES)
    captcha = mint(secret, site.name, provider.number, now=core.now(), nonce=nonce)
    return _confirmation(core, captcha, provider)


def ask_again(core: Core, site: Site, captcha: str) -> Confirmation:
    """Offer the form's captcha once more; another one where this cannot be answered any more.

    :raises CaptchaOff: the site asks for nothing.
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
    """Give the picture of a captcha as a PNG.

    :raises CaptchaNotFound: there is no such captcha (any more), or it has no picture.
    :raises TooMany: this address looks at too many.
    """
    picture = _find(core, captcha).offer.picture
    if picture is None:
        raise CaptchaNotFound
    _take(core, "picture", PICTURES, address)
    return picture()


def speak(core: Core, captcha: str, address: str) -> bytes:
    """Give the sound of a captcha as a WAV.

    :raises CaptchaNotFound: there is no such captcha (any more), or it has no sound.
    :raises TooMany: this address listens to too many.
    """
    sound = _find(core, captcha).offer.sound
    if sound is None:
        raise CaptchaNotFound
    _take(core, "clip", CLIPS, address)
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


def _take(core: Core, what: str, rate: allowances.Rate, address: str) -> None:
    network = core.signer.pseudonym("", "address", address)
    allowances.take(core.redis, keys.allowance(what, network), rate, now=core.now())
