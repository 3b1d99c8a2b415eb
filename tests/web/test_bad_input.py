"""For any input in the form, the page reports the error clearly and stays intact."""

import re

import pytest

from service.domain.comment import Status
from service.store.comments import comments
from tests.factories import ARTICLE

SAME = {"Sec-Fetch-Site": "same-origin"}
FORM = {"thread": ARTICLE, "name": "Ann", "body": "What a lovely tram."}
OTHERS = "https://other.example/article"


@pytest.fixture
def send(client, news):
    def send(**typed):
        return client.post("/frame/news/comments", data=FORM | typed, headers=SAME)

    return send


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"name": "   "}, "Please give a name."),
        ({"name": "\u3164\u200b\u2800"}, "Please give a name."),
        ({"name": "\u202e\u2066"}, "Please give a name."),
        ({"name": "Moderator"}, "This name is kept for the newsroom."),
        ({"name": "Аdmin"}, "This name is kept for the newsroom."),
        ({"name": "n" * 60}, "At most 50 characters."),
        ({"body": " \n\t\u200b"}, "Please write something; nothing of this can be seen."),
        ({"body": "x" * 60_000}, "At most 5000 characters; this has 60000."),
        ({"email": "javascript:alert(1)"}, "This does not look like an e-mail address."),
        ({"parent": "0" * 26}, "The comment this answers is not here (any more)."),
        ({"parent": "z" * 26}, "The comment this answers is not here (any more)."),
        ({"parent": "<script>"}, "The comment this answers is not here (any more)."),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(send, typed, said):
    answer = send(**typed)
    assert answer.status_code == 422
    assert said in answer.text
    assert answer.text.count('<form id="form"') == 1
    assert "<script>" not in answer.text.split("</head>")[1]
    assert (typed.get("body") or FORM["body"]).strip() in answer.text


@pytest.mark.parametrize("thread", [OTHERS, "javascript:alert(1)", "", "//other.example"])
def test_an_article_of_another_site_is_refused_plainly(client, news, send, thread):
    for answer in (send(thread=thread), client.get(f"/frame/news?thread={thread}")):
        assert answer.status_code == 422
        assert "Comments cannot be shown here" in answer.text
        assert "href" not in re.sub(r"<link[^>]*>", "", answer.text)


def test_a_body_of_a_hundred_kilobytes_is_refused_plainly(send):
    answer = send(body="x" * 100_000)
    assert answer.status_code == 413
    assert "This is too long" in answer.text


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("<b>bold</b> & <script>alert(1)</script>", "&lt;b&gt;bold&lt;/b&gt; &amp; &lt;script&gt;"),
        ("javascript:alert(1)", "<p>javascript:alert(1)</p>"),
        ("\u202egnp.exe", "<p>gnp.exe</p>"),
        ("pay\u200bpal", "<p>paypal</p>"),
        (
            "https://bad.example\\@news.example/",
            'target="_blank">bad.example</a>\\@news.example/',
        ),
        ("https://news.example@bad.example/", "<p>https://news.example@bad.example/</p>"),
        ("https://.", "<p>https://.</p>"),
        ("x" * 5000, "x" * 5000),
    ],
)
def test_what_is_odd_is_shown_as_harmless_text(client, send, record, core, typed, shown):
    location = send(body=typed).headers["Location"]
    assert location.endswith("#mine")
    [comment] = [key.split(":")[-1] for key in record.redis.keys("fm:{news}:c:*")]
    stored = comments.get(record, comment)
    comments.change_status(record, stored, Status.APPROVED, by="ines", now=core.now())
    page = client.get(f"/frame/news?thread={ARTICLE}").text
    assert shown in page
    assert "<script>alert" not in page
    assert not set(page) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b")


def test_stacked_marks_are_a_few_at_most(send, record):
    send(name="Z" + "\u0335" * 40, body="Z" + "\u0335\u200d" * 400)
    [comment] = [key.split(":")[-1] for key in record.redis.keys("fm:{news}:c:*")]
    stored = comments.get(record, comment)
    assert (stored.name, stored.body) == ("Z" + "\u0335" * 4, "Z" + "\u0335" * 4)


def test_an_answer_to_what_vanished_while_one_wrote_is_told(send, publish, record, core):
    parent = publish()
    stored = comments.get(record, parent.id)
    comments.change_status(record, stored, Status.REJECTED, by="ines", now=core.now())
    answer = send(parent=parent.id)
    assert answer.status_code == 422
    assert "The comment this answers is not here (any more)." in answer.text
    assert "Do not answer anybody" in answer.text
