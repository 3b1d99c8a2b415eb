"""Sentences for people: template and values are kept apart until they are translated."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

Gettext = Callable[[str], str]
Ngettext = Callable[[str, str, int], str]


@dataclass(frozen=True, slots=True)
class Sentence:
    """An English template with placeholders like %(name)s; `many` is the plural for `count`."""

    one: str
    many: str = ""
    given: Mapping[str, object] = field(default_factory=dict, hash=False)

    def __str__(self) -> str:
        """Return the sentence in English."""
        return self.told(_as_it_is, _by_english_rules)

    def told(self, gettext: Gettext, ngettext: Ngettext) -> str:
        """Translate the sentence with two gettext functions."""
        count = self.given.get("count")
        several = self.many and isinstance(count, int)
        text = ngettext(self.one, self.many, int(str(count))) if several else gettext(self.one)
        return text % self.given if self.given else text


def N_(text: str) -> str:  # gettext’s own name for what is translated later
    """Mark a text for the catalogues."""
    return text


def said(sentence: str, **given: object) -> Sentence:
    """Make a sentence with the values for its placeholders."""
    return Sentence(sentence, given=given)


def counted(one: str, many: str, count: int, **given: object) -> Sentence:
    """Make a sentence with a plural; both forms may use %(count)s."""
    return Sentence(one, many, {"count": count, **given})


def _as_it_is(text: str) -> str:
    return text


def _by_english_rules(one: str, many: str, count: int) -> str:
    return one if count == 1 else many
