"""The list of comments: drawn once for everybody, and never with what is one reader's own."""

import re
from datetime import timedelta

import pytest
from babel.dates import format_timedelta

from service.domain.comment import Status
from service.domain.site import LANGUAGES
from service.domain.thread import Thread
from service.domain.thread_state import ThreadState
from service.store.comments import comments, threads
from service.store.people import votes
from service.web.http import language
from tests.crowd import Said, chorus, speak
from tests.factories import ARTICLE

OURS = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def page(client, news):
    def page(headers=None, **asked):
        return client.get(
            "/frame/news", query_string={"thread": ARTICLE, **asked}, headers=headers
        ).text

    return page


def articles(page):
    """What is drawn of each comment, by its id, without how long ago it was written."""
    drawn = re.findall(r'<article class="comment" id="comment-(\w+)".*?</article>', page)
    parts = re.findall(r'<article class="comment".*?</article>', page)
    return dict(zip(drawn, (re.sub(r">[^<]*</time>", "", part) for part in parts), strict=True))


def test_what_was_drawn_before_is_drawn_alike(core, news, page):
    speak(core, news, ARTICLE, list(chorus(20, every=4)))
    first = articles(page())
    assert len(first) == 20
    assert articles(page()) == first


@pytest.mark.parametrize("asked", [{"lang": "de"}, {"lang": "ar"}], ids=str)
def test_each_language_has_its_own(core, news, page, asked):
    speak(core, news, ARTICLE, list(chorus(2)))
    english = articles(page())
    other = articles(page(**asked))
    assert english.keys() == other.keys()
    assert not any("Reply" in part for part in other.values())
    assert articles(page()) == english


def test_a_changed_comment_is_drawn_anew(core, news, page, record):
    [made] = speak(core, news, ARTICLE, [Said("As it was.")])
    assert "As it was." in page()
    stored = comments.get(record, made.id)
    pending = comments.change_status(
        record, stored, Status.PENDING, by="author", now=core.now(), text="As it is."
    )
    assert pending is Status.PENDING
    stored = comments.get(record, made.id)
    comments.change_status(record, stored, Status.APPROVED, by="ines", now=core.now())
    shown = page()
    assert "As it is." in shown
    assert "As it was." not in shown


def test_a_closed_article_offers_no_answers_whatever_was_drawn_before(core, record, publish, page):
    comment = publish()
    assert 'name="reply"' in page()
    thread = Thread(id=comment.thread, url=ARTICLE)
    threads.settle(record, thread, state=ThreadState.CLOSED, now=core.now())
    assert 'name="reply"' not in page()


def test_only_the_reader_themselves_sees_what_is_theirs(core, news, client, page, record):
    token = core.signer.reader_token("news", core.random(12))
    me = core.signer.reader("news", token)
    mine, other = speak(core, news, ARTICLE, [Said("Mine.", me), Said("Yours.", "Ada")])
    headers = {"Folkmoot-Reader": token}
    record.redis.hset(record.keys.comment(mine.id), "a", me)
    for _ in range(2):
        before, own = articles(page()), articles(page(headers))
        assert ">You<" not in "".join(before.values())
        assert ">You<" in own[mine.id]
        assert "disabled" in own[mine.id]
        assert "Report" not in own[mine.id]
        assert own[other.id] == before[other.id]
    client.put(
        f"/api/v1/sites/news/comments/{other.id}/vote", json={"direction": "up"}, headers=headers
    )
    assert votes.of_voter(record, [other.id], me)
    assert 'aria-pressed="true"' in articles(page(headers))[other.id]
    assert 'aria-pressed="true"' not in articles(page())[other.id]


def test_one_form_serves_all_votes(core, news, client, record, page):
    one, two = speak(core, news, ARTICLE, [Said("One."), Said("Two.")])
    shown = page()
    assert shown.count('method="post"') == 2
    values = re.findall(r'name="direction" value="([^"]*)"', shown)
    assert set(values) == {f"{way} {id_}" for way in ("up", "down") for id_ in ("", one.id, two.id)}
    for value in (f"up {two.id}", "down "):
        form = {"thread": ARTICLE, "title": "", "direction": value}
        answer = client.post("/frame/news/votes", data=form, headers=OURS)
        assert "said=voted" in answer.headers["Location"]
    assert comments.get(record, two.id).up == 1
    assert comments.get(record, one.id).up == 0
    counts = client.get(f"/api/v1/sites/news/counts?thread={ARTICLE}").json["threads"][0]
    assert (counts["up"], counts["down"]) == (0, 1)


def test_a_page_of_fifty_comments_is_small(core, news, page):
    said = [Said("A remark of a usual length about trams, bridges and the rest. " * 2)] * 50
    speak(core, news, ARTICLE, said)
    assert len(page().encode()) < 85_000


@pytest.mark.parametrize("code", sorted(LANGUAGES))
def test_how_long_ago_is_told_as_babel_tells_it(client, code, app, core):
    lengths = [0, 1, 40, 52, 59, 61, 99, 1800, 3000, 3100, 3599, 5000, 80_000, 86_000, 10**6]
    with app.test_request_context(f"/?lang={code}"):
        now = core.now()
        for seconds in (*lengths, 27 * 86_400, 200 * 86_400, 320 * 86_400, 10**9):
            moment = now - timedelta(seconds=seconds)
            told = format_timedelta(moment - now, add_direction=True, locale=code)
            assert language.ago(moment, now) == told, seconds
