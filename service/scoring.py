"""The one module of the service that loads a model: texts in, scores and explanations out."""

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import structlog

from service.domain.errors import NotScored
from service.domain.site import Site

if TYPE_CHECKING:
    from models import Classifier, ModelInfo

Scores = dict[str, float | None]

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Share:
    """A stretch of a text and what it adds to the log odds of an attribute."""

    start: int
    end: int
    contribution: float


class Scorer:
    """Scores texts by one model, which is loaded when it is first asked."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        self._loaded: Classifier | None = None

    def warm(self) -> None:
        """Load the model and let it learn the most usual words.

        :raises NotScored: there is no model, or it broke.
        """
        classifier = self._classifier()
        with _broken_is_not_scored():
            classifier.warm()

    @property
    def info(self) -> "ModelInfo":
        """What is known of the model: its name, version and languages.

        :raises NotScored: there is no model.
        """
        return self._classifier().info

    @property
    def model(self) -> str:
        """Name and version of the model."""
        return f"{self.info.name}-{self.info.version}"

    @property
    def languages(self) -> frozenset[str]:
        """The languages that the model was trained in."""
        return frozenset(self.info.languages)

    def score(self, texts: Sequence[str]) -> list[Scores]:
        """Give each text its probabilities; None where the model has none.

        :raises NotScored: there is no model, or it broke.
        """
        classifier = self._classifier()
        with _broken_is_not_scored():
            return classifier.score(texts)

    def language(self, text: str) -> str:
        """Name the language of a text, as a BCP-47 code or `und`.

        :raises NotScored: there is no model.
        """
        return self._classifier().language(text)

    def explain(self, text: str, attribute: str) -> list[Share]:
        """Say what each word adds to the log odds of an attribute.

        :raises NotScored: there is no model.
        """
        spans = self._classifier().explain(text, attribute)
        return [Share(span.start, span.end, span.contribution) for span in spans]

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
            raise NotScored(str(error)) from error


class Scorers:
    """What web processes and workers ask for scores: the scorer of a site.

    One model serves all sites so far; another for a site, or a second opinion, is chosen here.
    """

    def __init__(self, folder: Path | None = None) -> None:
        """Score by the model in this folder, or by the shipped one; nothing is loaded yet."""
        self._scorer = Scorer(folder)

    def of(self, site: Site | str | None = None) -> Scorer:
        """Give the scorer of a site, or for texts that belong to none."""
        return self._scorer

    def warm(self) -> None:
        """Load and warm every model, so that the first comment does not wait.

        :raises NotScored: there is no model, or it broke.
        """
        self._scorer.warm()


@contextmanager
def _broken_is_not_scored() -> Iterator[None]:
    """Turn whatever goes wrong in a model into one error that every caller knows.

    An unscored text must never look like a harmless one.
    """
    try:
        yield
    except Exception as error:
        log.exception("scoring failed", error=type(error).__name__)
        raise NotScored from error
