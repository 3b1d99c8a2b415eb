"""The classifier: calibrated probabilities for texts, and the words behind them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from models.artifact import default_folder
from models.attributes import ATTRIBUTES
from models.reading.draft import TextDraft
from models.reading.identity import IDENTITY_MARK
from models.reading.lexicon import MOST_USUAL
from models.reading.normal_form import fold
from models.scoring.explanation import Span
from models.scoring.identifier import UNKNOWN, is_latin
from models.scoring.language_model import LanguageModel
from models.scoring.model import Model, read_model

ENGLISH: Final = "en"
LOOKED_AT: Final = 400
FEWEST_WORDS: Final = 3
MOSTLY: Final = 0.7
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
        self._identifier = model.identifier
        self._lexicon = model.lexicon
        self._languages = {
            code: LanguageModel(model.heads[code], model.lexicon, described)
            for code, described in config["languages"].items()
        }
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
        self._identifier.learn(frequent[:MOST_USUAL])
        if ENGLISH in self._languages:
            self._languages[ENGLISH].learn(frequent)
        self.score([REHEARSAL])

    def score(self, texts: Sequence[str]) -> list[Scores]:
        """Return the probabilities of each text; all None if the model lacks its language."""
        scores: list[Scores] = [dict.fromkeys(ATTRIBUTES) for _ in texts]
        grouped: dict[str, list[tuple[int, TextDraft]]] = defaultdict(list)
        for place, text in enumerate(texts):
            draft = _folded(text)
            code = self._scored_language_of(draft)
            if code in self._languages:
                grouped[code].append((place, draft))
        for code, members in grouped.items():
            probabilities = self._languages[code].probabilities(
                [draft for _, draft in members], [texts[place] for place, _ in members]
            )
            for (place, _), row in zip(members, probabilities, strict=True):
                scores[place].update(row)
        return scores

    def explain(self, text: str, attribute: str) -> list[Span]:
        """Return what each word adds to the log odds of an attribute; nothing if it is not scored.

        :raises ValueError: there is no such attribute.
        """
        if attribute not in ATTRIBUTES:
            raise ValueError(f"no attribute is named {attribute!r}")
        language = self._languages.get(self._scored_language_of(_folded(text)))
        if language is None or attribute not in language.attributes:
            return []
        draft = TextDraft(text, traced=True)
        fold(draft)
        return language.explain(draft, text, attribute)

    def baseline(self, text: str, attribute: str) -> float:
        """Return the log odds of an empty text, to which the spans of `explain` are added."""
        language = self._languages[self._scored_language_of(_folded(text))]
        return language.baseline(attribute)

    def language(self, text: str) -> str:
        """Return the language of a text as a BCP-47 code or `und`."""
        return self._language_of(_folded(text))

    def _scored_language_of(self, draft: TextDraft) -> str:
        """Return the language to score in; visible text without letters counts as English."""
        code = self._language_of(draft)
        return ENGLISH if code == UNKNOWN and draft.text.strip() else code

    def _language_of(self, draft: TextDraft) -> str:
        """Return the language; disguised or very short English may look like any other one."""
        folded = draft.text
        if not folded.strip():
            return UNKNOWN
        if is_latin(folded) and self._lexicon.is_plain(folded[:LOOKED_AT]):
            return ENGLISH
        code = self._identifier.identify(folded)
        if code in {ENGLISH, UNKNOWN} or ENGLISH not in self._languages or not is_latin(folded):
            return code
        return ENGLISH if self._reads_as_english(folded, code in self._languages) else code

    def _reads_as_english(self, folded: str, known: bool) -> bool:
        """Say whether most words, or all of a few, are frequent English ones after repair.

        `known` means that the text looks like another language of the model: then it has to be
        English beyond doubt.
        """
        reading = TextDraft(folded[:LOOKED_AT])
        self._languages[ENGLISH].reader.read(reading)
        if "*" in folded and self._identifier.identify(_bare(reading.text)) == ENGLISH:
            return True
        if known and folded.strip().count(" ") >= FEWEST_WORDS - 1:
            return self._lexicon.is_plain(reading.text)
        bare_words = [word for word in _bare(reading.text).split() if word.isalpha()]
        words = [word for word in bare_words if len(word) > 2]
        frequent = sum(map(self._lexicon.is_usual, words))
        if len(words) >= FEWEST_WORDS:
            return frequent >= MOSTLY * len(words)
        return bool(words) and all(map(self._lexicon.is_usual, bare_words))


def _bare(text: str) -> str:
    return text.replace(IDENTITY_MARK, "")


def _folded(text: str) -> TextDraft:
    draft = TextDraft(text)
    fold(draft)
    return draft
