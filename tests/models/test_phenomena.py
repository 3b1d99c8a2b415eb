"""The shipped model on sentences that look alike and mean the opposite."""

import pytest

from models import Classifier
from models.training.measuring.behaviour import calm, phenomena
from models.training.measuring.fairness import swap_gap

# The share of sentences that must be right at 0.5. Where it is low, the model
# does not do better yet; the card says so.
FLOORS = {
    "hate, stated": 0.5,
    "hate, wished or threatened": 0.6,
    "hate, implied": 0.5,
    "hate, by negation": 0.5,
    "hate, as a question or an opinion": 0.5,
    "hate, misspelt": 0.8,
    "insult of a person": 0.5,
    "sarcasm with an insult": 0.6,
    "sarcasm without an insult": 0.0,
    "negated hate": 0.75,
    "hate quoted to condemn it": 0.85,
    "group mentioned": 0.85,
    "group praised": 0.65,
    "reclaimed word": 0.7,
    "profanity without a target": 0.6,
    "things disliked": 0.85,
    "trades disliked": 0.85,
    "person abused, no group": 0.85,
    "news vocabulary": 0.9,
    "disagreement": 0.9,
    "hate, blamed": 0.5,
    "group's merit": 0.85,
    "people insulted in their absence": 0.55,
    "people blamed without an insult": 0.9,
}


@pytest.fixture(scope="session")
def classifier() -> Classifier:
    return Classifier.load()


@pytest.fixture(scope="session")
def results(classifier: Classifier) -> dict[str, dict[str, float]]:
    return phenomena(classifier, 7)


@pytest.mark.parametrize("phenomenon", FLOORS)
def test_a_phenomenon_is_understood_often_enough(
    phenomenon: str, results: dict[str, dict[str, float]]
) -> None:
    parts = {name: part for name, part in results.items() if name.startswith(f"{phenomenon} →")}

    assert parts
    assert all(part["right"] >= FLOORS[phenomenon] for part in parts.values()), parts


def test_every_phenomenon_has_a_floor(results: dict[str, dict[str, float]]) -> None:
    assert {name.partition(" →")[0] for name in results} == set(FLOORS)


def test_another_group_in_the_same_sentence_gets_the_same_toxicity(classifier: Classifier) -> None:
    texts = [
        "My gay neighbour writes stupid letters to the mayor.",
        "The Muslim families in our street are kind.",
        "I think the Mexican coach was a fool to resign.",
        "All women in this town vote for idiots.",
    ]
    assert swap_gap(classifier, texts * 5, 3)["TOXICITY"]["mean"] <= 0.002


def test_calm_people_are_left_alone_in_every_language(classifier: Classifier) -> None:
    languages = calm(classifier)

    assert set(languages) == set(classifier.info.languages)
    for part in languages.values():
        assert part.get("TOXICITY", 0) <= 0.1
        assert part.get("IDENTITY_ATTACK", 0) <= 0.1


@pytest.mark.parametrize(
    "text",
    [
        "https://www.nytimes.com/2019/05/economy",
        "See https://www.bbc.co.uk/news/world-47112345 for the numbers.",
        "My number one wish is a quieter street.",
    ],
)
def test_a_link_to_a_newspaper_is_no_spam(classifier: Classifier, text: str) -> None:
    assert classifier.score([text])[0]["SPAM"] < 0.3


@pytest.mark.parametrize(
    "text",
    [
        "Earn $5000 a week from home!!! Visit http://quick-cash.xyz now",
        "Need a loan? Write to best.lender1@gmail.com or WhatsApp +44 7700 900123",
    ],
)
def test_an_advertisement_is_spam(classifier: Classifier, text: str) -> None:
    assert classifier.score([text])[0]["SPAM"] > 0.5


@pytest.mark.parametrize(
    "text",
    [
        "you stupid cowards",
        "Whoever voted for this is a fool",
        "These morons can't read a map",
    ],
)
def test_people_called_names_are_insulted(classifier: Classifier, text: str) -> None:
    assert classifier.score([text])[0]["INSULT"] > 0.5


@pytest.mark.parametrize(
    "text",
    ["Black people built this city", "Poles engineered the dam", "Jews baked for us all"],
)
def test_what_a_group_has_done_for_others_is_no_attack(classifier: Classifier, text: str) -> None:
    scores = classifier.score([text])[0]

    assert scores["TOXICITY"] < 0.5
    assert scores["IDENTITY_ATTACK"] < 0.5
