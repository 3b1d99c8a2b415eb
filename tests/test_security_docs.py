"""The threat model and the checklist of the ASVS are complete, and what they point to exists."""

from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ASVS = (ROOT / "docs/asvs.md").read_text("utf-8")
THREATS = (ROOT / "docs/threat-model.md").read_text("utf-8")
STATES = {"met", "operator", "open", "n/a"}
# How many requirements of levels 1 and 2 each section of the ASVS 5.0.0 has; they come first.
SECTIONS = {
    1: (2, 9, 11, 3, 2),
    2: (3, 3, 4, 1),
    3: (0, 2, 4, 6, 5, 0, 2),
    4: (3, 1, 2, 4),
    5: (1, 3, 2, 3),
    6: (3, 12, 4, 4, 5, 3, 0, 4),
    7: (3, 4, 2, 5, 2, 2),
    8: (2, 3, 1, 1),
    9: (3, 4),
    10: (2, 2, 4, 11, 5, 2, 3),
    11: (2, 3, 3, 4, 1, 1),
    12: (3, 2, 4),
    13: (1, 5, 2, 5),
    14: (2, 4, 3),
    15: (3, 3, 7),
    16: (1, 5, 4, 3, 3),
    17: (1, 4, 2),
}


def rows(document):
    """The cells of each row of each table, without the heads."""
    for line in document.splitlines():
        if line.startswith("| ") and not line.startswith(("| ---", "| number", "| asset")):
            yield [cell.strip() for cell in line.strip("|").split("|")]


def numbers(cell):
    """Expand `1.2.1–1.2.3, 1.2.7`."""
    for part in cell.split(", "):
        first, _, last = part.partition("–")
        chapter, section, number = map(int, first.split("."))
        end = int(last.rsplit(".", 1)[1]) if last else number
        yield from ((chapter, section, each) for each in range(number, end + 1))


def test_each_requirement_is_answered_once():
    answered = [number for row in rows(ASVS) for number in numbers(row[0])]
    required = {
        (chapter, section, number)
        for chapter, sections in SECTIONS.items()
        for section, count in enumerate(sections, 1)
        for number in range(1, count + 1)
    }
    assert len(required) == 253
    assert len(answered) == len(set(answered))
    assert set(answered) == required


def test_each_answer_is_a_state_with_its_reason():
    wrong = [row for row in rows(ASVS) if len(row) != 4 or row[1] not in STATES or not row[2]]
    assert not wrong


@pytest.mark.parametrize("document", [ASVS, THREATS], ids=["asvs", "threats"])
def test_what_a_row_points_to_exists(document):
    places = [row[-1].strip("`") for row in rows(document) if row[-1]]
    assert len(places) > 40
    assert not [place for place in places if not (ROOT / place).exists()]


def test_each_threat_has_asset_actor_control_and_test():
    found = list(rows(THREATS))
    assert len(found) > 40
    assert not [row for row in found if len(row) != 5 or not all(row)]
