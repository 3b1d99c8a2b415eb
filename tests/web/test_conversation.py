"""The frame as a page of HTML: its layout, and its texts for empty lists."""

import re
from dataclasses import replace
from datetime import timedelta
from html.parser import HTMLParser

import pytest

from service.app import create_app
from service.readers.exchange import Exchange
from service.store.site import sites
from service.web.frame import branches
from tests.crowd import Said, chorus, speak
from tests.factories import ARTICLE, a_comment

NOWHERE = "01hzzzzzzzzzzzzzzzzzzzzzzz"


def deep(branch):
    """The names of an exchange as nested lists."""
    return [branch.comment.name if branch.comment else None, *(deep(one) for one in branch.answers)]


def answers(*said):
    """Add replies, given as (name, name of the answered author); the root's author is Root."""
    made = {"Root": a_comment(name="Root")}
    for name, whom in said:
        parent = made[whom].id if whom in made else NOWHERE
        made[name] = a_comment(name=name, parent=parent)
    root = made.pop("Root")
    return Exchange(root=root.id, comment=root, answers=tuple(made.values()))


@pytest.mark.parametrize(
    ("said", "laid"),
    [
        ([], ["Root"]),
        ([("A", "Root"), ("B", "Root")], ["Root", ["A"], ["B"]]),
        ([("A", "Root"), ("B", "A"), ("C", "B")], ["Root", ["A", ["B", ["C"]]]]),
        (
            [("A", "Root"), ("B", "A"), ("C", "B"), ("D", "C"), ("E", "D")],
            ["Root", ["A", ["B", ["C"], ["D"], ["E"]]]],
        ),
        ([("A", "nobody")], ["Root", ["A"]]),
    ],
    ids=["alone", "side by side", "three deep", "flat from there", "answering what has gone"],
)
def test_answers_stand_under_what_they_answer(said, laid):
    assert deep(branches.lay_out(answers(*said))) == laid


def test_whom_one_answers_is_said_where_the_place_does_not_tell():
    remarks = (("A", "Root"), ("B", "A"), ("C", "B"), ("D", "C"), ("E", "none"))
    top = branches.lay_out(answers(*remarks))
    a, e = top.answers
    b = a.answers[0]
    c, d = b.answers
    assert [one.answers_to for one in (a, b, c, d, e)] == ["", "A", "B", "C", None]
    assert [one.is_near for one in (a, b, c, d)] == [True, True, True, False]
    assert top.size == 5


class Page(HTMLParser):
    """The text of a page, its links and its ids."""

    def __init__(self, html):
        super().__init__()
        self.ids, self.links = [], []
        self.feed(html)
        body = re.sub(r"<script.*?</script>|<[^>]+>", " ", html, flags=re.DOTALL)
        self.text = re.sub(r"\s+", " ", body)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.ids += [given["id"]] if "id" in given else []
        self.links += [given["href"]] if tag == "a" else []


@pytest.fixture
def frame(client, news):
    def frame(**asked):
        answer = client.get("/frame/news", query_string={"thread": ARTICLE, **asked})
        return Page(answer.text)

    return frame


def test_no_id_stands_twice_in_a_page(core, news, frame):
    speak(core, news, ARTICLE, list(chorus(30, every=4)))
    ids = frame().ids
    assert sorted(ids) == sorted(set(ids))


def test_a_permalink_shows_the_page_with_that_comment(core, news, frame):
    made = speak(core, news, ARTICLE, list(chorus(200)))
    page = frame(comment=made[20].id)
    assert f"comment-{made[20].id}" in page.ids
    assert "Show all comments" in page.text


def test_a_permalink_finds_an_answer_far_down_a_long_exchange(core, news, frame):
    remarks = [Said("So it begins."), *(Said(f"Yes {n}.", answers=0) for n in range(250))]
    made = speak(core, news, ARTICLE, remarks)
    for wanted in (made[5], made[150], made[249]):
        assert f"comment-{wanted.id}" in frame(comment=wanted.id).ids


@pytest.mark.parametrize("gone", [NOWHERE, "no id at all", "<script>"])
def test_a_vanished_comment_is_said_kindly(core, news, frame, gone):
    speak(core, news, ARTICLE, list(chorus(2)))
    for asked in ({"comment": gone}, {"root": gone}):
        page = frame(**asked)
        assert "The comment you were looking for is no longer here." in page.text
        assert "Thought number 1." in page.text


def test_an_exchange_of_another_article_is_not_shown_under_this_one(core, news, frame):
    [made] = speak(core, news, "https://news.example/other", [Said("Elsewhere.")])
    assert "Elsewhere." not in frame(root=made.id).text
    assert "Elsewhere." not in frame(comment=made.id).text


def test_the_rest_of_a_long_exchange_is_read_page_by_page(core, news, frame):
    remarks = [Said("So it begins."), *(Said(f"Answer {n}.", answers=0) for n in range(70))]
    [root, *_] = speak(core, news, ARTICLE, remarks)
    first = frame()
    assert "Answer 9." in first.text
    assert "Answer 10." not in first.text
    assert "Show 60 more answers" in first.text
    second = frame(root=root.id)
    assert "Answer 49." in second.text
    assert "Show more answers" in second.text
    [more] = [link for link in second.links if "cursor=" in link and "root=" in link]
    assert more


def test_a_comment_that_went_leaves_its_answers(core, news, record, frame):
    from service.domain.comment import Status
    from service.store.comments import comments

    root, _ = speak(core, news, ARTICLE, [Said("Gone soon."), Said("I stay.", answers=0)])
    comments.change_status(
        record, comments.get(record, root.id), Status.REMOVED, by="x", now=core.now()
    )
    page = frame()
    assert "I stay." in page.text
    assert "Gone soon." not in page.text
    assert "This comment is no longer here; its answers are." in page.text


@pytest.mark.parametrize(("days", "is_closed"), [(6, False), (8, True)])
def test_an_article_that_is_closed_says_so_and_shows_no_form(core, news, redis, days, is_closed):
    speak(core, news, ARTICLE, list(chorus(2)))
    sites.put(redis, replace(news, policy=replace(news.policy, closed_after_days=7)))
    later = replace(core, now=lambda: core.now() + timedelta(days=days))
    asked = {"thread": ARTICLE}
    page = create_app(later).test_client().get("/frame/news", query_string=asked).text
    assert "Thought number 1." in page
    assert ("Comments on this article are closed." in page) is is_closed
    assert ('<form id="form"' in page) is not is_closed
    assert ('name="reply"' in page) is not is_closed


def test_a_search_of_the_site_leads_to_the_articles(core, news, frame):
    speak(core, news, "https://news.example/other", [Said("A ferry elsewhere.")])
    speak(core, news, ARTICLE, [Said("A ferry here.")])
    assert "elsewhere" not in frame(q="ferry").text
    page = frame(q="ferry", **{"in": "site"})
    assert "A ferry elsewhere." in page.text
    assert any(link.startswith("https://news.example/other#comment-") for link in page.links)


@pytest.mark.parametrize(
    "asked",
    [
        {"cursor": "nonsense"},
        {"cursor": "-1~x"},
        {"cursor": "1_0~x"},
        {"cursor": "٣~x"},
        {"sort": "loudest"},
        {"theme": "purple"},
        {"accent": "red"},
        {"lang": "tlh"},
        {"reply": "nobody"},
        {"q": "x" * 500},
    ],
    ids=str,
)
def test_what_nobody_can_mean_harms_nothing(core, news, client, asked):
    speak(core, news, ARTICLE, list(chorus(3)))
    answer = client.get("/frame/news", query_string={"thread": ARTICLE, **asked})
    assert answer.status_code == 200
    assert "Total comments (3)" in answer.text


@pytest.mark.parametrize(
    "thread", ["", "javascript:alert(1)", "https://evil.example/a", "https://news.example:9/"]
)
def test_an_address_of_nobodys_is_told_plainly(client, news, thread):
    answer = client.get("/frame/news", query_string={"thread": thread})
    assert answer.status_code == 422
    assert "Comments cannot be shown here" in answer.text
    assert "<form" not in answer.text
