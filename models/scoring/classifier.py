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
from models.scoring.explanation import Span
from models.scoring.language_model import LanguageModel
from models.scoring.model import Model, read_model
from models.scoring.router import ENGLISH, Router

USUAL: Final = 16_384
REHEARSAL: Final = "An unusaul rehearsal of m*sked, w0rds and ſigns: b.l.a.n.k"

Scores = dict[str, float | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelInfo:
    """What is known about a model without running it."""

    name: str
    version: str
    hash: str
    languages: tuple[str, ...]
    attributes: tuple[str, ...]
    prevalence: Mapping[str, float | None]
    metrics: Mapping[str, Any] = field(repr=False)


class Classifier:
    """Scores texts; safe to share between threads, since its caches never change a score."""

    def __init__(self, model: Model) -> None:
        """Use a model that has been loaded and verified."""
        config = model.config
        self._lexicon = model.lexicon
        self._languages = {
            code: LanguageModel(model.heads[code], model.lexicon, described)
            for code, described in config["languages"].items()
        }
        readers = {code: language.reader for code, language in self._languages.items()}
        self._router = Router(model.identifier, model.lexicon, readers)
        self.info = ModelInfo(
            name=config["name"],
            version=config["version"],
            hash=model.hash,
            languages=tuple(config["languages"]),
            attributes=ATTRIBUTES,
            prevalence={
                code: described.get("prevalence") for code, described in config["languages"].items()
            },
            metrics=model.metrics,
        )

    @classmethod
    def load(cls, folder: Path | None = None) -> "Classifier":
        """Load a model folder, or the shipped model.

        :raises ArtifactError: the folder holds no model, or its files were changed.
        """
        return cls(read_model(folder or default_folder()))

    def warm(self, words: int = USUAL) -> None:
        """Cache the most frequent English words, so that the first comments are quick."""
        frequent = self._lexicon.ranked[:words]
        self._router.learn(frequent)
        if ENGLISH in self._languages:
            self._languages[ENGLISH].learn(frequent)
        self.score([REHEARSAL])

    def score(self, texts: Sequence[str], languages: Sequence[str] = ()) -> list[Scores]:
        """Return the probabilities of each text; all None if the model lacks its language.

        `languages` names the language of each text as a BCP-47 tag, "" where none is known. It is
        believed if the text does not clearly contradict it. Where the language is in doubt, each
        one that it may be is scored, and the highest score counts.

        :raises ValueError: there are not as many languages as texts.
        """
        scores: list[Scores] = [dict.fromkeys(ATTRIBUTES) for _ in texts]
        grouped: dict[str, list[tuple[int, TextDraft]]] = defaultdict(list)
        named = languages or [""] * len(texts)
        for place, (text, language) in enumerate(zip(texts, named, strict=True)):
            draft = _folded(text)
            for code in self._router.readers(draft, language):
                grouped[code].append((place, TextDraft(draft.text)))
        for code, members in grouped.items():
            probabilities = self._languages[code].probabilities(
                [draft for _, draft in members], [texts[place] for place, _ in members]
            )
            for (place, _), row in zip(members, probabilities, strict=True):
                _raise(scores[place], row)
        return scores

    def explain(self, text: str, attribute: str, language: str = "") -> list[Span]:
        """Return what each word adds to the log odds of an attribute; nothing if it is not scored.

        These are the log odds in the language of `read_in`; `language` is as for `score`.

        :raises ValueError: there is no such attribute.
        """
        code = self.read_in(text, attribute, language)
        if not code:
            return []
        draft = TextDraft(text, traced=True)
        fold(draft)
        return self._languages[code].explain(draft, text, attribute)

    def baseline(self, text: str, attribute: str, language: str = "") -> float:
        """Return the log odds of an empty text, to which the spans of `explain` are added."""
        return self._languages[self.read_in(text, attribute, language)].baseline(attribute)

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
        return max(codes, key=lambda code: self._alone(code, text)[attribute], default="")

    def language(self, text: str) -> str:
        """Return the likeliest language of a text as a BCP-47 code or `und`."""
        return self._router.language(_folded(text))

    def _alone(self, code: str, text: str) -> dict[str, float]:
        """Score a text in one language, whatever it looks like."""
        [row] = self._languages[code].probabilities([_folded(text)], [text])
        return row


def _raise(scores: Scores, row: Mapping[str, float]) -> None:
    """Raise scores to those of one more language."""
    for attribute, score in row.items():
        scores[attribute] = max(score, scores[attribute] or 0.0)


def _folded(text: str) -> TextDraft:
    draft = TextDraft(text)
    fold(draft)
    return draft
