"""Which languages' models read a text: by what its page names, and by what its words show."""

import pytest

from models import Classifier
from models.artifact import default_folder
from models.attributes import INSULT, SPAM, TOXICITY
from models.reading.draft import TextDraft
from models.reading.normal_form import fold
from models.scoring.classifier import languages_of
from models.scoring.model import read_model
from models.scoring.odds import probability
from models.training.data.dataset import Example
from models.training.measuring.batch import score_all
from models.training.measuring.card import card_of
from models.training.measuring.evaluation import by_language

GERMAN_INSULT = "Du bist so ein Idiot"
ENGLISH_INSULT = "You are an idiot and everybody knows it."
UKRAINIAN = "Чому про це ніхто не говорить уголос?"
SPANISH = "Ustedes no saben lo que dicen, y además la ciudad está muy bonita hoy."
MIXED = "va te faire fuck off, idiot"


@pytest.fixture(scope="module")
def classifier():
    return Classifier.load()


@pytest.fixture(scope="module")
def alone():
    """Return what scores a text in one language, whatever it looks like."""
    languages = languages_of(read_model(default_folder()))

    def score(text, code):
        draft = TextDraft(text)
        fold(draft)
        [(odds, _)] = languages[code].odds([draft], [text])
        return {attribute: probability(value) for attribute, value in odds.items()}

    return score


@pytest.mark.parametrize("tag", ["fr", "fr-CA", "FR", "fr_CA", " fr "])
def test_a_named_language_is_believed_of_a_few_words(classifier, alone, tag):
    [unnamed, named] = classifier.score(["attardé"] * 2, ["", tag])

    assert unnamed[TOXICITY] is None
    assert named[TOXICITY] == alone("attardé", "fr")[TOXICITY]
    assert classifier.read_in("attardé", TOXICITY, tag) == "fr"


@pytest.mark.parametrize("text", ["ok", "lol", "mdr 😂", "top!", "super 👍👍"])
@pytest.mark.parametrize("tag", ["de", "fr", "pt", "en"])
def test_a_short_text_is_scored_in_the_named_language(classifier, alone, text, tag):
    [scores] = classifier.score([text], [tag])

    assert scores[TOXICITY] >= alone(text, tag)[TOXICITY]


@pytest.mark.parametrize(
    ("text", "tag", "read"),
    [
        ("Вы все правы, спасибо за статью.", "de", "ru"),
        ("Vielen Dank für den schönen Artikel.", "ru", "de"),
        ("这篇文章写得很好。", "en", "zh"),
        ("기사 잘 읽었습니다.", "zh", "ko"),
        ("شكرا على هذا المقال الجميل", "fr", "ar"),
        ("とても良い記事でした。", "zh", "ja"),
    ],
)
def test_a_named_language_of_another_script_is_not_believed(classifier, text, tag, read):
    assert classifier.score([text], [tag]) == classifier.score([text])
    assert classifier.read_in(text, SPAM, tag) == read


@pytest.mark.parametrize(
    ("text", "tag"),
    [(ENGLISH_INSULT, "fr"), (GERMAN_INSULT + " und das weiß hier jeder.", "pt"), (SPANISH, "fr")],
)
def test_a_named_language_that_the_words_clearly_contradict_is_not_believed(classifier, text, tag):
    assert classifier.score([text], [tag]) == classifier.score([text])


@pytest.mark.parametrize("named", ["", "es", "it", "uk", "tr", "und", "tlh", "x", "*"])
@pytest.mark.parametrize("text", [SPANISH, UKRAINIAN, "Πολύ καλό άρθρο.", "Dobrý článek, děkuji."])
def test_a_text_that_is_clearly_in_a_language_without_a_model_has_no_score(classifier, text, named):
    [scores] = classifier.score([text], [named])

    assert set(scores.values()) == {None}
    assert classifier.read_in(text, TOXICITY, named) == ""
    assert classifier.explain(text, TOXICITY, named) == []


def test_a_site_in_a_language_without_a_model_keeps_doubtful_words_for_a_person(classifier):
    text = "eres tonto"
    [unnamed, named] = classifier.score([text] * 2, ["", "es"])

    assert unnamed[TOXICITY] is not None
    assert named[TOXICITY] is None


def test_where_the_language_is_in_doubt_the_higher_score_counts_for_each_attribute(
    classifier, alone
):
    text = MIXED
    [scores] = classifier.score([text], ["fr"])
    read = [alone(text, code) for code in ("en", "fr")]

    for attribute in (TOXICITY, INSULT, SPAM):
        assert scores[attribute] == max(row[attribute] for row in read)


def test_scores_are_the_same_in_any_company_and_order(classifier):
    texts = [MIXED, "ok", SPANISH, ENGLISH_INSULT, "attardé", "", "👍", UKRAINIAN]
    tags = ["fr", "de", "", "fr", "fr", "fr", "pt", "ru"]
    together = classifier.score(texts, tags)

    assert together == [
        classifier.score([text], [tag])[0] for text, tag in zip(texts, tags, strict=True)
    ]
    assert together[::-1] == classifier.score(texts[::-1], tags[::-1])


def test_the_words_of_an_explanation_add_up_to_the_score_that_counts(classifier):
    for text, tag in [("attardé", "fr"), (MIXED, "fr"), ("ok", "de")]:
        [scores] = classifier.score([text], [tag])
        spans = classifier.explain(text, TOXICITY, tag)
        odds = classifier.baseline(text, TOXICITY, tag) + sum(span.contribution for span in spans)

        assert 1 / (1 + 2.718281828459045**-odds) == pytest.approx(scores[TOXICITY], abs=1e-6)


def test_names_and_links_do_not_hide_the_script_of_the_words(classifier):
    assert classifier.language("@someone, спасибо за статью") == "ru"
    assert classifier.language("أحسنت https://example.org/a/long/path?of=letters") == "ar"
    assert classifier.score(["@someone, не кури"])[0][TOXICITY] is not None


@pytest.mark.parametrize("text", ["OPPA GANGNAM STYLE!!!", "eminem - RIHANNA", "super rihanna"])
def test_words_of_no_language_are_scored(classifier, text):
    [unnamed, named] = classifier.score([text] * 2, ["", "en"])

    assert named[TOXICITY] is not None
    assert unnamed[SPAM] is not None or named[SPAM] is not None


def test_japanese_without_kana_is_read_as_such_where_it_is_named(classifier):
    assert classifier.read_in("最低", SPAM, "ja") == "ja"
    assert classifier.read_in("最低", SPAM) == "zh"


def test_as_many_languages_as_texts_have_to_be_named(classifier):
    with pytest.raises(ValueError, match="zip"):
        classifier.score(["one", "two"], ["en"])


def test_a_model_is_also_measured_as_on_sites_that_name_their_language(classifier):
    texts = ["attardé", "attardé, ce maire est attardé"] * 200
    rows = [
        Example(
            text=text, labels={TOXICITY: float(place % 4 > 1)}, weights={}, source="ours",
            language="fr", key=place, twin=place, held=True, natural=0.0, rarity=False,
        )
        for place, text in enumerate(texts)
    ]  # fmt: skip
    detected = by_language(rows, score_all(classifier, texts, lambda: None))
    named = by_language(rows, score_all(classifier, texts, lambda: None, ["fr"] * 400))

    assert (detected["fr"]["not_scored"], named["fr"]["not_scored"]) == (200, 0)
    config = {"name": "mine", "version": "1", "languages": {}}
    card = card_of(config, {"languages": detected, "named": named})
    assert "| French | TOXICITY | 0.500 | 0.500 | 200 | 0 |" in card
