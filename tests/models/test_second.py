"""A comment is read twice, and the mix of both readings can be explained word by word."""

import math
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models import ATTRIBUTES, ArtifactError, Classifier
from models.artifact import CONFIG, seal
from models.reading.span import Span
from models.scoring.second import ENCODER_LIMIT, LINEAR_LIMIT, Mix, joined
from models.scoring.tiers import CALM
from tests.models.encoding.artifact import HEADS, two_tiers

CLOWN = "You are a clown, and everybody knows it."
GERMAN = "Du bist ein Clown und weißt es nicht einmal."
SPANISH = "Ustedes no saben lo que dicen, y además la ciudad está muy bonita hoy."
LONG = "The council met on Monday to discuss the budget for the library and the bus lines. " * 60
ODD = [
    "",
    "x" * 20_000,
    "idiot " * 5000,
    "Иван said 你好 and مرحبا to the gay fox",
    "😂" * 500,
    "\ud800 abc \udfff",
    "".join(chr(code) for code in range(0x20, 0x20000, 0x40)),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return two_tiers(tmp_path_factory.mktemp("model") / "two")


@pytest.fixture(scope="module")
def classifier(folder):
    return Classifier.load(folder)


@pytest.fixture(scope="module")
def linear():
    return Classifier.load(tiers=1)


def test_english_is_read_twice_and_scored_by_both(classifier, linear):
    [reading] = classifier.read([CLOWN])
    [first] = linear.read([CLOWN])

    assert (reading.tiers, reading.zero_shot) == (2, False)
    assert first.tiers == 1
    assert {name for name in HEADS if reading.scores[name] != first.scores[name]} == set(HEADS)
    assert reading.scores["SEXUALLY_EXPLICIT"] == first.scores["SEXUALLY_EXPLICIT"]


def test_a_language_without_an_encoder_is_read_once(classifier, linear):
    [reading] = classifier.read([GERMAN])
    assert (reading.tiers, reading.zero_shot) == (1, False)
    assert reading.scores == linear.score([GERMAN])[0]


def test_a_language_without_a_linear_model_is_zero_shot(classifier, linear):
    assert classifier.info.zero_shot == {"es": False}
    assert "es" not in classifier.info.languages
    [reading] = classifier.read([SPANISH])

    assert (reading.tiers, reading.zero_shot, reading.measured) == (2, True, False)
    assert {name for name, score in reading.scores.items() if score is not None} == set(HEADS)
    assert set(linear.score([SPANISH])[0].values()) == {None}
    assert classifier.read_in(SPANISH, "TOXICITY") == "es"


def test_a_named_zero_shot_language_is_believed(classifier):
    [unnamed, named] = classifier.read(["qué tontería"] * 2, ["pt", "es"])
    assert named.zero_shot
    assert not unnamed.zero_shot


def test_one_tier_reads_nothing_twice(folder, classifier, linear):
    texts = [CLOWN, GERMAN, SPANISH, ""]
    expected = linear.score(texts)

    assert Classifier.load(folder, tiers=1).score(texts) == expected
    assert [reading.scores for reading in classifier.read(texts, tiers=1)] == expected
    assert [reading.tiers for reading in classifier.read(texts, tiers=1)] == [1, 1, 0, 0]


def test_in_a_hurry_only_what_is_surely_calm_is_not_read_again(classifier, linear):
    texts = ["Thank you for this interesting article.", CLOWN, SPANISH, GERMAN]
    hurried = classifier.read(texts, hurry=True)
    patient = classifier.read(texts)
    [calm] = linear.score(texts[:1])

    assert max(map(logit, calm.values())) <= CALM
    assert [reading.tiers for reading in hurried] == [1, 2, 2, 1]
    assert hurried[0].scores == calm
    assert hurried[1:] == patient[1:]
    assert patient[0].tiers == 2


@pytest.mark.parametrize(
    "text", [CLOWN, f"{LONG} {CLOWN} {LONG}", SPANISH, "clown", "🤡 gay", *ODD]
)
@pytest.mark.parametrize("attribute", ATTRIBUTES)
def test_the_words_contributions_add_up_to_the_score(classifier, text, attribute):
    value = classifier.score([text])[0][attribute]
    spans = classifier.explain(text, attribute)

    if value is None:
        assert spans == []
    else:
        total = sum(span.contribution for span in spans)
        total += classifier.baseline(text, attribute)
        assert max(-30.0, min(30.0, total)) == pytest.approx(logit(value), abs=1e-3)
        assert all(0 <= span.start <= span.end <= len(text) for span in spans)


def test_what_the_encoder_has_not_read_it_cannot_excuse(classifier, linear):
    text = f"{LONG * 2} {CLOWN} {LONG * 2}"
    [first], [both] = linear.score([text]), classifier.score([text])

    assert all(both[name] >= first[name] for name in HEADS)
    assert classifier.explain(text, "INSULT") == linear.explain(text, "INSULT")


def test_each_word_is_marked_once(classifier):
    text = "You  are a CL0WN🤡, clowning around"
    spans = classifier.explain(text, "INSULT")
    words = [text[span.start : span.end] for span in spans]

    assert len(words) == len(set(words))
    assert {"You", "are", "a", "CL0WN", "clowning", "around", text} <= set(words)


def test_pieces_are_added_to_the_word_in_which_they_begin():
    text = "an id1ot 🤡🤡 here"
    pieces = [
        Span(3, 5, 1.0),
        Span(5, 8, 2.0),
        Span(9, 10, 4.0),
        Span(10, 11, 8.0),
        Span(0, 16, 0.5),
    ]
    words = [Span(0, 2, 0.25), Span(3, 8, 0.125), Span(0, 16, 0.0625)]

    spans = joined(text, words, pieces)

    assert {text[span.start : span.end]: span.contribution for span in spans} == {
        "an": 0.25,
        "id1ot": 3.125,
        "🤡🤡": 12.0,
        text: 0.5625,
    }


@settings(max_examples=60, deadline=None)
@given(linear=st.floats(-40, 40), encoder=st.floats(-40, 40))
def test_neither_reading_outvotes_the_other_without_limit(linear, encoder):
    mix = Mix(offset=-1, linear=0.5, encoder=2)
    assert abs(mix.odds(linear, encoder) + 1) <= 0.5 * LINEAR_LIMIT + 2 * ENCODER_LIMIT


@pytest.mark.parametrize("text", ODD, ids=lambda text: ascii(text[:9]))
def test_no_text_is_too_odd(classifier, text):
    [reading] = classifier.read([text])
    assert all(score is None or 0 < score < 1 for score in reading.scores.values())
    assert classifier.read([CLOWN, text, SPANISH])[1].scores == pytest.approx(
        reading.scores, abs=1e-5
    )


def test_threads_share_a_classifier(classifier):
    texts = [f"{CLOWN} {number} f*ck st*pid gay {number % 7}" for number in range(100)]
    expected = classifier.score(texts)

    with ThreadPoolExecutor(8) as pool:
        scores = list(pool.map(lambda text: classifier.score([text])[0], texts))

    for own, other in zip(scores, expected, strict=True):
        assert own == pytest.approx(other, abs=1e-5)


@pytest.mark.parametrize("name", ["encoder-en.onnx", "encoder-en.txt"])
def test_a_changed_encoder_is_refused(tmp_path, name):
    copied = two_tiers(tmp_path / "copy")
    content = (copied / name).read_bytes()
    (copied / name).write_bytes(content[: len(content) // 2])

    with pytest.raises(ArtifactError, match=name):
        Classifier.load(copied)


@pytest.mark.parametrize(
    ("was", "now", "match"),
    [
        ('"encoder": 0.5', '"encoder": NaN', "mix"),
        ('"encoder": 0.5', '"strength": 0.5', "encoder"),
        ('"encoder": "en"', '"encoder": "fr"', "fr"),
        ('"SEVERE_TOXICITY": {"offset"', '"SEXUALLY_EXPLICIT": {"offset"', "no head"),
        ('"transformer"', '"oracle"', "oracle"),
        ("encoder-en.onnx", "encoder-en.txt", "readable"),
        ("encoder-en.onnx", "../other.onnx", "not a file of the folder"),
    ],
)
def test_a_wrong_description_of_an_encoder_is_refused(tmp_path, was, now, match):
    copied = two_tiers(tmp_path / "copy")
    config = (copied / CONFIG).read_text("utf-8")
    assert was in config
    (copied / CONFIG).write_text(config.replace(was, now), encoding="utf-8")
    seal(copied)

    with pytest.raises(ArtifactError, match=match):
        Classifier.load(copied)


def logit(value):
    return math.log(value / (1 - value)) if value is not None else -math.inf
