"""A moderator replies in public: with the badge, through the intake, visible to readers."""

import pytest

from service.domain.comment import Badge
from service.store.comments import comments
from tests.web.person import Person, shown


@pytest.fixture
def olga(core, client):
    return Person(core, client, "olga").join()


def test_an_answer_carries_the_badge_of_the_newsroom(olga, publish, record, news):
    asked = publish()
    answer = olga.post(f"news/comments/{asked.id}/answer", words="We have corrected it.")
    assert answer.status_code == 303
    assert "Answered" in olga.client.get(answer.location).text
    [written] = comments.get_many(record, record.redis.zrange(record.keys.unjudged(), 0, -1)[-1:])
    assert (written.parent, written.root, written.name) == (asked.id, asked.id, "olga")
    assert (written.badge, written.body) == (Badge.STAFF, "We have corrected it.")


@pytest.mark.parametrize(("chosen", "badge"), [("staff", Badge.STAFF), ("author", Badge.AUTHOR)])
def test_who_answers_chooses_the_badge(olga, publish, record, news, chosen, badge):
    path = f"news/comments/{publish().id}/answer"
    assert olga.post(path, words="I saw it myself.", badge=chosen).status_code == 303
    [written] = comments.get_many(record, record.redis.zrange(record.keys.unjudged(), 0, -1)[-1:])
    assert written.badge is badge


@pytest.mark.parametrize("badge", ["", "Author", "owner", "staff author"])
def test_a_badge_that_there_is_not_is_refused_with_why(olga, publish, record, news, badge):
    path, before = (
        f"news/comments/{publish().id}/answer",
        record.redis.zcard(record.keys.unjudged()),
    )
    answer = olga.post(path, words="I saw it myself.", badge=badge)
    assert answer.status_code == 422
    assert "There is no such badge. Nothing was changed." in shown(answer)
    assert record.redis.zcard(record.keys.unjudged()) == before


def test_the_form_offers_the_newsroom_first(olga, publish, news):
    page = olga.get(f"news/comments/{publish().id}")
    assert '<option value="staff" selected>as the newsroom</option>' in page.text
    assert '<option value="author">as the author of the article</option>' in page.text


@pytest.mark.parametrize("words", ["", " ", "x" * 6000])
def test_an_answer_that_is_none_is_refused_with_why(olga, publish, record, news, words):
    before = record.redis.zcard(record.keys.unjudged())
    answer = olga.post(f"news/comments/{publish().id}/answer", words=words)
    assert answer.status_code == 422
    assert record.redis.zcard(record.keys.unjudged()) == before


def test_an_answer_that_is_sent_twice_is_one_answer(olga, publish, record, news):
    path, before = (
        f"news/comments/{publish().id}/answer",
        record.redis.zcard(record.keys.unjudged()),
    )
    for _ in range(2):
        assert olga.post(path, words="We have corrected it.").status_code == 303
    assert record.redis.zcard(record.keys.unjudged()) == before + 1
    olga.post(path, words="And thank you.")
    olga.post(f"news/comments/{publish().id}/answer", words="And thank you.")
    assert record.redis.zcard(record.keys.unjudged()) == before + 3
    olga.post(path, words="And thank you.", badge="author")
    assert record.redis.zcard(record.keys.unjudged()) == before + 4
