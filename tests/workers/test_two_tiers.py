"""Verdicts say how thoroughly a comment was read; under a flood, calm ones are read once."""

import pytest

from service.domain.verdict import Depth
from service.scoring import Scorers
from service.store.comments import comments, history, intakes
from tests.factories import a_comment, an_intake
from tests.models.encoding.artifact import two_tiers
from workers import jobs, runtime
from workers.runtime import Runtime

CALM = "Thank you for this interesting article, number {}."
INSULT = "You are a clown, and everybody knows it."
GERMAN = "Vielen Dank für diesen schönen Artikel über die Straßenbahn."
SPANISH = "Ustedes no saben lo que dicen, y además la ciudad está muy bonita hoy."


@pytest.fixture(scope="module")
def scorers(tmp_path_factory):
    return Scorers(two_tiers(tmp_path_factory.mktemp("model") / "two"))


@pytest.fixture
def judge(core, record, scorers, news):
    """Submit texts, judge all of them in one drain, and return how each was read."""
    runtime.install(Runtime(core=core, scorers=scorers))

    def judge(*texts):
        ids = []
        for text in texts:
            comment = a_comment(body=text, created_at=core.now())
            intakes.accept(record, an_intake(comment))
            ids.append(comment.id)
        jobs.drain("news")
        return [history.last(record, comments.get(record, id_)).depth for id_ in ids]

    return judge


def test_the_log_says_how_thoroughly_each_comment_was_read(judge):
    read = judge(CALM.format(1), INSULT, GERMAN, SPANISH)
    assert read == [Depth.TWICE, Depth.TWICE, Depth.ONCE, Depth.UNMEASURED]


def test_under_a_flood_only_what_is_calm_is_read_once(judge):
    calm = [CALM.format(number) for number in range(jobs.BATCH - 2)]
    read = judge(INSULT, SPANISH, *calm)
    assert read == [Depth.TWICE, Depth.UNMEASURED, *[Depth.ONCE] * len(calm)]
