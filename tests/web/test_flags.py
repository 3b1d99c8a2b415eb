"""Reports by form and over HTTP: reasons as text, and notices of illegal content."""

import pytest

from service.domain.comment import Status
from service.store.comments import comments
from service.store.people import flags

SAME = {"Sec-Fetch-Site": "same-origin"}
NOTICE = {
    "place": "https://news.example/tram#comment-1",
    "name": "Cai",
    "email": "cai@example.org",
    "good_faith": True,
}


@pytest.fixture
def flag(client, publish, reader):
    def flag(comment=None, **sent):
        comment = comment or publish()
        url = f"/api/v1/sites/news/comments/{comment.id}/flag"
        return client.put(url, json=sent, headers=reader)

    return flag


def test_a_report_has_a_reference_that_stays(publish, flag):
    comment = publish()
    first, again = flag(comment, reason="spam"), flag(comment, reason="abuse")
    assert first.status_code == 200
    assert len(first.json["reference"]) == 8
    assert again.json == first.json


def test_a_notice_of_illegal_content_is_kept_with_the_flag(record, publish, flag):
    comment = publish()
    assert flag(comment, reason="illegal", note="It is a threat.", notice=NOTICE).status_code == 200
    [kept] = flags.of_comment(record, comment.id)
    assert (kept.note, kept.notice.name) == ("It is a threat.", "Cai")
    assert kept.notice.place == NOTICE["place"]


@pytest.mark.parametrize(
    ("left_out", "faulty"),
    [
        ({}, {"note", "place", "name", "email", "good_faith"}),
        (NOTICE | {"name": "", "email": ""}, {"note", "name", "email"}),
        (NOTICE | {"name": "", "email": "", "minors": True}, {"note"}),
        (NOTICE | {"email": "nobody"}, {"note", "email"}),
    ],
)
def test_what_a_notice_lacks_is_told(flag, faults, left_out, faulty):
    assert set(faults(flag(reason="illegal", notice=left_out))) == faulty


def test_who_reports_something_else_need_not_say_who_he_is(record, publish, flag):
    comment = publish()
    flag(comment, reason="spam", notice=NOTICE)
    assert flags.of_comment(record, comment.id)[0].notice is None


def test_a_note_that_is_too_long_is_told_and_not_cut(flag, faults):
    assert faults(flag(reason="spam", note="x" * 1001)) == {"note": "too-long"}


def test_a_reader_reports_by_a_form(client, record, publish):
    comment = publish(name="Eve")
    url = f"/frame/news/comments/{comment.id}/flag"
    page = client.get(url).text
    assert "Report the comment by <bdi>Eve</bdi>" in page
    assert f"https://news.example/tram#comment-{comment.id}" in page
    nothing = client.post(url, data={}, headers=SAME)
    assert nothing.status_code == 422
    assert "Please choose a reason." in nothing.text
    illegal = client.post(url, data={"reason": "illegal", "note": "A threat."}, headers=SAME)
    assert "Please give your name." in illegal.text
    assert "A threat." in illegal.text
    done = client.post(url, data={"reason": "spam"}, headers=SAME)
    assert (done.status_code, "Its reference is" in done.text) == (200, True)
    assert len(flags.of_comment(record, comment.id)) == 1


def test_what_is_not_published_cannot_be_reported(client, record, core, publish):
    comment = publish()
    stored = comments.get(record, comment.id)
    comments.change_status(record, stored, Status.HELD, by="ines", now=core.now())
    answer = client.get(f"/frame/news/comments/{comment.id}/flag")
    assert answer.status_code == 409
    assert "This comment takes no flags" in answer.text
