"""The one module of the service that loads a model: texts in, scores and explanations out."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import structlog

from service.domain.errors import NotScored

if TYPE_CHECKING:
    from models import Classifier

Scores = dict[str, float | None]

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Share:
    """A stretch of a text and what it adds to the log odds of an attribute."""

    start: int
    end: int
    contribution: float


class Scorer:
    """Scores texts in this process; loads the classifier when it is first asked, or by `load`."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        self._loaded: Classifier | None = None

    def load(self) -> None:
        """Load and warm the classifier; if it is broken, whoever asks for scores hears it."""
        try:
            self._classifier().warm()
        except NotScored:
            log.warning("no scores here: comments are taken in, judging is the workers'")

    @property
    def model(self) -> str:
        """Name and version of the model."""
        info = self._classifier().info
        return f"{info.name}-{info.version}"

    @property
    def languages(self) -> frozenset[str]:
        """The languages that the model was trained in."""
        return frozenset(self._classifier().info.languages)

    def score(self, texts: Sequence[str]) -> list[Scores]:
        """Give each text its probabilities; None where the model has none.

        :raises NotScored: there is no model, or it broke.
        """
        classifier = self._classifier()
        try:
            return classifier.score(texts)
        except Exception as error:
            # Whatever it is, an unscored text must never look like a harmless one.
            log.exception("scoring failed", error=type(error).__name__)
            raise NotScored from error

    def language(self, text: str) -> str:
        """Name the language of a text, as a BCP-47 code or `und`."""
        return self._classifier().language(text)

    def explain(self, text: str, attribute: str) -> list[Share]:
        """Say what each word adds to the log odds of an attribute."""
        found = self._classifier().explain(text, attribute)
        return [Share(span.start, span.end, span.contribution) for span in found]

    def _classifier(self) -> "Classifier":
        if self._loaded is None:
            with self._lock:
                self._loaded = self._loaded or self._load()
        return self._loaded

    def _load(self) -> "Classifier":
        # Here and not above: commands that score nothing need neither numpy nor the time it takes.
        from models import ArtifactError, Classifier

        try:
            return Classifier.load(self._folder)
        except (ArtifactError, OSError) as error:
            log.error("model not loaded", error=type(error).__name__, says=str(error)[:200])
            raise NotScored from error
