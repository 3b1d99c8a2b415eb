"""Scoring: the only module of the service that loads a model."""

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import structlog

from service.domain import links, reputation
from service.domain.attribute import Attribute
from service.domain.errors import Busy, NotScored
from service.domain.site import Site
from service.domain.verdict import Depth
from service.turnstile import Turnstile

if TYPE_CHECKING:
    from models import Classifier, ModelInfo, TextReading

# Programs send up to a hundred long texts at once; readers' threads must not all score them.
AT_ONCE, PATIENCE = 2, 2.0
# Characters that one caller has read before others get their turn, or one longer text.
TURN = 20_000
BOTH_TIERS = 2

Scores = dict[str, float | None]

log = structlog.get_logger(__name__)

# The highest spam score of a text whose only sign of it is one or two links of no bad standing.
BARE_LINK = 0.9
# Below this the words of such a text are ordinary.
ORDINARY = 0.02


@dataclass(frozen=True, slots=True)
class Share:
    """A span of a text, with its contribution to the log odds of an attribute."""

    start: int
    end: int
    contribution: float


@dataclass(frozen=True, slots=True)
class ScoredText:
    """The scores of a text, None where it has none, and how thoroughly it was read."""

    scores: Scores
    depth: Depth = Depth.UNREAD


UNREAD = ScoredText({})


@dataclass(frozen=True, slots=True)
class Scorer:
    """Scores texts with one model, which is loaded on first use.

    Links to hosts that are trusted, or known to be reputable, are no sign of spam. A named language
    is believed if the text does not clearly contradict it. With one tier, texts are read by linear
    models only; in a hurry, those that these find calm.
    """

    _model: "LoadedModel"
    _trusted: frozenset[str] = frozenset()
    _named: str = ""
    _tiers: int = BOTH_TIERS
    _hurries: bool = False

    def trusting(self, hosts: frozenset[str]) -> "Scorer":
        """Return a scorer with the same model that also trusts links to these hosts."""
        return replace(self, _trusted=self._trusted | hosts) if hosts else self

    def naming(self, language: str) -> "Scorer":
        """Return a scorer of texts in a named language, a BCP-47 tag; "" changes nothing."""
        return replace(self, _named=language) if language else self

    def naming_none(self) -> "Scorer":
        """Return a scorer of texts that need not be in the language of their page."""
        return replace(self, _named="")

    def reading_once(self) -> "Scorer":
        """Return a quick scorer, for what cannot wait or is too short to be worth an encoder."""
        return replace(self, _tiers=1)

    def hurrying(self) -> "Scorer":
        """Return a scorer for a flood: it reads only once what is surely calm."""
        return replace(self, _hurries=True)

    def warm(self) -> None:
        """Load the model and fill its caches with the most frequent words.

        :raises NotScored: there is no model, or it failed.
        """
        classifier = self._model.classifier()
        with _broken_is_not_scored():
            classifier.warm()

    @property
    def info(self) -> "ModelInfo":
        """The model's name, version and languages.

        :raises NotScored: there is no model.
        """
        return self._model.classifier().info

    @property
    def model(self) -> str:
        """The name and version of the model."""
        return f"{self.info.name}-{self.info.version}"

    @property
    def languages(self) -> frozenset[str]:
        """The languages that the model scores, trained or zero-shot."""
        return frozenset((*self.info.languages, *self.info.zero_shot))

    def score(self, texts: Sequence[str], languages: Sequence[str] = ()) -> list[Scores]:
        """Return the probabilities of each text, as `read` does."""
        return [text.scores for text in self.read(texts, languages)]

    def read(self, texts: Sequence[str], languages: Sequence[str] = ()) -> list[ScoredText]:
        """Return the probabilities of each text, None where the model has none, and its depth.

        `languages` names that of each text where it is not the scorer's own, "" elsewhere.

        :raises NotScored: there is no model, it failed, or too many ask at the same time.
        """
        classifier = self._model.classifier()
        named = [language or self._named for language in languages or [""] * len(texts)]
        readings: list[TextReading] = []
        with _broken_is_not_scored():
            vouched = [self._vouched(text) for text in texts]
            for turn in _turns(list(zip(vouched, named, strict=True))):
                with self._model.turnstile.passed():
                    readings += self._readings(classifier, *zip(*turn, strict=True))
        return [ScoredText(reading.scores, _depth(reading)) for reading in readings]

    def _readings(
        self, classifier: "Classifier", texts: Sequence[str], named: Sequence[str]
    ) -> "list[TextReading]":
        """Read some texts; a bare link alone makes none of them surely spam.

        Spammers write such comments too, so the score stays high; but the link is no proof.
        """

        def read(some: Sequence[str], languages: Sequence[str]) -> "list[TextReading]":
            return classifier.read(some, languages, tiers=self._tiers, hurry=self._hurries)

        readings = read(texts, named)
        bare = {
            place: plain
            for place, reading in enumerate(readings)
            if (reading.scores.get(Attribute.SPAM) or 0.0) > BARE_LINK
            and (plain := _if_only_bare(texts[place]))
        }
        words = read(list(bare.values()), [named[place] for place in bare])
        for place, plain_reading in zip(bare, words, strict=True):
            if (plain_reading.scores.get(Attribute.SPAM) or 0.0) < ORDINARY:
                scores = readings[place].scores | {Attribute.SPAM: BARE_LINK}
                readings[place] = replace(readings[place], scores=scores)
        return readings

    def language(self, text: str) -> str:
        """Return the language of a text as a BCP-47 code or `und`.

        :raises NotScored: there is no model.
        """
        return self._model.classifier().language(self._vouched(text))

    def explain(self, text: str, attribute: str) -> list[Share]:
        """Return the contribution of each word to the log odds of an attribute.

        :raises NotScored: there is no model, it failed, or too many ask at the same time.
        """
        classifier = self._model.classifier()
        with _broken_is_not_scored(), self._model.turnstile.passed():
            spans = classifier.explain(self._vouched(text), attribute, self._named)
        return [Share(span.start, span.end, span.contribution) for span in spans]

    def read_in(self, text: str, attribute: str) -> str:
        """Return the language whose score of an attribute counts, "" if there is none.

        :raises NotScored: there is no model, it failed, or too many ask at the same time.
        """
        classifier = self._model.classifier()
        with _broken_is_not_scored(), self._model.turnstile.passed():
            return classifier.read_in(self._vouched(text), attribute, self._named)

    def _vouched(self, text: str) -> str:
        from models import KNOWN_LINK

        return reputation.vouch(text, self._trusted, KNOWN_LINK)


class LoadedModel:
    """One model, loaded once by whichever thread needs it first."""

    def __init__(self, folder: Path | None = None, tiers: int = BOTH_TIERS) -> None:
        self._folder, self._tiers = folder, tiers
        self._lock = threading.Lock()
        self.turnstile = Turnstile(AT_ONCE, PATIENCE)
        self._loaded: Classifier | None = None

    def classifier(self) -> "Classifier":
        """Return the classifier.

        :raises NotScored: there is no model.
        """
        if self._loaded is None:
            with self._lock:
                self._loaded = self._loaded or self._load()
        return self._loaded

    def _load(self) -> "Classifier":
        # Imported late: commands that score nothing should not wait for numpy.
        from models import ArtifactError, Classifier

        try:
            return Classifier.load(self._folder, self._tiers)
        except (ArtifactError, OSError) as error:
            log.error("model not loaded", error=type(error).__name__, says=str(error)[:200])
            raise NotScored(str(error)) from error


class Scorers:
    """Chooses the scorer of a site for web processes and workers.

    One model serves all sites so far; a site's own model would be chosen here. A site's own hosts,
    and those that its owner trusts, are trusted by its scorer, and its language is named.
    """

    def __init__(self, folder: Path | None = None, tiers: int = BOTH_TIERS) -> None:
        """Use the model in this folder, or the shipped one; nothing is loaded yet."""
        self._scorer = Scorer(LoadedModel(folder, tiers))

    def of(self, site: Site | None = None) -> Scorer:
        """Return the scorer of a site, or the one for texts without a site."""
        if site is None:
            return self._scorer
        return self._scorer.trusting(site.trusted_hosts).naming(site.language)

    def warm(self) -> None:
        """Load and warm every model, so that the first comment does not wait.

        :raises NotScored: there is no model, or it failed.
        """
        self._scorer.warm()


def _turns(texts: Sequence[tuple[str, str]]) -> Iterator[Sequence[tuple[str, str]]]:
    """Split texts into those that are read in one turn, at least one and few characters."""
    turn: list[tuple[str, str]] = []
    characters = 0
    for text in texts:
        if turn and characters + len(text[0]) > TURN:
            yield turn
            turn, characters = [], 0
        turn.append(text)
        characters += len(text[0])
    if turn:
        yield turn


def _depth(reading: "TextReading") -> Depth:
    if reading.zero_shot:
        return Depth.ZERO_SHOT if reading.measured else Depth.UNMEASURED
    return (Depth.UNREAD, Depth.ONCE, Depth.TWICE)[reading.tiers]


def _if_only_bare(text: str) -> str:
    """Return a text without suspicion of its few links, "" if it has none or worse ones."""
    from models import KNOWN_LINK, may_be_bare

    found = [link for link in links.find(text) if link.is_certain]
    strange = [link for link in found if link.url != KNOWN_LINK]
    is_bare = bool(strange) and may_be_bare([link.url for link in found])
    return reputation.replace(text, found, KNOWN_LINK) if is_bare else ""


@contextmanager
def _broken_is_not_scored() -> Iterator[None]:
    """Convert any exception of a model to `NotScored`, which every caller handles.

    An unscored text must never look like a harmless one.
    """
    try:
        yield
    except Busy as error:
        log.warning("not scored: too many at once")
        raise NotScored from error
    except Exception as error:  # whatever a model raises: its text is unscored
        log.exception("scoring failed", error=type(error).__name__)
        raise NotScored from error
