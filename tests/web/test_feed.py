"""The Atom feeds: their content, and valid XML whatever readers wrote."""

from xml.etree import ElementTree

import pytest

from service.domain.thread import thread_id
from tests.factories import ARTICLE
from tests.store.test_exchanges import an_exchange

FEED = "/api/v1/sites/news/feed.atom"
ATOM = "{http://www.w3.org/2005/Atom}"
ANSWERS = "{http://purl.org/syndication/thread/1.0}in-reply-to"


def entries(answer):
    assert answer.status_code == 200, answer.data
    assert answer.content_type == "application/atom+xml; charset=utf-8"
    feed = ElementTree.fromstring(answer.data)  # noqa: S314  # made by ourselves
    return feed.findall(f"{ATOM}entry")


def text(entry, name):
    return entry.findtext(f"{ATOM}{name}")


def test_the_latest_comments_come_first(client, publish):
    made = [publish(body=f"Number {number}").id for number in range(3)]
    feed_entries = entries(client.get(FEED))
    assert [text(entry, "id").rsplit("/", 1)[1] for entry in feed_entries] == made[::-1]


def test_an_entry_leads_to_the_comment_in_its_article(client, publish):
    comment = publish(name="Ann", body="Well said.")
    [entry] = entries(client.get(FEED))
    assert entry.find(f"{ATOM}link").get("href") == f"{ARTICLE}#comment-{comment.id}"
    assert entry.findtext(f"{ATOM}author/{ATOM}name") == "Ann"
    assert text(entry, "title") == "Ann · The tram"
    assert text(entry, "published") == comment.created_at.isoformat()


def test_an_answer_names_what_it_answers(client, record, news):
    _, answer, deeper = an_exchange(record)
    latest = entries(client.get(FEED))[0]
    assert text(latest, "id").endswith(deeper.id)
    assert latest.find(ANSWERS).get("ref").endswith(answer.id)


def test_one_article_is_followed_alone(client, publish):
    here, elsewhere = publish(), "https://news.example/other"
    publish(thread=thread_id(elsewhere))
    [entry] = entries(client.get(FEED, query_string={"thread": ARTICLE}))
    assert text(entry, "id").endswith(here.id)


@pytest.mark.parametrize(
    "body",
    ["<script>alert(1)</script>", "]]> & <!-- &amp; -->", "emoji 👍🏽 and العربية", "a\x0bb￾c"],
)
def test_whatever_was_written_is_well_formed_and_harmless(client, submit, news, record, body):
    submit(name="<b>Ann", body=body)
    publish_all(record)
    [entry] = entries(client.get(FEED))
    shown = text(entry, "content")
    assert shown.startswith("<p>")
    assert "<script" not in shown


def publish_all(record):
    from service.store.comments import comments
    from tests.factories import NOON, a_verdict

    for id_ in record.redis.zrange(record.keys.unjudged(), 0, -1):
        comments.judge(record, comments.get(record, id_), a_verdict(), now=NOON)


def test_nothing_new_costs_nothing(client, publish):
    publish()
    first = client.get(FEED)
    again = client.get(FEED, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert "public" in first.headers["Cache-Control"]


def test_an_empty_feed_is_a_feed(client, news):
    assert entries(client.get(FEED)) == []


def test_another_sites_article_is_refused(client, news):
    answer = client.get(FEED, query_string={"thread": "https://elsewhere.example/"})
    assert answer.status_code == 422
    assert answer.content_type == "application/problem+json"


def test_an_unknown_site_has_no_feed(client):
    assert client.get("/api/v1/sites/nowhere/feed.atom").status_code == 404
