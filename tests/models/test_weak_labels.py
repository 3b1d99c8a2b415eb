"""Where nobody judged insults, nouns that people call each other label them, in training only."""

import pytest

from models.training.data.dataset import Example
from models.training.data.weak_labels import label_insults
from models.training.recipe import DEFAULT_RECIPE, read_recipe


@pytest.mark.parametrize(
    ("labels", "held", "text", "insult", "weight"),
    [
        ({"TOXICITY": 1.0}, False, "What clowns!", 1, 0.5),
        ({"TOXICITY": 1.0}, True, "What clowns!", None, None),
        ({"TOXICITY": 0.0}, False, "The clowns were great", None, None),
        ({"TOXICITY": 1.0}, False, "What a rotten plan", None, None),
        ({"TOXICITY": 1.0, "INSULT": 0.0}, False, "What clowns!", 0, 1.0),
    ],
    ids=["called names", "held out", "not toxic", "no noun", "judged by people"],
)
def test_toxic_rows_that_call_names_stand_in_for_insults(
    labels: dict[str, float],
    held: bool,
    text: str,
    insult: float | None,
    weight: float | None,
) -> None:
    row = Example(
        text=text,
        labels=labels,
        weights=dict.fromkeys(labels, 1.0),
        source="ours",
        language="en",
        key=1,
        twin=1,
        held=held,
        natural=0.0,
        rarity=False,
    )
    labelled = next(label_insults([row], ["clowns"], 0.5))

    assert labelled.labels.get("INSULT") == insult
    assert labelled.weights.get("INSULT") == weight


def test_the_shipped_recipe_names_its_nouns() -> None:
    english = read_recipe(DEFAULT_RECIPE).languages[0]

    assert "fool" in english.insulting
    assert {source.files for source in english.sources if source.insulting} == {
        "jigsaw.jsonl.gz",
        "paradetox.jsonl.gz",
        "civil_toxic_spans.jsonl.gz",
    }
