"""Captchas for readers: offered, drawn and spoken."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from service import networks
from service.captcha import (
    Captcha,
    ForgedCaptcha,
    Offer,
    Provider,
    belongs,
    challenge,
    is_near,
    mint,
    read,
)
from service.captcha.strategies import STRATEGIES, provider_of
from service.captcha.token import NONCE_BYTES
from service.core import Core
from service.domain.errors import CaptchaNotFound, CaptchaOff, TooMany
from service.domain.network import neighbourhood
from service.domain.site import Site
from service.outages import StoreError, is_outage
from service.readers import standing
from service.readers.standing import Caller
from service.readers.suspicion import HIGHEST
from service.store.people import allowances

# A picture costs milliseconds, a clip more, and no reader needs many of them; some browsers request
# a clip in three parts.
PICTURES = allowances.Rate(per_minute=60, burst=60)
CLIPS = allowances.Rate(per_minute=30, burst=30)
# Requests for captchas, of one address; a wider network may do more.
REQUESTS = allowances.Rate(per_minute=30, burst=60)


@dataclass(frozen=True, slots=True)
class Confirmation:
    """A captcha with its provider's kind and offer, and the work beside it."""

    captcha: Captcha
    kind: str
    offer: Offer


def ask(
    core: Core, site: Site, caller: Caller, *, shown: bool = False, again: str = ""
) -> Confirmation:
    """Offer a captcha of the site's kind; `shown` is for callers that cannot answer a silent one.

    With `again`, the id of one that still counts, the same captcha is offered with as much work as
    is asked for now.

    :raises CaptchaOff: the site uses no captcha.
    :raises TooMany: this address, or its network, has requested too many.
    """
    if (providers := STRATEGIES.get(site.captcha)) is None:
        raise CaptchaOff
    networks.charge_everywhere(core, "code", REQUESTS, caller.address)
    standing.note_issue(core, site, caller.address)
    level = standing.level_of(core, site, caller)
    if again and (old := _find_again(core, site, caller, again)):
        return _confirmation(core, *old, level)
    return _mint(core, site, caller, providers.silent if not shown else None, level)


def ask_for_page(core: Core, site: Site, caller: Caller, captcha: str) -> Confirmation:
    """Offer the form's captcha again, or a new one if it can no longer be answered.

    Whoever requests too many pages still gets them, with the most work; so does everybody while the
    store takes no writes, since articles can be read then.

    :raises CaptchaOff: the site uses no captcha.
    """
    if (providers := STRATEGIES.get(site.captcha)) is None:
        raise CaptchaOff
    level = _level_of_page(core, site, caller)
    old = _find_again(core, site, caller, captcha)
    if old and old[0].provider == providers.shown.number:
        return _confirmation(core, *old, level)
    return _mint(core, site, caller, None, level)


def mint_for_page(core: Core, site: Site, address: str) -> tuple[Captcha, Mapping[str, object]]:
    """Make a captcha for the form, with the least work and without asking the store.

    Whoever looks suspicious is asked for more work when they send something.

    :raises CaptchaOff: the site uses no captcha.
    """
    if (providers := STRATEGIES.get(site.captcha)) is None:
        raise CaptchaOff
    captcha = _new(core, site, address, providers.shown)
    return captcha, challenge(core.signer.derive("captcha"), captcha, 0)


def _level_of_page(core: Core, site: Site, caller: Caller) -> int:
    try:
        networks.charge_everywhere(core, "page", REQUESTS, caller.address)
        return standing.level_of(core, site, caller)
    except TooMany:
        return HIGHEST
    except StoreError as error:
        if not is_outage(error):
            raise
        return HIGHEST


def draw(core: Core, captcha: str, address: str) -> bytes:
    """Return the picture of a captcha as a PNG.

    :raises CaptchaNotFound: the captcha is unknown or expired, or has no picture.
    :raises TooMany: this address has requested too many pictures.
    """
    picture = _find(core, captcha).picture
    if picture is None:
        raise CaptchaNotFound
    networks.charge_everywhere(core, "picture", PICTURES, address)
    return picture()


def speak(core: Core, captcha: str, address: str) -> bytes:
    """Return the sound of a captcha as a WAV.

    :raises CaptchaNotFound: the captcha is unknown or expired, or has no sound.
    :raises TooMany: this address has requested too many clips.
    """
    sound = _find(core, captcha).sound
    if sound is None:
        raise CaptchaNotFound
    networks.charge_everywhere(core, "clip", CLIPS, address)
    return sound()


def _find(core: Core, id_: str) -> Offer:
    captcha, provider = _read(core, id_)
    return provider.offer(core.signer.derive("captcha"), captcha)


def _find_again(
    core: Core, site: Site, caller: Caller, id_: str
) -> tuple[Captcha, Provider] | None:
    """Find a captcha that this caller can still answer on this site."""
    secret = core.signer.derive("captcha")
    try:
        captcha, provider = _read(core, id_)
        is_near_ = is_near(secret, captcha, neighbourhood(caller.address))
    except (CaptchaNotFound, ForgedCaptcha):
        return None
    return (captcha, provider) if is_near_ and belongs(secret, captcha, site.name) else None


def _read(core: Core, id_: str) -> tuple[Captcha, Provider]:
    try:
        captcha = read(core.signer.derive("captcha"), id_)
        provider = provider_of(captcha)
    except ForgedCaptcha:
        raise CaptchaNotFound from None
    if captcha.expires_at <= core.now():
        raise CaptchaNotFound
    return captcha, provider


def _mint(
    core: Core, site: Site, caller: Caller, provider: Provider | None, level: int
) -> Confirmation:
    provider = provider or STRATEGIES[site.captcha].shown
    return _confirmation(core, _new(core, site, caller.address, provider), provider, level)


def _new(core: Core, site: Site, address: str, provider: Provider) -> Captcha:
    return mint(
        core.signer.derive("captcha"),
        site.name,
        provider.number,
        now=core.now(),
        nonce=core.random(NONCE_BYTES),
        network=neighbourhood(address),
    )


def _confirmation(core: Core, captcha: Captcha, provider: Provider, level: int) -> Confirmation:
    secret = core.signer.derive("captcha")
    offer = provider.offer(secret, captcha)
    # A provider may bring work of its own.
    fields = {"altcha": challenge(secret, captcha, level)} | dict(offer.fields)
    return Confirmation(captcha, provider.kind, replace(offer, fields=fields))
