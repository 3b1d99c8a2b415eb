"""The main path on a real `folkmoot run`: a comment is written, judged, read and counted."""

from urllib.parse import quote

import pytest


def test_a_comment_goes_from_the_form_to_the_thread(program, waiting):
    sent = program.submit("The tram bridge looks wonderful from the river.")
    assert (sent.status, sent.json["status"]) == (202, "pending")
    waiting("the verdict", lambda: program.status(sent) == "approved")

    thread = quote(program.article, safe="")
    page = program.call("GET", f"/comments?thread={thread}").json
    assert sent.json["id"] in [comment["id"] for comment in page["comments"]]
    counts = program.call("GET", f"/counts?thread={thread}").json["threads"][0]
    assert counts["comments"] == page["thread"]["comments"] >= 1
    results = program.call("GET", "/search?q=wonderful%20river").json
    assert sent.json["id"] in [comment["id"] for comment in results["comments"]]


def test_an_insult_waits_or_is_refused(program, waiting):
    sent = program.submit("You are a stupid idiot, and everybody here knows it, moron.")
    waiting("the verdict", lambda: program.status(sent) in ("held", "rejected"))
    assert program.call("GET", f"/comments/{sent.json['id']}").status == 404


def test_votes_of_two_readers_add_up(program):
    # Votes on a comment from its author's own network would not count.
    path = f"/vote?thread={quote(program.article + 'voted-on', safe='')}"
    for expected in (1, 2):
        token = program.call("POST", "/readers").json["token"]
        answer = program.call("PUT", path, {"direction": "up"}, Folkmoot_Reader=token)
        assert answer.json["up"] == expected


def test_a_retry_after_a_lost_answer_is_the_same_comment(program):
    captcha = program.captcha()
    first = program.submit("Said once.", key="retry-1", captcha=captcha)
    again = program.submit("Said once.", key="retry-1", captcha=captcha)
    assert first.json == again.json


@pytest.mark.parametrize(
    ("sent", "fields"),
    [
        ({"captcha": {"id": "x", "answer": "y"}}, {"captcha.id"}),
        ({"body": " ", "name": ""}, {"body", "name"}),
        ({"thread": "https://elsewhere.example/"}, {"thread"}),
    ],
)
def test_a_wrong_comment_is_told_all_that_is_wrong(program, sent, fields):
    answer = program.submit(**{"body": "Fine."} | sent)
    assert answer.status == 422
    assert {fault["field"] for fault in answer.json["errors"]} == fields


def test_the_whole_is_ready_and_measured(running, fetch):
    assert b'"ready"' in fetch(f"{running.url}/readyz")
    assert b"folkmoot_workers 1.0" in fetch(f"{running.url}/metrics")


def test_no_text_or_address_is_in_the_log(program, running, waiting):
    sent = program.submit("A sentence with the word xylophone in it.", email="who@example.org")
    waiting("the verdict", lambda: program.status(sent) != "pending")
    waiting("its line in the log", lambda: sent.json["id"] in running.log())
    assert "xylophone" not in running.log()
    assert "who@example.org" not in running.log()
    assert "127.0.0.1" not in running.log()
