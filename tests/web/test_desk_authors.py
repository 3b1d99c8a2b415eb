"""Authors at the desk over HTTP: banned, warned, muted, trusted; notes, marks and records."""

import re

import pytest

from service.domain.author_status import AuthorStatusKind
from service.store.comments import comments
from service.store.desk import acts
from service.store.people import author_status
from service.store.site import sites
from tests.factories import NOON


def test_a_banned_author_is_refused_with_a_clear_sentence(
    enter, submit, client, core, record, news
):
    sent = submit().json
    path = f"news/comments/{sent['id']}/author"
    desk = enter()
    assert desk.post(path, footing="banned", days="7", why="You insult people.").status_code == 200
    answer = submit(body="Me again, with something else.")
    assert answer.status_code == 422
    assert "You cannot comment here until" in answer.json["errors"][0]["detail"]
    assert "You insult people." in answer.json["errors"][0]["detail"]
    assert [act.what for act in acts.before(record, "+", "-", 10)] == ["author"]
    desk.post(path, footing="lift")
    assert submit(body="Me again, with something else.").status_code == 202


def test_a_ban_on_all_sites_holds_on_all_for_who_may_decide_there(enter, submit, news, other):
    sent = submit().json
    path = f"news/comments/{sent['id']}/author"
    ban = {"footing": "banned", "why": "Enough.", "everywhere": "1"}
    assert enter(name="local", sites=("news",)).post(path, **ban).status_code == 403
    assert submit("other", thread="https://other.example/a").status_code == 202
    assert enter().post(path, **ban).status_code == 200
    answer = submit("other", thread="https://other.example/b", body="Here I am.")
    assert answer.json["errors"][0]["code"] == "banned"


def test_a_warned_author_reads_it_once(enter, submit, news):
    sent = submit().json
    warning = {"footing": "warned", "why": "Please stay polite."}
    enter().post(f"news/comments/{sent['id']}/author", **warning)
    answer = submit(body="Hello again, everybody.")
    assert "Please stay polite." in answer.json["errors"][0]["detail"]
    assert submit(body="Hello again, everybody.").status_code == 202


@pytest.mark.parametrize("kind", [AuthorStatusKind.MUTED, AuthorStatusKind.TRUSTED])
def test_a_muted_or_trusted_author_is_told_nothing(enter, submit, record, news, kind):
    sent = submit().json
    enter().post(f"news/comments/{sent['id']}/author", footing=kind.value, days="")
    comment = comments.get(record, sent["id"])
    [status] = author_status.of_many(record, [(comment.author, "")], now=NOON)
    assert (status.kind, status.until) == (kind, None)
    assert submit(body="Nobody says a word.").status_code == 202


def test_a_word_is_blocked_from_now_on(enter, hold, redis):
    hold()
    enter().post("news/words", word="snake oil")
    enter().post("news/words", word="Snake Oil")
    assert sites.get(redis, "news").policy.blocked_words == ("snake oil",)


def test_the_words_that_raise_a_score_are_marked_and_nothing_else(enter, hold):
    comment = hold(body="You stupid <script>alert(1)</script> idiot, the tram is late.")
    page = enter().get(f"news/comments/{comment.id}/words?attribute=TOXICITY").text
    assert re.search(r'<mark class="level-\d">stupid</mark>', page)
    assert "<script>" not in page
    assert "&lt;" in page


def test_an_author_s_page_holds_the_record_and_latest_comments(enter, hold):
    older, newer = (hold(author="a" * 16) for _ in range(2))
    page = enter().get(f"news/authors/{'a' * 16}").text
    assert page.index(newer.body) < page.index(older.body)
    assert "2 held" in page
