"""The keyring: whose key it is, and what it may do; known without waiting for the store."""

import time
from collections.abc import Callable

from service.core import Core
from service.domain import key as keys_
from service.domain.errors import KeyRefused, ScopeMissing, SiteNotFound
from service.domain.key import ApiKey, Scope
from service.domain.policy import Policy
from service.store.accounts import apikeys, usage
from service.store.server.patience import Patience
from service.store.site import sites

FRESH = 2.0
# So often, at most, are the keys read anew because somebody shows one that is not known.
STRANGERS = 0.2
DEFAULT_POLICY = Policy()


def issue(core: Core, wanted: ApiKey) -> str:
    """Make a key with the settings of `wanted`, keep those, and give the whole key: once.

    :raises SiteNotFound: it is to be good for a site that does not exist.
    """
    if wanted.site:
        sites.get(core.redis, wanted.site)
    id_, token = keys_.mint(_secret(core), wanted.scope, core.random(keys_.ID_BYTES))
    given = {name: getattr(wanted, name) for name in ApiKey.__slots__}
    apikeys.put(core.redis, ApiKey(**given | {"id": id_, "made_at": core.now()}))
    return token


def known(core: Core, text: str) -> ApiKey | None:
    """Find a key that is good by its id or by the whole of it."""
    token = keys_.read(_secret(core), text)
    key = apikeys.find(core.redis, token.id if token else text)
    return key if key and not key.revoked else None


class Keyring:
    """The installation's keys as they were at most two seconds ago, or when the store went away."""

    def __init__(
        self, core: Core, patience: Patience, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._core, self._patience, self._clock = core, patience, clock
        self._book: dict[str, ApiKey] | None = None
        self._policies: dict[str, Policy] = {}
        self._until = 0.0

    def find(self, token: str, scope: Scope, site: str = "") -> ApiKey:
        """Say whose key it is.

        A genuine key for scoring is good even if the store was never reached: then it has the
        default settings. The other scopes need the store anyway.

        :raises KeyRefused: it is not one of ours, or was revoked.
        :raises ScopeMissing: it is good for something else.
        """
        genuine = keys_.read(_secret(self._core), token)
        if genuine is None:
            raise KeyRefused
        key = self._known(genuine.id) or self._look().get(genuine.id)
        if key is None and self._book is None and genuine.scope is Scope.ANALYZE:
            key = ApiKey(id=genuine.id, scope=genuine.scope)
        if key is None or key.revoked:
            raise KeyRefused
        if not key.covers(scope, site):
            raise ScopeMissing
        return key

    def signers(self) -> list[ApiKey]:
        """List the keys that have secrets to sign requests with."""
        book = self._fresh() or {}
        return [key for key in book.values() if key.secrets and key.covers(Scope.ANALYZE)]

    def used_this_month(self, key: ApiKey) -> int:
        """Tell how often a key was used this month; 0 while the store is away."""
        month = f"{self._core.now():%Y-%m}"
        return self._patience.ask(lambda: usage.in_month(self._core.redis, key.id, month), 0)

    def policy(self, key: ApiKey) -> Policy:
        """Give the policy of the key's site as it was last known, else the default one."""
        if not key.site:
            return DEFAULT_POLICY
        policy = self._patience.ask(lambda: self._policy_of(key.site), None)
        if policy is not None:
            self._policies[key.site] = policy
        return self._policies.get(key.site, DEFAULT_POLICY)

    def look_again(self) -> bool:
        """Read the keys before their time, for one that nobody knows; not for every stranger."""
        if self._clock() < self._until - FRESH + STRANGERS:
            return False
        self._look()
        return True

    def look(self) -> None:
        """Read the keys, if the store can be reached."""
        self._look()

    def _policy_of(self, site: str) -> Policy:
        try:
            return self._core.sites.get(site).policy
        except SiteNotFound:
            return DEFAULT_POLICY

    def _known(self, id_: str) -> ApiKey | None:
        return (self._fresh() or {}).get(id_)

    def _fresh(self) -> dict[str, ApiKey] | None:
        if self._clock() >= self._until:
            self._look()
        return self._book

    def _look(self) -> dict[str, ApiKey]:
        # Set first: others go on with what is known while one asks.
        self._until = self._clock() + FRESH
        book = self._patience.ask(lambda: apikeys.every(self._core.redis), None)
        if book is not None:
            self._book = book
        return self._book or {}


def _secret(core: Core) -> bytes:
    return core.signer.derive("api-key")
