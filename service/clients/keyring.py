"""The keyring: looks up API keys and their scopes without waiting for the store."""

import time
from collections.abc import Callable

from service.core import Core
from service.domain import key as keys_
from service.domain.errors import KeyRefused, ScopeMissing, SiteNotFound
from service.domain.key import ApiKey, KeyToken, Scope
from service.domain.policy import Policy
from service.domain.site import Site
from service.store.accounts import apikeys, usage
from service.store.server.patience import Patience
from service.store.site import sites

FRESH = 2.0
# Unknown keys trigger a new read of all keys at most this often, in seconds.
STRANGERS = 0.2
DEFAULT_POLICY = Policy()


def issue(core: Core, wanted: ApiKey) -> str:
    """Make a key with the settings of `wanted`, store them, and return the full key, this once.

    :raises SiteNotFound: the key's site does not exist.
    """
    if wanted.site:
        sites.get(core.redis, wanted.site)
    id_, token = keys_.mint(_secrets(core)[0], wanted.scope, core.random(keys_.ID_BYTES))
    fields = {name: getattr(wanted, name) for name in ApiKey.__slots__}
    apikeys.put(core.redis, ApiKey(**fields | {"id": id_, "made_at": core.now()}))
    return token


def known(core: Core, text: str) -> ApiKey | None:
    """Find a key that is not revoked, by its id or by the full key."""
    token = _read(core, text)
    key = apikeys.find(core.redis, token.id if token else text)
    return key if key and not key.revoked else None


class Keyring:
    """The installation's keys, cached for two seconds, or for as long as the store is away."""

    def __init__(
        self, core: Core, patience: Patience, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._core, self._patience, self._clock = core, patience, clock
        self._keys: dict[str, ApiKey] | None = None
        self._sites: dict[str, Site] = {}
        self._until = 0.0

    def find(self, token: str, scope: Scope, site: str = "") -> ApiKey:
        """Find the key that a token belongs to.

        A genuine key for scoring works even if the store was never reached: it then has the
        default settings. The other scopes need the store anyway.

        :raises KeyRefused: the key is not one of ours, or was revoked.
        :raises ScopeMissing: the key does not cover this scope or site.
        """
        genuine = _read(self._core, token)
        if genuine is None:
            raise KeyRefused
        key = self._known(genuine.id) or self._look().get(genuine.id)
        if key is None and self._keys is None and genuine.scope is Scope.ANALYZE:
            key = ApiKey(id=genuine.id, scope=genuine.scope)
        if key is None or key.revoked:
            raise KeyRefused
        if not key.covers(scope, site):
            raise ScopeMissing
        return key

    def signers(self) -> list[ApiKey]:
        """List the keys for scoring that have secrets for signed requests."""
        keys = self._fresh() or {}
        return [key for key in keys.values() if key.secrets and key.covers(Scope.ANALYZE)]

    def origins(self) -> frozenset[str]:
        """Return the origins whose pages may use at least one of the keys for scoring."""
        keys = self._fresh() or {}
        usable = [key for key in keys.values() if key.covers(Scope.ANALYZE)]
        return frozenset(origin for key in usable for origin in key.origins)

    def used_this_month(self, key: ApiKey) -> int:
        """Count a key's uses this month; 0 while the store is away."""
        month = f"{self._core.now():%Y-%m}"
        return self._patience.ask(lambda: usage.in_month(self._core.redis, key.id, month), 0)

    def policy(self, key: ApiKey) -> Policy:
        """Return the last known policy of the key's site, or the default one."""
        site = self.site(key)
        return site.policy if site else DEFAULT_POLICY

    def site(self, key: ApiKey) -> Site | None:
        """Return the key's site as last known, None if it has none."""
        if not key.site:
            return None
        try:
            site = self._patience.ask(lambda: self._core.sites.get(key.site), None)
        except SiteNotFound:
            self._sites.pop(key.site, None)
            return None
        if site is not None:
            self._sites[key.site] = site
        return self._sites.get(key.site)

    def look_again(self) -> bool:
        """Read the keys early, for an unknown key, unless that happened a moment ago."""
        if self._clock() < self._until - FRESH + STRANGERS:
            return False
        self._look()
        return True

    def look(self) -> None:
        """Read the keys if the store can be reached."""
        self._look()

    def _known(self, id_: str) -> ApiKey | None:
        return (self._fresh() or {}).get(id_)

    def _fresh(self) -> dict[str, ApiKey] | None:
        if self._clock() >= self._until:
            self._look()
        return self._keys

    def _look(self) -> dict[str, ApiKey]:
        # Set first: other threads use the cached keys while one of them reads.
        self._until = self._clock() + FRESH
        keys = self._patience.ask(lambda: apikeys.every(self._core.redis), None)
        if keys is not None:
            self._keys = keys
        return self._keys or {}


def _read(core: Core, text: str) -> KeyToken | None:
    tokens = (keys_.read(secret, text) for secret in _secrets(core))
    return next(filter(None, tokens), None)


def _secrets(core: Core) -> list[bytes]:
    return [signer.derive("api-key") for signer in core.signer.generations]
