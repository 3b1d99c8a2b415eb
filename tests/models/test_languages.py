"""The table for language identification is built from word frequencies."""

from pathlib import Path

from models.scoring.identifier import LanguageIdentifier
from models.training.data.languages import write_table

ENGLISH = ("the", "and", "of", "to", "that", "this", "would", "have", "they", "which", "there")
ITALIAN = ("che", "di", "il", "non", "per", "una", "sono", "questo", "bene", "della", "cosa")


def test_languages_are_told_apart_by_the_words_they_use(tmp_path: Path) -> None:
    written = {"en": ENGLISH, "it": ITALIAN}
    table = tmp_path / "languages.npz"
    write_table(table, {code: dict.fromkeys(words, 0.01) for code, words in written.items()})
    identifier = LanguageIdentifier.load(table)

    assert identifier.codes == ("en", "it")
    assert identifier.identify("che cosa non ha questo per la nazione") == "it"
    assert identifier.identify("this is what they would have thought of that") == "en"
