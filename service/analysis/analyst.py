"""The analyst: everything a process needs to analyze texts, assembled once."""

from dataclasses import dataclass
from pathlib import Path

import structlog

from service.analysis.shadow import Shadow
from service.clients.keyring import Keyring
from service.clients.meter import Meter
from service.clients.quotas import Quotas
from service.core import Core
from service.domain.errors import NotScored
from service.domain.hosts import host_of
from service.domain.key import ApiKey
from service.scoring import BOTH_TIERS, Scorer, Scorers
from service.store.server.patience import Patience

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Analyst:
    """The core with the scorers, the keyring and the meter."""

    core: Core
    scorers: Scorers
    keyring: Keyring
    quotas: Quotas
    meter: Meter
    shadow: Shadow | None = None

    @classmethod
    def of(
        cls,
        core: Core,
        model: Path | None = None,
        tiers: int = BOTH_TIERS,
        perspective: str = "",
    ) -> "Analyst":
        """Assemble an analyst without reading or loading anything yet.

        `perspective` is the address at which Perspective is asked too, "" for nowhere.
        """
        patience = Patience()
        keyring, quotas = Keyring(core, patience), Quotas(core, patience)
        shadow = Shadow(core, perspective) if perspective else None
        return cls(core, Scorers(model, tiers), keyring, quotas, Meter(core), shadow)

    def make_ready(self) -> None:
        """Load the classifier and read the keys, so that the first caller does not wait."""
        try:
            self.scorers.warm()
        except NotScored:
            log.warning("no scores here: comments are taken in, judging is the workers'")
        self.keyring.look()

    def scorer(self, key: ApiKey, *own: str) -> Scorer:
        """Return the scorer for the texts of a key: that of its site, if it has one.

        `own` are addresses of the pages that the texts are about.
        """
        hosts = frozenset(map(host_of, own)) - {""}
        return self.scorers.of(self.keyring.site(key)).trusting(hosts)

    def charge(self, key: ApiKey, count: int = 1) -> None:
        """Charge a key's quota and count the use.

        :raises TooMany: the quota is used up for now.
        """
        self.quotas.spend(key, count)
        self.meter.used(key, count)
