"""Which providers ask the readers of a site, by its strategy: the table to put your own into."""

from collections import defaultdict
from dataclasses import dataclass

from service.captcha.errors import ForgedCaptcha
from service.captcha.image import ImageProvider
from service.captcha.pow import WorkProvider
from service.captcha.provider import Provider
from service.captcha.token import Captcha
from service.domain.site import CaptchaStrategy


@dataclass(frozen=True, slots=True)
class Providers:
    """Who asks: `shown` in the form, and first of all `silent`, where a browser can answer it."""

    shown: Provider
    silent: Provider | None = None

    @property
    def both(self) -> tuple[Provider, ...]:
        """Both, or the one there is."""
        return (self.shown, self.silent) if self.silent else (self.shown,)


CODE = ImageProvider()
WORK = WorkProvider()
# A strategy that is not here asks for nothing.
STRATEGIES: dict[CaptchaStrategy, Providers] = {
    CaptchaStrategy.IMAGE: Providers(shown=CODE),
    CaptchaStrategy.POW: Providers(shown=CODE, silent=WORK),
    CaptchaStrategy.ADAPTIVE: Providers(shown=CODE, silent=WORK),
}


def provider_of(captcha: Captcha) -> Provider:
    """Give the provider that asked.

    :raises ForgedCaptcha: there is none of its number (any more).
    """
    for providers in STRATEGIES.values():
        for provider in providers.both:
            if provider.number == captcha.provider:
                return provider
    raise ForgedCaptcha("no provider has this number")


def sources_of(strategy: CaptchaStrategy) -> dict[str, list[str]]:
    """Tell by directive what the frame must be allowed to load where a site has this strategy."""
    sources: defaultdict[str, list[str]] = defaultdict(list)
    for provider in STRATEGIES[strategy].both if strategy in STRATEGIES else ():
        for directive in provider.sources:
            name, *allowed = directive.split()
            sources[name] += allowed
    return sources
