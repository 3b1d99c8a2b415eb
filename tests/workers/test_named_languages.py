"""The language that a site, a page or a request names reaches the classifier of the worker."""

from dataclasses import replace

import pytest

from service.app import create_app
from service.domain.comment import Status
from service.scoring import Scorers
from service.store.comments import comments
from service.store.site import sites
from tests.factories import ARTICLE
from workers import jobs, runtime
from workers.runtime import Runtime

# One French word, which the classifier takes for Swedish.
WORD = "attardé"
OURS = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture(scope="module")
def scorers():
    return Scorers()


@pytest.fixture
def speaking(core, redis, news, scorers):
    """Return what gives the site a language."""
    runtime.install(Runtime(core=core, scorers=scorers))
    return lambda language: sites.put(redis, replace(news, language=language))


@pytest.fixture
def client(core, speaking):
    return create_app(core).test_client()


@pytest.fixture
def judged(record):
    """Let a worker judge the only comment that waits, and return it."""

    def judged():
        [id_] = record.redis.zrange(record.keys.unjudged(), 0, -1)
        jobs.drain("news")
        return comments.get(record, id_)

    return judged


@pytest.fixture
def send(client, judged):
    """Send a comment as a program does."""

    def send(**fields):
        sent = {"thread": ARTICLE, "name": "Ann", "body": WORD} | fields
        answer = client.post("/api/v1/sites/news/comments", json=sent)
        assert answer.status_code == 202, answer.json
        return judged()

    return send


@pytest.fixture
def write(client, judged):
    """Send the form under an article, as the frame with these parameters does."""

    def write(query=""):
        form = {"thread": ARTICLE, "name": "Ann", "body": WORD}
        answer = client.post(f"/frame/news/comments?{query}", data=form, headers=OURS)
        assert answer.status_code == 303, answer.text
        return judged()

    return write


def is_scored(comment):
    return comment.scores["TOXICITY"] is not None


def test_without_a_named_language_the_text_alone_tells(send):
    comment = send()

    assert comment.named_language == ""
    assert not is_scored(comment)
    assert comment.status is Status.HELD


def test_the_sites_language_is_believed(send, speaking):
    speaking("fr")

    assert is_scored(send())


@pytest.mark.parametrize("tag", ["fr", "fr-CA", "FR_ca"])
def test_the_language_that_a_request_names_is_believed(send, tag):
    comment = send(language=tag)

    assert comment.named_language == "fr"
    assert is_scored(comment)


@pytest.mark.parametrize("tag", ["-", "français", "12", "f", "x" * 35, "fr\u0000"])
def test_what_is_no_language_names_none(send, tag):
    comment = send(language=tag)

    assert comment.named_language == ""
    assert comment.status is Status.HELD


@pytest.mark.parametrize("query", ["page=fr", "page=fr-BE", "lang=fr", "lang=fr&page=de"])
def test_the_language_of_the_page_is_believed(write, query):
    comment = write(query)

    assert comment.named_language == "fr"
    assert is_scored(comment)


def test_the_sites_language_comes_before_the_pages_and_the_embeds_before_both(write, speaking):
    speaking("fr")
    by_page, by_embed = write("page=nl"), write("page=fr&lang=nl")

    assert (by_page.named_language, is_scored(by_page)) == ("", True)
    assert (by_embed.named_language, is_scored(by_embed)) == ("nl", False)


def test_a_page_may_name_a_language_that_the_frame_does_not_speak(client, write):
    page = client.get(f"/frame/news?thread={ARTICLE}&page=ru")

    assert "page=ru" in page.text
    assert write("page=ru").named_language == "ru"
