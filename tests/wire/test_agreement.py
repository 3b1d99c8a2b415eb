"""The agreement of labels from other systems with our scores, per community."""

import pytest

from service.analysis.agreement import compare
from service.domain.label import Label
from tests.wire.conftest import KIND, RUDE


@pytest.fixture
def says(scorer):
    """Compare labels given as (community, text, score)."""

    def says(*given, attribute="TOXICITY"):
        made = [
            Label(text=text, community=community, scores={attribute: score})
            for community, text, score in given
        ]
        return compare(scorer, made)

    return says


def test_whoever_says_what_we_say_agrees(says):
    [agreement] = says(("forum", RUDE, 1.0), ("forum", KIND, 0.0))
    assert (agreement.labels, agreement.missed, agreement.false, agreement.agreed) == (2, 0, 0, 1.0)
    assert 0 <= agreement.distance < 0.5


def test_what_we_miss_and_what_we_see_falsely_are_told_apart(says):
    [agreement] = says(("forum", KIND, 1.0), ("forum", RUDE, 0.0), ("forum", RUDE, 1.0))
    assert (agreement.labels, agreement.missed, agreement.false) == (3, 1, 1)
    assert agreement.agreed == pytest.approx(1 / 3)


def test_every_community_speaks_for_itself(says):
    rows = says(("b", KIND, 1.0), ("a", KIND, 0.0))
    assert [(row.community, row.agreed) for row in rows] == [("a", 1.0), ("b", 0.0)]


def test_a_name_of_theirs_is_compared_with_what_answers_for_it(says):
    [agreement] = says(("forum", KIND, 0.0), attribute="TOXICITY_EXPERIMENTAL")
    assert (agreement.attribute, agreement.labels) == ("TOXICITY", 1)


def test_what_has_no_score_is_counted_apart(says):
    [agreement] = says(("forum", KIND, 1.0), attribute="FLIRTATION")
    assert (agreement.labels, agreement.unscored, agreement.agreed) == (0, 1, 0.0)


def test_without_labels_there_is_nothing_to_say(says):
    assert says() == []
