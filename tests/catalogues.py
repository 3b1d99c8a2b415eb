"""Collect the sentences for readers and update the catalogues: `make messages`."""

import sys
import tempfile
from pathlib import Path

from babel.messages.frontend import CommandLineInterface

from service.domain.site import LANGUAGES

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "service" / "web" / "locale"
# Which argument of which function is a sentence, in addition to gettext's own functions.
KEYWORDS = ("Fault:3", "said:1", "counted:1,2", "sentence:1", "N_:1")
WIDTH = "100"


def extract(into: Path) -> None:
    """Write every sentence in code, templates and scripts into a catalogue template."""
    keyword_options = [part for keyword in KEYWORDS for part in ("-k", keyword)]
    how = ["-F", str(ROOT / "pyproject.toml"), "--sort-by-file", "--add-location=file", "-w", WIDTH]
    whose = ["--project=Folkmoot", "--version=1", "--copyright-holder=Folkmoot"]
    _pybabel("extract", *how, *keyword_options, *whose, "-o", str(into), "service")


def update(template: Path, language: str) -> None:
    """Add new sentences to one catalogue and remove unused ones."""
    file = FOLDER / language / "LC_MESSAGES" / "folkmoot.po"
    what = ["-i", str(template), "-l", language, "-o", str(file), "-w", WIDTH]
    if not file.exists():
        _pybabel("init", *what)
        return
    _pybabel("update", *what, "-N", "--ignore-obsolete", "--ignore-pot-creation-date")


def main() -> None:
    """Update all catalogues."""
    with tempfile.TemporaryDirectory() as folder:
        template = Path(folder) / "folkmoot.pot"
        extract(template)
        for language in LANGUAGES.keys() - {"en"}:
            update(template, language)


def _pybabel(*arguments: str) -> None:
    CommandLineInterface().run(["pybabel", "-q", *arguments])  # type: ignore[no-untyped-call]


if __name__ == "__main__":
    sys.exit(main())
