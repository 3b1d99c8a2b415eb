"""The service says how thoroughly a text was read, and rejects nothing for a zero-shot score."""

import pytest

from service.domain.errors import NotScored
from service.domain.verdict import Depth
from service.scoring import TURN, LoadedModel, Scorer, Scorers
from tests.models.encoding.artifact import two_tiers

CALM = "Thank you for this interesting article."
ENGLISH = "You are a clown, and everybody knows it."
GERMAN = "Du bist ein Clown und weißt es nicht einmal."
SPANISH = "Ustedes no saben lo que dicen, y además la ciudad está muy bonita hoy."
DUTCH = "Dit is een Nederlandse zin over het weer en de politiek in ons land."
TEXTS = [CALM, ENGLISH, GERMAN, SPANISH, DUTCH]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return two_tiers(tmp_path_factory.mktemp("model") / "two")


@pytest.fixture(scope="module")
def scorer(folder):
    return Scorers(folder).of()


def depths(scorer):
    return [text.depth for text in scorer.read(TEXTS)]


def test_each_text_says_how_thoroughly_it_was_read(scorer):
    once, twice, unmeasured = Depth.ONCE, Depth.TWICE, Depth.UNMEASURED
    assert depths(scorer) == [twice, twice, once, unmeasured, Depth.UNREAD]
    assert depths(scorer.hurrying()) == [once, twice, once, unmeasured, Depth.UNREAD]
    assert depths(scorer.reading_once()) == [once, once, once, Depth.UNREAD, Depth.UNREAD]


def test_a_small_machine_leaves_the_second_tier_out(folder, scorer):
    small = Scorers(folder, tiers=1).of()
    assert small.score(TEXTS) == scorer.reading_once().score(TEXTS)
    assert small.languages == scorer.languages - {"es"}


def test_many_texts_are_read_in_turns_and_scored_as_one_by_one(scorer):
    texts = [f"{ENGLISH} {number} " + "the fox and the bus " * 300 for number in range(12)]
    assert sum(map(len, texts)) > 2 * TURN

    together = scorer.read(texts)

    assert together == [scorer.read([text])[0] for text in texts]


def test_nobody_waits_for_ever_while_others_have_their_turn(folder):
    model = LoadedModel(folder)
    with model.turnstile.passed(), model.turnstile.passed(), pytest.raises(NotScored):
        Scorer(model).read([ENGLISH])
    assert Scorer(model).read([ENGLISH])[0].depth is Depth.TWICE


def test_the_shares_of_words_are_those_of_both_tiers(scorer):
    once = scorer.reading_once().explain(ENGLISH, "INSULT")
    twice = scorer.explain(ENGLISH, "INSULT")
    assert {(share.start, share.end) for share in once} <= {(s.start, s.end) for s in twice}
