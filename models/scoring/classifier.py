"""Texts go in; calibrated probabilities, and the words that speak for them, come out."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import numpy as np

from models.artifact import Artifact, default_folder, read_artifact
from models.attributes import ATTRIBUTES
from models.features.signs import signs_of
from models.reading.draft import Draft
from models.reading.identity import IDENTITY_MARK
from models.reading.language import UNKNOWN, is_latin
from models.reading.lexicon import MOST_USUAL
from models.reading.normalise import fold
from models.reading.reader import reader_of
from models.scoring.explain import Span, per_character, spans_of
from models.scoring.heads import Scorer
from models.scoring.windows import Windows

ENGLISH: Final = "en"
LOOKED_AT: Final = 400
FEWEST_WORDS: Final = 3
MOSTLY: Final = 0.7
SUREST: Final = 30.0
USUAL: Final = 16_384
REHEARSAL: Final = "An unusaul rehearsal of m*sked, w0rds and ſigns: b.l.a.n.k"

Scores = dict[str, float | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelInfo:
    """What is known of a model without running it."""

    name: str
    version: str
    hash: str
    languages: tuple[str, ...]
    attributes: tuple[str, ...]
    prevalence: Mapping[str, float | None]
    metrics: Mapping[str, Any] = field(repr=False)


class Classifier:
    """Scores texts; safe to share between threads: what is remembered of words changes no score."""

    def __init__(self, artifact: Artifact) -> None:
        """Serve a model that has been read and verified."""
        config = artifact.config
        self._identifier = artifact.identifier
        self._lexicon = artifact.lexicon
        self._tongues = {
            code: _Tongue(artifact, code, described)
            for code, described in config["languages"].items()
        }
        self.info = ModelInfo(
            name=config["name"],
            version=config["version"],
            hash=artifact.hash,
            languages=tuple(config["languages"]),
            attributes=ATTRIBUTES,
            prevalence={
                code: described.get("prevalence") for code, described in config["languages"].items()
            },
            metrics=artifact.metrics,
        )

    @classmethod
    def load(cls, folder: Path | None = None) -> "Classifier":
        """Read a model folder, or the model that is shipped.

        :raises ArtifactError: the folder is no model, or not the model that was made.
        """
        return cls(read_artifact(folder or default_folder()))

    def warm(self, words: int = USUAL) -> None:
        """Learn the most usual English words beforehand, so that the first comments are quick."""
        usual = self._lexicon.ranked[:words]
        self._identifier.learn(usual[:MOST_USUAL])
        if ENGLISH in self._tongues:
            self._tongues[ENGLISH].learn(usual)
        self.score([REHEARSAL])

    def score(self, texts: Sequence[str]) -> list[Scores]:
        """Give each text its probabilities; all None where its language is not known."""
        scores: list[Scores] = [dict.fromkeys(ATTRIBUTES) for _ in texts]
        grouped: dict[str, list[tuple[int, Draft]]] = defaultdict(list)
        for place, text in enumerate(texts):
            draft = _folded(text)
            code = self._tongue_of(draft)
            if code in self._tongues:
                grouped[code].append((place, draft))
        for code, members in grouped.items():
            found = self._tongues[code].probabilities(
                [draft for _, draft in members], [texts[place] for place, _ in members]
            )
            for (place, _), row in zip(members, found, strict=True):
                scores[place].update(row)
        return scores

    def explain(self, text: str, attribute: str) -> list[Span]:
        """Say what each word adds to the log odds of an attribute; nothing if it is not scored.

        :raises ValueError: there is no such attribute.
        """
        if attribute not in ATTRIBUTES:
            raise ValueError(f"no attribute is named {attribute!r}")
        tongue = self._tongues.get(self._tongue_of(_folded(text)))
        if tongue is None or attribute not in tongue.attributes:
            return []
        draft = Draft(text, traced=True)
        fold(draft)
        return tongue.explain(draft, text, attribute)

    def baseline(self, text: str, attribute: str) -> float:
        """Give the log odds before any word was read, to which `explain` adds its spans."""
        tongue = self._tongues[self._tongue_of(_folded(text))]
        return tongue.baseline(tongue.attributes.index(attribute))

    def language(self, text: str) -> str:
        """Name the language of a text, as a BCP-47 code or `und`."""
        return self._language_of(_folded(text))

    def _tongue_of(self, draft: Draft) -> str:
        """Name the language to score in; what has no letters but can be seen counts as English."""
        code = self._language_of(draft)
        return ENGLISH if code == UNKNOWN and draft.text.strip() else code

    def _language_of(self, draft: Draft) -> str:
        """Name the language; disguised or very short English may look like any other."""
        folded = draft.text
        if not folded.strip():
            return UNKNOWN
        if is_latin(folded) and self._lexicon.is_plain(folded[:LOOKED_AT]):
            return ENGLISH
        code = self._identifier.identify(folded)
        if code in {ENGLISH, UNKNOWN} or ENGLISH not in self._tongues or not is_latin(folded):
            return code
        return ENGLISH if self._reads_as_english(folded, code in self._tongues) else code

    def _reads_as_english(self, folded: str, known: bool) -> bool:
        """Say whether most words, or all of a few, are usual ones once they have been read.

        What looks like another language that is known has to be English beyond doubt.
        """
        reading = Draft(folded[:LOOKED_AT])
        self._tongues[ENGLISH].reader.read(reading)
        if "*" in folded and self._identifier.identify(_bare(reading.text)) == ENGLISH:
            return True
        if known and folded.strip().count(" ") >= FEWEST_WORDS - 1:
            return self._lexicon.is_plain(reading.text)
        every = [word for word in _bare(reading.text).split() if word.isalpha()]
        words = [word for word in every if len(word) > 2]
        usual = sum(map(self._lexicon.is_usual, words))
        if len(words) >= FEWEST_WORDS:
            return usual >= MOSTLY * len(words)
        return bool(words) and all(map(self._lexicon.is_usual, every))


def _bare(text: str) -> str:
    return text.replace(IDENTITY_MARK, "")


def _folded(text: str) -> Draft:
    draft = Draft(text)
    fold(draft)
    return draft


class _Tongue:
    """One language of a model: how it is read, scored and calibrated."""

    def __init__(self, artifact: Artifact, code: str, described: Mapping[str, Any]) -> None:
        self.attributes: tuple[str, ...] = tuple(described["attributes"])
        self.reader = reader_of(described["style"], artifact.lexicon)
        self.scorer = Scorer(artifact.heads[code])
        self.uses_signs = bool(self.scorer.heads.signs.any())
        self.windows = Windows(**described["windows"])
        self.slopes = np.array([described["platt"][name][0] for name in self.attributes])
        self.offsets = np.array([described["platt"][name][1] for name in self.attributes])

    def learn(self, words: Sequence[str]) -> None:
        """Read and hash these words beforehand, alone and at the end of a clause."""
        ended = (f"{word}{sign}" for word in words[:MOST_USUAL] for sign in ".,")
        draft = Draft(" ".join([*words, *ended]))
        self.reader.read(draft)
        self.scorer.learn(draft.text.split())

    def probabilities(
        self, drafts: Sequence[Draft], sources: Sequence[str]
    ) -> list[dict[str, float]]:
        """Score folded drafts of this language."""
        odds = self.margins(drafts)
        if self.uses_signs:
            odds += signs_of(sources) @ self.scorer.heads.signs
        odds *= self.slopes
        odds += self.offsets
        np.minimum(odds, SUREST, out=odds)
        np.maximum(odds, -SUREST, out=odds)
        chances = (1 / (1 + np.exp(-odds))).tolist()
        return [dict(zip(self.attributes, row, strict=True)) for row in chances]

    def explain(self, draft: Draft, source: str, attribute: str) -> list[Span]:
        """Take the score of one traced draft apart."""
        head = self.attributes.index(attribute)
        self.reader.read(draft)
        shares = per_character(self.scorer, draft.text, head)
        stretches = self.windows.cut(draft.text)
        pieces = [f" {draft.text[start:end].strip()} " for start, end in stretches]
        margins = self.scorer.margins([draft.text, *pieces])[:, head]
        worst = int(margins.argmax())
        if worst:
            start = stretches[worst - 1][0]
            start += draft.text[start] != " " and -1
            part = per_character(self.scorer, pieces[worst - 1], head)
            shares *= 1 - self.windows.share
            shares[max(start, 0) : start + len(part)] += self.windows.share * part[-min(start, 0) :]
        spans = spans_of(draft, source, shares * self.slopes[head])
        signs = float(signs_of([source])[0] @ self.scorer.heads.signs[:, head] * self.slopes[head])
        return [*spans, Span(0, len(source), signs)] if signs else spans

    def baseline(self, head: int) -> float:
        """Give the log odds of a text without words."""
        return float(self.scorer.heads.biases[head] * self.slopes[head] + self.offsets[head])

    def margins(self, drafts: Sequence[Draft]) -> np.typing.NDArray[np.float64]:
        """Give the margins of whole texts, raised by those of their worst pieces."""
        texts: list[str] = []
        pieces: list[tuple[int, str]] = []
        for place, draft in enumerate(drafts):
            self.reader.read(draft)
            texts.append(draft.text)
            for start, end in self.windows.cut(draft.text):
                pieces.append((place, f" {draft.text[start:end].strip()} "))
        whole = self.scorer.margins([*texts, *(piece for _, piece in pieces)]).astype(np.float64)
        if not pieces:
            return whole
        margins, parts = whole[: len(texts)], whole[len(texts) :]
        worst = margins.copy()
        np.maximum.at(worst, np.array([place for place, _ in pieces]), parts)
        return margins + self.windows.share * (worst - margins)
