"""The classifier: calibrated probabilities for texts, and the words behind them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from models.artifact import default_folder
from models.attributes import ATTRIBUTES
from models.reading.draft import TextDraft
from models.reading.normal_form import fold
from models.reading.span import Span
from models.scoring.language_model import LanguageModel
from models.scoring.model import Model, read_model
from models.scoring.odds import Odds, probability
from models.scoring.router import ENGLISH, Router
from models.scoring.tiers import BOTH, Tiers

USUAL: Final = 16_384
REHEARSAL: Final = "An unusaul rehearsal of m*sked, w0rds and ſigns: b.l.a.n.k"

Scores = dict[str, float | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class TextReading:
    """The scores of a text, None where it has none, and how it was read.

    `tiers` is 2 if an encoder read it, 1 if only linear models did, 0 if nothing did. The scores
    are `zero_shot` if the text is in a language in which the encoder was not trained; whether they
    are `measured` in that language says the card.
    """

    scores: Scores
    zero_shot: bool = False
    measured: bool = True
    tiers: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelInfo:
    """What is known about a model without running it.

    `zero_shot` are languages that it was not trained in, each with whether it was measured there.
    """

    name: str
    version: str
    hash: str
    languages: tuple[str, ...]
    zero_shot: Mapping[str, bool]
    attributes: tuple[str, ...]
    prevalence: Mapping[str, float | None]
    metrics: Mapping[str, Any] = field(repr=False)


class Classifier:
    """Scores texts; safe to share between threads, since its caches never change a score."""

    def __init__(self, model: Model) -> None:
        """Use a model that has been loaded and verified."""
        self._lexicon = model.lexicon
        self._languages = languages_of(model)
        self.info = _info(model)
        self._router = Router(model.identifier, model.lexicon, model.readers, self.info.zero_shot)

    @classmethod
    def load(cls, folder: Path | None = None, tiers: int = BOTH) -> "Classifier":
        """Load a model folder, or the shipped model; with one tier it reads nothing twice.

        :raises ArtifactError: the folder holds no model, or its files were changed.
        """
        return cls(read_model(folder or default_folder(), tiers))

    def warm(self, words: int = USUAL) -> None:
        """Cache the most frequent English words, so that the first comments are quick."""
        frequent = self._lexicon.ranked[:words]
        self._router.learn(frequent)
        if ENGLISH in self._languages and (first := self._languages[ENGLISH].first):
            first.learn(frequent)
        self.score([REHEARSAL])

    def score(self, texts: Sequence[str], languages: Sequence[str] = ()) -> list[Scores]:
        """Return the probabilities of each text, as `read` does."""
        return [reading.scores for reading in self.read(texts, languages)]

    def read(
        self,
        texts: Sequence[str],
        languages: Sequence[str] = (),
        *,
        tiers: int = BOTH,
        hurry: bool = False,
    ) -> list[TextReading]:
        """Read each text; its scores are None if the model lacks its language.

        `languages` names the language of each text as a BCP-47 tag, "" where none is known. It is
        believed if the text does not clearly contradict it. Where the language is in doubt, each
        one that it may be is scored, and the highest score counts.

        With `tiers` 1 no text is read twice, and zero-shot languages have no scores. In a `hurry`
        what the first tier finds calm is not read twice.

        :raises ValueError: there are not as many languages as texts.
        """
        readings = [TextReading(scores=dict.fromkeys(ATTRIBUTES)) for _ in texts]
        grouped: dict[str, list[tuple[int, TextDraft]]] = defaultdict(list)
        named = languages or [""] * len(texts)
        for place, (text, language) in enumerate(zip(texts, named, strict=True)):
            draft = _folded(text)
            for code in self._router.readers(draft, language):
                grouped[code].append((place, TextDraft(draft.text)))
        for code, members in grouped.items():
            rows = self._languages[code].odds(
                [draft for _, draft in members],
                [texts[place] for place, _ in members],
                tiers,
                hurry,
            )
            for (place, _), (row, tier) in zip(members, rows, strict=True):
                readings[place] = _raised(readings[place], self._reading(code, row, tier))
        return readings

    def explain(self, text: str, attribute: str, language: str = "") -> list[Span]:
        """Return what each word adds to the log odds of an attribute; nothing if it is not scored.

        These are the log odds of all tiers in the language of `read_in`; `language` is as for
        `read`. A span of the whole text holds what is due to no single word.

        :raises ValueError: there is no such attribute.
        """
        code = self.read_in(text, attribute, language)
        return list(self._languages[code].explain(text, attribute).spans) if code else []

    def baseline(self, text: str, attribute: str, language: str = "") -> float:
        """Return the log odds to which the spans of `explain` are added."""
        code = self.read_in(text, attribute, language)
        return self._languages[code].explain(text, attribute).baseline

    def read_in(self, text: str, attribute: str, language: str = "") -> str:
        """Return the language whose score of an attribute counts, "" if none has one.

        :raises ValueError: there is no such attribute.
        """
        if attribute not in ATTRIBUTES:
            raise ValueError(f"no attribute is named {attribute!r}")
        codes = [
            code
            for code in self._router.readers(_folded(text), language)
            if attribute in self._languages[code].attributes
        ]
        if len(codes) < 2:
            return codes[0] if codes else ""
        return max(codes, key=lambda code: self._alone(code, text)[attribute])

    def language(self, text: str) -> str:
        """Return the likeliest language of a text as a BCP-47 code or `und`."""
        return self._router.language(_folded(text))

    def _reading(self, code: str, row: Odds, tier: int) -> TextReading:
        """Return the reading in one language."""
        return TextReading(
            scores={name: probability(odds) for name, odds in row.items()},
            zero_shot=bool(row) and code in self.info.zero_shot,
            measured=not row or self.info.zero_shot.get(code, True),
            tiers=tier,
        )

    def _alone(self, code: str, text: str) -> Odds:
        """Read a text in one language, whatever it looks like."""
        [(row, _)] = self._languages[code].odds([_folded(text)], [text])
        return row


def languages_of(model: Model) -> dict[str, Tiers]:
    """Return the tiers of each language of a model."""
    described = model.config["languages"]
    first = {
        code: LanguageModel(heads, model.readers[code], described[code])
        for code, heads in model.heads.items()
    }
    return {
        code: Tiers(first.get(code), model.second.get(code))
        for code in dict.fromkeys((*first, *model.second))
    }


def _info(model: Model) -> ModelInfo:
    config, languages = model.config, model.config["languages"]
    zero_shot = {
        code: bool(each.get("measured"))
        for code, each in config.get("zero_shot", {}).items()
        if code in model.second
    }
    return ModelInfo(
        name=config["name"],
        version=config["version"],
        hash=model.hash,
        languages=tuple(languages),
        zero_shot=zero_shot,
        attributes=ATTRIBUTES,
        prevalence={code: each.get("prevalence") for code, each in languages.items()},
        metrics=model.metrics,
    )


def _raised(reading: TextReading, other: TextReading) -> TextReading:
    """Return a reading with the scores in one more language where those are higher."""
    scores = dict(reading.scores)
    for attribute, score in other.scores.items():
        scores[attribute] = max(score or 0.0, scores[attribute] or 0.0)
    return TextReading(
        scores=scores,
        zero_shot=reading.zero_shot or other.zero_shot,
        measured=reading.measured and other.measured,
        tiers=max(reading.tiers, other.tiers),
    )


def _folded(text: str) -> TextDraft:
    draft = TextDraft(text)
    fold(draft)
    return draft
