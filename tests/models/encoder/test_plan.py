"""A plan and lessons are read whole, or refused with the place of the fault."""

import pytest

from models.attributes import ATTRIBUTES
from models.training.data.lessons import lessons_of
from models.training.encoder.plan import DEFAULT_PLAN, read_plan
from models.training.recipe import DEFAULT_RECIPE, RecipeError, read_recipe

KIND = """
oneself:
  attributes: [TOXICITY, INSULT]
  harmless: ["I was a clown."]
  abusive: ["You are a clown."]
"""


def test_the_shipped_plan_holds_out_the_rows_that_the_recipe_holds_out():
    [english] = [each for each in read_recipe(DEFAULT_RECIPE).languages if each.code == "en"]
    splits = {source.files: source.split for source in english.sources}

    plan = read_plan()

    assert set(plan.heads) <= set(ATTRIBUTES)
    assert all(source.split == splits[source.files] for source in plan.sources)


@pytest.mark.parametrize(
    ("before", "after", "fault"),
    [
        ("  TOXICITY: 1.5", "  KINDNESS: 1.5", "KINDNESS"),
        ("frozen: 2", "frozn: 2", "frozen"),
        ("warm_up", "warmth", "warmth"),
        ("fair: 1.5", "fare: 1.5", "fare"),
        ("language: en", "language: [en", "cannot be read"),
    ],
)
def test_a_plan_with_a_mistake_is_refused(tmp_path, before, after, fault):
    path = tmp_path / "plan.yaml"
    path.write_text(DEFAULT_PLAN.read_text("utf-8").replace(before, after, 1), "utf-8")
    with pytest.raises(RecipeError, match=fault):
        read_plan(path)


def test_a_lesson_teaches_what_its_kind_has_and_what_it_lacks(tmp_path):
    (tmp_path / "en.yaml").write_text(KIND, "utf-8")
    harmless, abusive = lessons_of(tmp_path / "en.yaml")

    assert (abusive.text, abusive.language) == ("You are a clown.", "en")
    assert abusive.labels == {"TOXICITY": 1, "INSULT": 1}
    assert harmless.text == "I was a clown."
    assert set(harmless.labels.values()) == {0}
    assert "THREAT" in harmless.labels
    assert "PROFANITY" not in harmless.labels


@pytest.mark.parametrize(
    ("before", "after"),
    [("INSULT", "RUDENESS"), ("harmless", "harmles"), ("oneself:", "oneself: ["), (KIND, "[]")],
)
def test_lessons_with_a_mistake_are_refused(tmp_path, before, after):
    path = tmp_path / "en.yaml"
    path.write_text(KIND.replace(before, after), "utf-8")
    with pytest.raises(RecipeError, match=r"en\.yaml"):
        list(lessons_of(path))
