"""Routing: which languages' models read a text, by what its page names and what its words show."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from models.reading.draft import TextDraft
from models.reading.identity import IDENTITY_MARK
from models.reading.lexicon import MOST_USUAL, Lexicon
from models.reading.reader import TextReader
from models.scoring.identifier import UNKNOWN, LanguageFit, LanguageIdentifier, is_latin

ENGLISH: Final = "en"
LOOKED_AT: Final = 400
FEWEST_WORDS: Final = 3
MOSTLY: Final = 0.7
# Measured in docs/adr/0024-which-language-reads-a-comment.md; in nats, as in `LanguageFit`.
DOUBT: Final = 10.0
"""A language this little behind the likeliest one reads the text too."""
NAMED: Final = 20.0
"""The language that was named reads it unless it is further behind: then the page was wrong."""
LEGIBLE: Final = 2.0
"""With less evidence a word the text is of no language: names, laughter, made-up spelling."""


class Router:
    """Chooses the languages that read a text, from those that have a model."""

    def __init__(
        self,
        identifier: LanguageIdentifier,
        lexicon: Lexicon,
        trained: Mapping[str, TextReader],
        zero_shot: Iterable[str] = (),
    ) -> None:
        """Use the languages of a model, the trained ones with what splits texts into words."""
        self._identifier, self._lexicon, self._trained = identifier, lexicon, trained
        self._zero_shot = frozenset(zero_shot) - trained.keys()

    def learn(self, words: Sequence[str]) -> None:
        """Cache the evidence of these words in advance, the most frequent first."""
        self._identifier.learn(words[:MOST_USUAL])

    def language(self, draft: TextDraft) -> str:
        """Return the likeliest language of a folded text as a BCP-47 code or `und`."""
        folded = draft.text
        if not folded.strip():
            return UNKNOWN
        if self._is_plain_english(folded):
            return ENGLISH
        return self._likeliest(folded, self._identifier.identify(folded))

    def readers(self, draft: TextDraft, named: str = "") -> tuple[str, ...]:
        """Return the languages whose models read a folded text; the highest score counts.

        `named` is the language that page, site or request name as a BCP-47 tag, "" if none does.
        It is believed if the script and the words do not speak clearly against it. A text that is
        clearly in a language without a model has no reader; one without letters is read as English.
        Zero-shot languages read only texts that are likeliest to be in one of them; that one comes
        first then, and trained languages that are in doubt read the text too.
        """
        folded = draft.text
        if not folded.strip():
            return ()
        if self._is_plain_english(folded):
            return self._with_models([ENGLISH])
        named = primary(named)
        fit = self._identifier.fit(folded, named)
        likeliest = self._likeliest(folded, fit.likeliest)
        if likeliest == UNKNOWN:
            return self._with_models([ENGLISH])
        if likeliest == named and named not in self._trained.keys() | self._zero_shot:
            return ()
        # One letter shows nothing; the likeliest language is as good a reader as several.
        near = _near(fit, named) if len(folded.strip()) > 1 else []
        return self._with_models([likeliest, *near])

    def _with_models(self, codes: Iterable[str]) -> tuple[str, ...]:
        likeliest, *near = dict.fromkeys(codes)
        trained = [code for code in (likeliest, *near) if code in self._trained]
        return (likeliest, *trained) if likeliest in self._zero_shot else tuple(trained)

    def _is_plain_english(self, folded: str) -> bool:
        return is_latin(folded) and self._lexicon.is_plain(folded[:LOOKED_AT])

    def _likeliest(self, folded: str, code: str) -> str:
        """Return English or `code`: disguised or very short English may look like any language."""
        if code in {ENGLISH, UNKNOWN} or ENGLISH not in self._trained or not is_latin(folded):
            return code
        return ENGLISH if self._reads_as_english(folded, code in self._trained) else code

    def _reads_as_english(self, folded: str, known: bool) -> bool:
        """Say whether most words, or all of a few, are frequent English ones after repair.

        `known` means that the text looks like another language of the model: then it has to be
        English beyond doubt.
        """
        reading = TextDraft(folded[:LOOKED_AT])
        self._trained[ENGLISH].read(reading)
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


def primary(tag: str) -> str:
    """Return the language of a BCP-47 tag without script and region, "" for an empty one."""
    return tag.strip().replace("_", "-").partition("-")[0].lower()


def _near(fit: LanguageFit, named: str) -> list[str]:
    """Return the languages that the text may be in, the likeliest first."""
    near = [
        code for code, behind in fit.behind.items() if behind <= (NAMED if code == named else DOUBT)
    ]
    if fit.per_word >= LEGIBLE:
        return near
    return [*near, *({named, ENGLISH} & fit.behind.keys())]


def _bare(text: str) -> str:
    return text.replace(IDENTITY_MARK, "")
