"""Foresee whether a comment would be held for its tone; not knowing in time means no."""

from collections.abc import Callable
from threading import BoundedSemaphore, Thread

import structlog

from service.domain.site import Site
from service.scoring import Scorers, Scores

PATIENCE = 1.0
AT_ONCE = 2
TONE = frozenset(
    {
        "TOXICITY",
        "SEVERE_TOXICITY",
        "INSULT",
        "PROFANITY",
        "THREAT",
        "IDENTITY_ATTACK",
        "SEXUALLY_EXPLICIT",
    }
)

log = structlog.get_logger(__name__)


class Foresight:
    """Scores one text at a time while its writer waits, for a second at most."""

    def __init__(self, scorers: Scorers, *, patience: float = PATIENCE) -> None:
        self._scorers, self._patience = scorers, patience
        # A scorer that hangs must not gather threads.
        self._free = BoundedSemaphore(AT_ONCE)

    def of(self, site: Site) -> Callable[[str], bool] | None:
        """Give the question that a site asks before it takes a comment; None if it asks none."""
        return (lambda body: self._would_be_held(site, body)) if site.policy.nudge else None

    def _would_be_held(self, site: Site, body: str) -> bool:
        scores = self._scores(site, body)
        lines = site.policy.thresholds
        return any(
            (score := scores.get(name)) is not None and name in lines and score >= lines[name].hold
            for name in TONE
        )

    def _scores(self, site: Site, body: str) -> Scores:
        if not self._free.acquire(blocking=False):
            return {}
        found: list[Scores] = []
        worker = Thread(target=self._score, args=(site, body, found), daemon=True)
        worker.start()
        worker.join(self._patience)
        return found[0] if found else {}

    def _score(self, site: Site, body: str, found: list[Scores]) -> None:
        try:
            found.extend(self._scorers.of(site).score([body]))
        except Exception as error:
            # Whatever is wrong with the scores, a comment can be sent.
            log.warning("no foresight", error=type(error).__name__)
        finally:
            self._free.release()
