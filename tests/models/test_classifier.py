"""Any text gets probabilities or None, in any thread, and an explanation that adds up."""

import math
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models import ATTRIBUTES, Classifier

ENGLISH = "You are a clown, and everybody knows it."
LONG = "The council met on Monday to discuss the budget for the library and the bus lines. " * 60


@cache
def shipped() -> Classifier:
    return Classifier.load()


@pytest.fixture(scope="session")
def classifier() -> Classifier:
    return shipped()


@pytest.mark.parametrize(
    "text",
    ["", " ", "\x00", "\ud800\udfff", "😂" * 50, "1234", "a" * 1_000_000, "ab " * 350_000,
     "\u0301" * 1000, "Иван said 你好 and مرحبا", "a*" * 5000, ". " * 5000, "a b " * 5000,
     "'" * 3000, "http://" * 500],
    ids=lambda text: repr(text[:12]),
)  # fmt: skip
def test_no_text_is_too_odd(classifier: Classifier, text: str) -> None:
    scores = classifier.score([text])[0]

    assert tuple(scores) == ATTRIBUTES
    assert all(value is None or 0 < value < 1 for value in scores.values())
    assert isinstance(classifier.language(text), str)


@given(st.text(st.characters(codec=None), max_size=200))
def test_scores_are_probabilities_and_explanations_add_up(text: str) -> None:
    classifier = shipped()
    scores = classifier.score([text])[0]

    for attribute in ("TOXICITY", "SPAM"):
        spans = classifier.explain(text, attribute)
        assert all(0 <= span.start <= span.end <= len(text) for span in spans)
        value = scores[attribute]
        if value is not None and spans:
            assert odds(classifier, text, attribute) == pytest.approx(logit(value), abs=2e-3)


@pytest.mark.parametrize(
    "text",
    [
        ENGLISH,
        f"{LONG} You are a stupid clown. {LONG}",
        "Buy now at http://cheap.xyz for $100!",
        "Du bist ein Clown und weißt es nicht einmal.",
        "이 기사는 정말 좋네요 감사합니다",
        "你们都是小丑，真的很讨厌。" * 30,
    ],
)
@pytest.mark.parametrize("attribute", ATTRIBUTES)
def test_the_words_contributions_add_up_to_the_score(
    classifier: Classifier, text: str, attribute: str
) -> None:
    value = classifier.score([text])[0][attribute]
    spans = classifier.explain(text, attribute)

    if value is None:
        assert spans == []
    else:
        expected = max(-30.0, min(30.0, odds(classifier, text, attribute)))
        assert expected == pytest.approx(logit(value), abs=2e-3)


def test_the_explanation_points_at_the_words_as_they_were_written(classifier: Classifier) -> None:
    text = "Well, you are an  ＩＤ10Т , my friend"
    spans = classifier.explain(text, "TOXICITY")
    worst = max(spans, key=lambda span: span.contribution)

    assert text[worst.start : worst.end] == "ＩＤ10Т"


def test_padding_does_not_hide_abuse(classifier: Classifier) -> None:
    abuse = "You are a stupid idiot, shut up."
    plain, bare, padded = classifier.score([LONG, abuse, f"{LONG} {abuse} {LONG}"])

    assert plain["TOXICITY"] < 0.5 < padded["TOXICITY"] < bare["TOXICITY"]


def test_an_unknown_language_is_named_and_not_scored(classifier: Classifier) -> None:
    text = "Dit is een Nederlandse zin over het weer en de politiek in ons land."

    assert classifier.language(text) == "nl"
    assert set(classifier.score([text])[0].values()) == {None}
    assert classifier.explain(text, "TOXICITY") == []


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("This is a perfectly ordinary English sentence.", "en"),
        ("y0u 4r3 4n 1d10t", "en"),
        ("Das ist ein ganz gewöhnlicher deutscher Satz.", "de"),
        ("C'est une phrase française tout à fait ordinaire.", "fr"),
        ("Esta é uma frase portuguesa bastante comum.", "pt"),
        ("Это совершенно обычное русское предложение.", "ru"),
        ("هذه جملة عربية عادية جدا", "ar"),
        ("这是一个非常普通的中文句子。", "zh"),
        ("これはごく普通の日本語の文です。", "ja"),
        ("이것은 아주 평범한 한국어 문장입니다.", "ko"),
        ("Esta es una frase española muy común y corriente.", "es"),
        ("To jest zupełnie zwyczajne polskie zdanie.", "pl"),
        ("Це цілком звичайне українське речення.", "uk"),
        ("Αυτή είναι μια συνηθισμένη πρόταση.", "el"),
        ("😂😂", "und"),
        ("", "und"),
    ],
)
def test_languages_are_told_apart(classifier: Classifier, text: str, language: str) -> None:
    assert classifier.language(text) == language


def test_every_trained_language_scores_toxicity_and_spam(classifier: Classifier) -> None:
    assert set(classifier.info.languages) == {"en", "de", "fr", "pt", "ru", "ar", "zh", "ja", "ko"}
    for text in ("Guten Morgen, liebe Nachbarn.", "좋은 아침입니다", "今天天气很好"):
        scores = classifier.score([text])[0]
        assert scores["TOXICITY"] is not None
        assert scores["SPAM"] is not None


def test_scores_do_not_depend_on_the_batch(classifier: Classifier) -> None:
    texts = [ENGLISH, LONG, "Bonjour à tous, merci pour cet article.", "", "fine", "今天天气很好"]
    together = classifier.score(texts)

    for text, scores in zip(texts, together, strict=True):
        alone = classifier.score([text])[0]
        assert alone == pytest.approx(scores, abs=1e-5, nan_ok=True)


def test_warming_changes_no_score() -> None:
    warmed, cold = Classifier.load(), Classifier.load()
    warmed.warm()

    assert warmed.score([ENGLISH, LONG]) == cold.score([ENGLISH, LONG])


def test_threads_share_a_classifier(classifier: Classifier) -> None:
    texts = [f"{ENGLISH} {number} f*ck st*pid {number % 7}" for number in range(200)]
    expected = classifier.score(texts)

    with ThreadPoolExecutor(8) as pool:
        scores = list(pool.map(lambda text: classifier.score([text])[0], texts))

    for own, other in zip(scores, expected, strict=True):
        assert own == pytest.approx(other, abs=1e-5)


def test_an_unknown_attribute_is_refused(classifier: Classifier) -> None:
    with pytest.raises(ValueError, match="KINDNESS"):
        classifier.explain(ENGLISH, "KINDNESS")


def test_serving_loads_neither_training_packages_nor_pickle() -> None:
    code = (
        "import sys, models; models.Classifier.load().score(['hello'])\n"
        "unwanted = {'sklearn', 'scipy', 'pandas', 'joblib', 'yaml', 'rich', 'click',\n"
        "            'service', 'workers', 'flask', 'redis', 'rq'} & set(sys.modules)\n"
        "assert not unwanted, unwanted\n"
        "assert not any(name.startswith('models.training') for name in sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_no_source_of_the_package_unpickles() -> None:
    import models

    root = models.__path__[0]
    search = subprocess.run(
        ["grep", "-rlE", "import (pickle|joblib|dill)|allow_pickle=True", root, "--include=*.py"],
        capture_output=True,
        text=True,
    )
    assert search.stdout == ""


def odds(classifier: Classifier, text: str, attribute: str) -> float:
    spans = classifier.explain(text, attribute)
    return sum(span.contribution for span in spans) + classifier.baseline(text, attribute)


def logit(value: float) -> float:
    return math.log(value / (1 - value))
