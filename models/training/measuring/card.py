"""The model card: what a model is for, what it is not for, and how good it is."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from models.attributes import ATTRIBUTES, IDENTITY_ATTACK, TOXICITY

NAMES: Final = {
    "en": "English", "de": "German", "fr": "French", "pt": "Portuguese", "ru": "Russian",
    "ar": "Arabic", "zh": "Chinese", "ja": "Japanese", "ko": "Korean",
}  # fmt: skip
PARTS: Final = {"all": "", "natural": ", as in real life"}
INTRO: Final = """\
# {name} {version}: model card

Linear models over hashed words and parts of words, one per language and attribute, with calibrated
probabilities. A score says how likely people who judge comments would call the text so.

**For:** sorting reader comments of news sites, so that people look first at what needs a person;
publishing what is clearly fine, holding what is not.
**Not for:** deciding about persons; judging whether a statement is true, legal or polite enough
for your house; texts in languages that are not listed; texts much unlike comments.
Do not let it reject without a person's look where somebody's rights depend on it.
"""
LIMITS: Final = """\
## What it does not understand

- **Meaning.** It weighs words and their neighbours. It does not follow an argument, irony that
  uses no hostile word, or an insult made only of polite words.
- **Who speaks.** Quoting abuse to condemn it, or a group's own use of a word against it, is told
  apart only where the wording around it gives it away. See the table of phenomena.
- **Threats without threatening words**, allusions, and anything that needs knowledge of the news.
- **Groups.** Names of groups are read as one word, so that naming one does not raise toxicity;
  groups that are not on our list are read as ordinary words, and may be scored unfairly.
- **Dialects.** Several sets were judged by people who did not share the writers' dialect. African
  American English above all is flagged too often in such sets; they have little weight here.
- **Sexual explicitness** was judged by nobody: its head learned from a list of terms and finds
  little more than such terms.
- **Insults** in English were judged in one set only. In the others a toxic row that calls people
  names (a list of nouns such as "fool") stands in, so that head leans on such nouns.
- **Spam** in languages without spam examples is judged by links, contact data, money and shouting
  only, not by words.
- **Small sets.** Outside English most languages have a few thousand examples of one place and
  time. On text from elsewhere expect clearly less than the table says (0.6 to 0.8 AUC).
  Japanese has 345 examples, too few: what may be no better than chance is withheld.
- **Prevalence.** English probabilities are calibrated for abuse as frequent as in real life.
  Most other sets were chosen to hold much abuse; their probabilities are corrected for a
  readership where 15 in 100 comments are abusive (Chinese 25), an assumption of ours, and ECE is
  measured under it. Set your own thresholds by what your moderators decide.
- **Our own sentences.** In every language, sentences from our templates teach that naming or
  praising a group is no abuse. They are few patterns, and real readers write others.
"""
DATA: Final = """\
## Data and licences

Jigsaw toxic comments (labels CC0, text of Wikipedia CC BY-SA 3.0) · ParaDetox (CC0) · Civil
Comments toxic spans (CC0) · hatemoji-build (CC BY 4.0) · Stormfront sentences (CC BY-SA 3.0) ·
EDOS (CC0) · Davidson et al. (MIT) · surge-ai profanity list (MIT) · UCI YouTube and SMS spam
(CC BY 4.0) · tg-spam (MIT) · SpamAssassin public corpus · GermEval 2018, GAHD (CC BY 4.0) · IWG
hate speech (CC BY-SA 3.0) · ToLD-Br (CC BY-SA 4.0) · MLMA (MIT) · COLD (Apache-2.0) · SWSR (MIT) ·
inspection-ai (Apache-2.0) · BEEP! (CC BY-SA 4.0) · Korean curse detection (MIT) · VK comments
(MIT) · sentences of our own from templates (`models/recipes/contrast*.yaml`). No scores of another
company's model were used. Languages are told apart by word frequencies from wordfreq 3.1.1
(CC BY-SA 4.0). The model holds weights and a list of common words, no texts.

Near-duplicates of held-out rows (same letters in the first 80) were taken out of training.
"""


def card_of(config: Mapping[str, Any], metrics: Mapping[str, Any]) -> str:
    """Write the card of a model."""
    return "\n".join(
        [
            INTRO.format(name=config["name"], version=config["version"]),
            "## How good, on rows that training did not see\n",
            "AUC with the interval that holds 19 times of 20; precision, recall and fine rows "
            "flagged at 0.5.\nRows of all held-out sets together, which hold more abuse than real "
            "life; then those that are as\nfrequent as in real life.\n",
            *_languages(metrics.get("languages", {})),
            *_named(metrics),
            *_withheld(config),
            *_left_out(config),
            *_calm(metrics.get("calm", {})),
            *_identity(metrics),
            *_disguises(metrics.get("disguises", {})),
            *_phenomena(metrics.get("phenomena", {})),
            LIMITS,
            DATA,
        ]
    )


def _languages(languages: Mapping[str, Any]) -> Iterable[str]:
    head = ("language", "attribute", "rows", "positive", "AUC", "95 %", "ECE", "precision",
            "recall", "flagged though fine")  # fmt: skip
    rows = [
        _row(NAMES.get(code, code) + note, attribute, of_language[attribute][part])
        for code, of_language in languages.items()
        for part, note in PARTS.items()
        for attribute in ATTRIBUTES
        if part in of_language.get(attribute, {})
    ]
    yield table(head, rows)


def _named(metrics: Mapping[str, Any]) -> Iterable[str]:
    """Tell what it brings that a site names its language."""
    detected, named = metrics.get("languages", {}), metrics.get("named", {})
    head = ("language", "attribute", "AUC, detected", "named", "without a score, detected", "named")
    rows = [
        (
            NAMES.get(code, code),
            attribute,
            f"{of_language[attribute]['all']['auc']:.3f}",
            f"{named[code][attribute]['all']['auc']:.3f}",
            str(of_language["not_scored"]),
            str(named[code]["not_scored"]),
        )
        for code, of_language in detected.items()
        for attribute in ATTRIBUTES
        if attribute in of_language and attribute in named.get(code, {})
    ]
    if rows:
        yield "## If the site names its language\n\nAUC of the rows that have a score.\n"
        yield table(head, rows)


def _row(language: str, attribute: str, numbers: Mapping[str, Any]) -> tuple[str, ...]:
    half = next(part for part in numbers["thresholds"] if part["threshold"] == 0.5)
    low, high = numbers["auc_95"]
    return (
        language,
        attribute,
        str(numbers["rows"]),
        str(numbers["positive"]),
        f"{numbers['auc']:.3f}",
        f"{low:.3f}-{high:.3f}",
        f"{numbers['ece']:.3f}",
        f"{half['precision']:.2f}",
        f"{half['recall']:.2f}",
        f"{half['false_positives']:.1%}",
    )


def _withheld(config: Mapping[str, Any]) -> Iterable[str]:
    names = [
        f"{NAMES.get(code, code)} {attribute} (AUC may be as low as {least:.2f})"
        for code, described in config["languages"].items()
        for attribute, least in described.get("withheld", {}).items()
    ]
    if names:
        yield (
            f"Withheld, because it may be hardly better than chance: {', '.join(names)}. These "
            "give no score,\nand a person looks instead.\n"
        )


def _left_out(config: Mapping[str, Any]) -> Iterable[str]:
    lines = [
        f"{attribute} {error['ece']:.3f} ({error['rows']} rows)"
        for attribute, error in config["languages"].get("en", {}).get("left_out", {}).items()
        if error["rows"]
    ]
    if lines:
        yield (
            "ECE of English on the training rows that are as frequent as in real life, each scored "
            f"by a\nmodel that a fold had kept it from: {', '.join(lines)}.\n"
        )


def _calm(calm: Mapping[str, Any]) -> Iterable[str]:
    yield "## Calm and kind sentences of ours, flagged at 0.5\n"
    rows = [
        (
            NAMES.get(code, code),
            str(part["sentences"]),
            *(_share(part.get(name)) for name in (TOXICITY, IDENTITY_ATTACK)),
        )
        for code, part in calm.items()
    ]
    yield table(("language", "sentences", TOXICITY, IDENTITY_ATTACK), rows)


def _identity(metrics: Mapping[str, Any]) -> Iterable[str]:
    yield "## Naming groups (English, TOXICITY)\n"
    yield table(
        ("family", "rows", "subgroup AUC", "BPSN", "BNSP", "clean rows flagged"),
        [
            (
                family,
                str(bias["rows"]),
                *(_number(bias[kind]) for kind in ("subgroup", "bpsn", "bnsp")),
                f"{bias['clean_flagged']:.1%}",
            )
            for family, bias in metrics.get("identity", {}).items()
        ],
    )
    swap = metrics.get("swap", {})
    gaps = ", ".join(
        f"{name} {gap['mean']:.4f}"
        for name, gap in swap.items()
        if isinstance(gap, dict) and gap["mean"] is not None
    )
    yield f"Putting another group in the place of the one named moves scores by: {gaps}.\n"


def _disguises(disguises: Mapping[str, Any]) -> Iterable[str]:
    yield "## Disguised words (English, TOXICITY)\n"
    rows = [
        (trick, f"{part['auc']:.3f}", f"{part['loss']:+.3f}")
        for trick, part in disguises.items()
        if isinstance(part, dict)
    ]
    yield table(("trick, played on every word", "AUC", "loss"), rows)


def _phenomena(phenomena: Mapping[str, Any]) -> Iterable[str]:
    yield "## Phenomena (English, sentences of our own that training did not see, at 0.5)\n"
    rows = [
        (name, str(part["sentences"]), f"{part['right']:.0%}") for name, part in phenomena.items()
    ]
    yield table(("phenomenon → expected", "sentences", "right"), rows)


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """Write a Markdown table."""
    lines = [list(head), *(list(row) for row in rows)]
    lines.insert(1, ["---"] * len(lines[0]))
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _share(value: float | None) -> str:
    return "–" if value is None else f"{value:.0%}"


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"
