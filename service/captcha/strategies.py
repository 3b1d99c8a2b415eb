"""The providers of each captcha strategy.

A strategy that the table does not list uses the provider in the module of its own name.
"""

from collections import defaultdict
from dataclasses import dataclass
from importlib import import_module
from typing import cast

from service.captcha.errors import ForgedCaptcha
from service.captcha.image import ImageProvider
from service.captcha.pow import WorkProvider
from service.captcha.provider import Provider
from service.captcha.token import Captcha
from service.domain.site import CaptchaStrategy


@dataclass(frozen=True, slots=True)
class Providers:
    """The provider `shown` in the form, and a `silent` one that is tried first if possible."""

    shown: Provider
    silent: Provider | None = None

    @property
    def both(self) -> tuple[Provider, ...]:
        """Both providers, or the only one."""
        return (self.shown, self.silent) if self.silent else (self.shown,)


def _named_like(strategy: CaptchaStrategy) -> Providers:
    """Find the provider of a module, `PROVIDER`; without one the service does not start."""
    module = import_module(f"service.captcha.{strategy.value}")
    return Providers(shown=cast("Provider", module.PROVIDER))


CODE = ImageProvider()
WORK = WorkProvider()
STRATEGIES: dict[CaptchaStrategy, Providers] = {
    CaptchaStrategy.IMAGE: Providers(shown=CODE),
    CaptchaStrategy.POW: Providers(shown=CODE, silent=WORK),
    CaptchaStrategy.ADAPTIVE: Providers(shown=CODE, silent=WORK),
}
STRATEGIES |= {
    strategy: _named_like(strategy)
    for strategy in CaptchaStrategy
    if strategy not in STRATEGIES and strategy is not CaptchaStrategy.OFF
}


def provider_of(captcha: Captcha) -> Provider:
    """Return the provider of a captcha.

    :raises ForgedCaptcha: no provider has its number, or no longer.
    """
    for providers in STRATEGIES.values():
        for provider in providers.both:
            if provider.number == captcha.provider:
                return provider
    raise ForgedCaptcha("no provider has this number")


def sources_of(strategy: CaptchaStrategy) -> dict[str, list[str]]:
    """Return by directive the sources that the frame needs with this strategy."""
    sources: defaultdict[str, list[str]] = defaultdict(list)
    for provider in STRATEGIES[strategy].both if strategy in STRATEGIES else ():
        for directive in provider.sources:
            name, *allowed = directive.split()
            sources[name] += allowed
    return sources
