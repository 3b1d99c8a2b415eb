"""An author's own comments in the frame, with and without JavaScript: list, edit, withdraw."""

from dataclasses import replace
from datetime import timedelta

import pytest

from service.app import create_app
from service.domain.comment import Status
from service.domain.ids import new_id
from service.domain.moderator import Moderator, Role
from service.store.comments import comments
from tests.factories import ARTICLE

SAME = {"Sec-Fetch-Site": "same-origin"}
FORM = {"thread": ARTICLE, "name": "Ann", "body": "What a lovely tram.", "key": "k1"}
INES = Moderator(name="ines", role=Role.OWNER)


@pytest.fixture
def own(client, news):
    """A comment sent by a form; the cookie remembers it."""
    answer = client.post(
        "/frame/news/comments", data=FORM, headers=SAME, base_url="https://localhost"
    )
    assert answer.status_code == 303, answer.text
    cookie = client.get_cookie("mine", path="/frame/news")
    return cookie.value.split(":")[0]


@pytest.fixture
def visit(client):
    def visit(path, **form):
        url = f"/frame/news/{path}"
        headers = SAME | form.pop("headers", {})
        if form:
            return client.post(url, data=form, headers=headers, base_url="https://localhost")
        return client.get(url, headers=headers, base_url="https://localhost")

    return visit


@pytest.fixture
def later(core):
    """The same service at a later moment."""

    def later(seconds):
        moment = core.now() + timedelta(seconds=seconds)
        return create_app(replace(core, now=lambda: moment)).test_client()

    return later


def test_the_cookie_remembers_for_as_long_as_an_appeal_may_take(client, own):
    cookie = client.get_cookie("mine", path="/frame/news")
    assert cookie.max_age >= 30 * 24 * 3600


def test_what_is_refused_after_a_day_in_the_queue_is_news_then(client, own, core, record):
    held = comments.get(record, own)
    comments.change_status(record, held, Status.REJECTED, by="ines", now=core.now())
    # It was decided now, more than a day after it was written.
    written = new_id(core.now() - timedelta(days=2), bytes(10))
    for name in (record.keys.comment, record.keys.body):
        record.redis.rename(name(own), name(written))
    receipt = core.signer.receipt("news", written)
    client.set_cookie("mine", f"{written}:{receipt}", path="/frame/news")
    page = client.get(f"/frame/news?thread={ARTICLE}", base_url="https://localhost")
    assert "Your comment was not published." in page.text


def test_an_author_edits_by_a_form(visit, own, record):
    assert "What a lovely tram." in visit(f"comments/{own}/edit").text
    answer = visit(f"comments/{own}/edit", body="What a slow tram.")
    assert (answer.status_code, answer.headers["Location"][-5:]) == (303, "#mine")
    stored = comments.get(record, own)
    assert (stored.body, stored.revision, stored.status) == ("What a slow tram.", 1, Status.PENDING)


def test_an_edit_sent_twice_is_one_edit(visit, own, record):
    for _ in range(2):
        assert visit(f"comments/{own}/edit", body="What a slow tram.").status_code == 303
    assert comments.get(record, own).revision == 1


def test_an_edit_sent_again_after_the_window_is_done_already(client, own, visit, later, core):
    visit(f"comments/{own}/edit", body="What a slow tram.")
    receipt = core.signer.receipt("news", own)
    url = f"/api/v1/sites/news/comments/{own}"
    after = later(3600)
    headers = {"Folkmoot-Receipt": receipt}
    same = after.patch(url, json={"body": "What a slow tram."}, headers=headers)
    assert same.status_code == 200
    assert after.patch(url, json={"body": "Else."}, headers=headers).status_code == 409


def test_a_faulty_edit_is_told_and_the_text_kept(visit, own):
    answer = visit(f"comments/{own}/edit", body="x" * 5001)
    assert answer.status_code == 422
    assert "At most 5000 characters; this has 5001." in answer.text
    assert "x" * 5001 in answer.text


def test_our_scripts_get_the_card_instead_of_a_page(visit, own):
    part = {"Folkmoot-Part": "1"}
    answer = visit(f"comments/{own}/edit", body="What a slow tram.", headers=part)
    assert answer.status_code == 200
    assert f'data-own="{own}"' in answer.text
    assert "<html" not in answer.text


def test_an_author_withdraws_by_a_form(visit, own, record):
    assert "cannot be brought back" in visit(f"comments/{own}/withdraw").text
    for _ in range(2):
        assert visit(f"comments/{own}/withdraw", sure="1").status_code == 303
    assert comments.get(record, own).status is Status.REMOVED
    assert "You have withdrawn your comment." in visit("mine").text


def test_an_edit_after_a_decision_is_told_plainly(visit, own, record, core):
    stored = comments.get(record, own)
    comments.change_status(record, stored, Status.REJECTED, by="ines", now=core.now())
    answer = visit(f"comments/{own}/edit", body="Better words.")
    assert answer.status_code == 409
    assert "Somebody else decided first" in answer.text
    assert "was not published" in answer.text
    assert "ines" not in answer.text


def test_a_verdict_that_comes_between_does_not_lose_an_edit(monkeypatch, visit, own, record, core):
    # A worker approves between the author's read and write.
    read = comments.get(record, own)
    comments.change_status(record, read, Status.APPROVED, by="machine", now=core.now())
    from service.readers import authorship

    looks = iter([read])
    look = authorship.own
    monkeypatch.setattr(authorship, "own", lambda *args: next(looks, None) or look(*args))
    assert visit(f"comments/{own}/edit", body="Better words.").status_code == 303
    stored = comments.get(record, own)
    assert (stored.status, stored.body) == (Status.PENDING, "Better words.")


@pytest.mark.parametrize("what", ["edit", "withdraw", "appeal"])
def test_nobody_else_is_shown_the_forms(client, own, core, what):
    client.delete_cookie("mine", path="/frame/news")
    url = f"/frame/news/comments/{own}/{what}"
    assert client.get(url).status_code == 403
    assert client.post(url, headers=SAME).status_code == 403


def test_a_strangers_page_cannot_send_them(client, own):
    url = f"/frame/news/comments/{own}/withdraw"
    answer = client.post(url, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403


def test_how_much_time_is_left_is_told(visit, own):
    page = visit("mine").text
    assert "Time left to change it:" in page
    assert "5 minutes" in page


def test_one_who_has_written_nothing_is_told_so(visit, news):
    assert "There are none here." in visit("mine").text
