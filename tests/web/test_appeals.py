"""Statements of reasons and appeals over HTTP and by form, only for a comment's author."""

import pytest

from service.domain.comment import Status
from service.domain.moderator import Moderator, Role
from service.domain.verdict import Outcome
from service.readers import appeal
from service.store.comments import comments
from tests.factories import NOON, a_verdict

INES = Moderator(name="ines", role=Role.OWNER)
SAME = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def sent(submit, news):
    return submit().json


@pytest.fixture
def mine(sent):
    return {"Folkmoot-Receipt": sent["receipt"]}


@pytest.fixture
def url(sent):
    return f"/api/v1/sites/news/comments/{sent['id']}"


@pytest.fixture
def refuse(record, sent, core):
    def refuse(why=""):
        comment = comments.get(record, sent["id"])
        comments.change_status(record, comment, Status.REJECTED, by="ines", why=why, now=core.now())

    return refuse


def test_the_machines_reasons_are_told_in_words(client, record, sent, mine, url):
    comment = comments.get(record, sent["id"])
    verdict = a_verdict(Outcome.REJECT, "toxicity/insult", INSULT=0.99)
    comments.judge(record, comment, verdict, now=NOON)
    statement = client.get(url, headers=mine).json["own"]["statement"]
    assert (statement["decider"], statement["rules"]) == ("machine", ["toxicity/insult"])
    assert statement["reasons"] == ["It looks like an insult."]
    assert statement["appeal_until"] > statement["at"]


def test_a_moderators_reason_is_told_without_a_name(client, mine, url, refuse):
    refuse("Off the subject.")
    answer = client.get(url, headers=mine)
    assert answer.json["own"]["statement"]["words"] == "Off the subject."
    assert "ines" not in answer.text


def test_an_appeal_is_lodged_and_its_answer_read(client, core, news, sent, mine, url, refuse):
    refuse()
    for _ in range(2):
        answer = client.put(f"{url}/appeal", json={"text": "It is about the tram."}, headers=mine)
        assert (answer.status_code, answer.json["state"]) == (200, "open")
    other = client.put(f"{url}/appeal", json={"text": "Else."}, headers=mine)
    assert (other.status_code, other.json["type"]) == (409, "/problems/not-appealable")
    appeal.answer(core, news, INES, sent["id"], upheld=True, words="You are right.")
    seen = client.get(url, headers=mine)
    assert seen.json["status"] == "approved"
    assert seen.json["own"]["appeal"]["answer"] == "You are right."
    assert "ines" not in seen.text


def test_an_appeal_needs_the_receipt(client, url, refuse):
    refuse()
    assert client.put(f"{url}/appeal", json={"text": "Please."}).status_code == 403


def test_what_only_the_author_is_told_nobody_else_is(client, publish):
    comment = publish()
    assert client.get(f"/api/v1/sites/news/comments/{comment.id}").json["own"] is None


def test_an_author_appeals_by_a_form(client, record, sent, refuse):
    refuse("Off the subject.")
    client.set_cookie(
        "mine", f"{sent['id']}:{sent['receipt']}", path="/frame/news", domain="localhost"
    )
    card = client.get("/frame/news/mine").text
    assert "a moderator" in card
    assert "Off the subject." in card
    form = f"/frame/news/comments/{sent['id']}/appeal"
    assert "Why should it be published after all?" in client.get(form).text
    empty = client.post(form, data={"text": " "}, headers=SAME)
    assert empty.status_code == 422
    assert "aria-invalid" in empty.text
    assert client.post(form, data={"text": "It is."}, headers=SAME).status_code == 303
    assert "You have appealed." in client.get("/frame/news/mine").text
    again = client.post(form, data={"text": "It really is."}, headers=SAME)
    assert again.status_code == 409
    assert "This decision takes no appeal" in again.text
