"""The nudge: predict whether a comment would be held for its tone; a late answer means no."""

from collections.abc import Callable
from threading import BoundedSemaphore, Thread

import structlog

from service.domain.policy import Policy
from service.domain.site import Site
from service.judging.case import Case
from service.judging.phases.spam import spam
from service.judging.phases.toxicity import toxicity
from service.scoring import Scorers, Scores

PATIENCE = 1.0
AT_ONCE = 2

log = structlog.get_logger(__name__)


class Foresight:
    """Predicts a hold while the author waits, for a second at most; each text is read once."""

    def __init__(self, scorers: Scorers, *, patience: float = PATIENCE) -> None:
        self._scorers, self._patience = scorers, patience
        # A scorer that hangs must not pile up threads.
        self._free = BoundedSemaphore(AT_ONCE)

    def of(self, site: Site, language: str = "") -> Callable[[str], bool] | None:
        """Return the prediction for a site's texts; None if the site does not nudge.

        `language` is the one that the page names.
        """
        if not site.policy.nudge:
            return None
        return lambda body: is_harsh(site.policy, self._scores(site, body, language))

    def spam_of(self, site: Site, language: str = "") -> Callable[[str], bool] | None:
        """Return whether a text looks like spam; None if no model is at hand, as for `of`."""
        if not site.policy.nudge:
            return None
        return lambda body: is_spam(site.policy, self._scores(site, body, language))

    def _scores(self, site: Site, body: str, language: str) -> Scores:
        if not self._free.acquire(blocking=False):
            return {}
        results: list[Scores] = []
        worker = Thread(target=self._score, args=(site, body, language, results), daemon=True)
        worker.start()
        worker.join(self._patience)
        return results[0] if results else {}

    def _score(self, site: Site, body: str, language: str, results: list[Scores]) -> None:
        try:
            results.extend(self._scorers.of(site).reading_once().score([body], [language]))
        except Exception as error:  # a failing classifier must not keep anybody from commenting
            log.warning("nudge failed", error=type(error).__name__)
        finally:
            self._free.release()


def is_harsh(policy: Policy, scores: Scores) -> bool:
    """Tell whether the pipeline would hold or reject a text with these scores for its tone."""
    opinion = toxicity(Case(policy=policy, scores=scores))
    return opinion is not None and not opinion.lacks_score


def is_spam(policy: Policy, scores: Scores) -> bool:
    """Tell whether the pipeline would hold or reject a text with these scores as spam."""
    opinion = spam(Case(policy=policy, scores=scores))
    return opinion is not None and not opinion.lacks_score
