"""Comments over HTTP: sent once, read by those who may, changed by their authors."""

from datetime import timedelta

import pytest

from service.domain.comment import Status
from service.store.comments import comments, unjudged
from tests.factories import ARTICLE, NOON


def test_a_comment_is_accepted_with_a_receipt(client, news, submit, rung):
    answer = submit(title="The tram", email="ann@example.org")
    assert answer.status_code == 202
    assert answer.json["status"] == "pending"
    assert answer.json["comment"]["html"] == "<p>What a lovely tram.</p>"
    assert "email" not in answer.json["comment"]
    assert rung == ["news"]

    url = answer.headers["Location"]
    assert client.get(url).status_code == 404
    mine = client.get(url, headers={"Folkmoot-Receipt": answer.json["receipt"]})
    assert mine.json == answer.json["comment"] | {"own": mine.json["own"]}
    assert mine.json["own"]["editable_until"]
    stranger = client.get(url, headers={"Folkmoot-Receipt": "forged"})
    assert stranger.status_code == 404


def test_the_same_key_gives_the_same_answer(record, news, submit):
    key = {"Idempotency-Key": "k1"}
    first, again = submit(headers=key), submit(headers=key)
    assert first.status_code == again.status_code == 202
    assert first.json == again.json
    assert first.headers["Location"] == again.headers["Location"]
    assert unjudged.count(record) == 1


def test_the_same_key_for_another_comment_is_refused(news, submit):
    key = {"Idempotency-Key": "k1"}
    submit(headers=key)
    answer = submit(headers=key, body="Something else.")
    assert answer.status_code == 422
    assert answer.json["type"] == "/problems/idempotency-key-reused"


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        ({"body": ""}, {"body": "empty"}),
        ({"body": None}, {"body": "empty"}),
        ({"body": " \u200b\u202e\n"}, {"body": "empty"}),
        ({"body": "x" * 5001}, {"body": "too-long"}),
        ({"name": "   "}, {"name": "empty"}),
        ({"name": "n" * 51}, {"name": "too-long"}),
        ({"email": "nobody"}, {"email": "not-an-address"}),
        ({"thread": None}, {"thread": "not-an-address"}),
        ({"thread": "javascript:alert(1)"}, {"thread": "not-an-address"}),
        ({"thread": "https://other.example/a"}, {"thread": "foreign"}),
        ({"parent": "0" * 26}, {"parent": "unknown"}),
        ({"parent": "../x"}, {"parent": "unknown"}),
        ({"body": 5, "name": []}, {"body": "string-type", "name": "string-type"}),
        ({"colour": "red"}, {"colour": "extra-forbidden"}),
        (
            {"body": "", "name": "", "thread": "x", "email": "y", "parent": "z"},
            {
                "body": "empty",
                "name": "empty",
                "thread": "not-an-address",
                "email": "not-an-address",
                "parent": "unknown",
            },
        ),
    ],
)
def test_every_fault_is_named_and_nothing_is_kept(record, news, submit, faults, sent, expected):
    answer = submit(**sent)
    assert answer.status_code == 422
    assert faults(answer) == expected
    assert unjudged.count(record) == 0
    assert not record.redis.keys("fm:{news}:c:*")


@pytest.mark.parametrize("body", ["{", "", "[1]", '"text"', "null", "1", "{'a': 1}"])
def test_what_is_no_json_object_is_told_politely(client, news, body, faults):
    answer = client.post("/api/v1/sites/news/comments", data=body, content_type="application/json")
    assert answer.status_code == 422
    assert faults(answer)


def test_a_form_is_not_taken_for_json(client, news):
    answer = client.post("/api/v1/sites/news/comments", data={"body": "x"})
    assert answer.status_code == 415
    assert answer.content_type == "application/problem+json"


def test_a_body_over_64_kib_is_too_large(submit, news):
    assert submit(body="x" * 65_600).status_code == 413


def test_an_unknown_site_is_named(submit, redis):
    answer = submit(site="nowhere")
    assert (answer.status_code, answer.json["type"]) == (404, "/problems/site-not-found")


def test_a_foreign_page_is_refused_and_told_nothing(submit, news):
    answer = submit(headers={"Origin": "https://evil.example"})
    assert answer.status_code == 403
    assert "Access-Control-Allow-Origin" not in answer.headers


def test_the_sites_own_page_may_read_the_answer(submit, news):
    answer = submit(headers={"Origin": "https://news.example"})
    assert answer.headers["Access-Control-Allow-Origin"] == "https://news.example"
    assert "Origin" in answer.headers["Vary"]
    assert "Access-Control-Allow-Credentials" not in answer.headers


def test_a_reply_names_what_it_answers(submit, publish):
    parent = publish()
    assert submit(parent=parent.id).json["comment"]["parent"] == parent.id


def test_a_thread_is_read_in_pages(client, publish):
    made = [publish(created_at=NOON + timedelta(minutes=i)).id for i in range(5)]
    url = f"/api/v1/sites/news/comments?thread={ARTICLE}&sort=oldest&limit=2"
    read, cursor = [], ""
    while cursor is not None:
        page = client.get(f"{url}&cursor={cursor}").json
        assert page["thread"]["comments"] == 5
        read += [comment["id"] for comment in page["comments"]]
        cursor = page["next"]
    assert read == made


@pytest.mark.parametrize("cursor", ["1_0~x", f"1_0~{'0' * 26}", "٣~x", "nan~x", "1e999~x", "12"])
def test_a_cursor_that_is_none_of_ours_is_a_fault(client, publish, faults, cursor):
    publish()
    asked = {"thread": ARTICLE, "cursor": cursor}
    answer = client.get("/api/v1/sites/news/comments", query_string=asked)
    assert answer.status_code == 422
    assert "cursor" in faults(answer)
    results = client.get("/api/v1/sites/news/search", query_string={"q": "tram", "cursor": "x"})
    assert (results.status_code, list(faults(results))) == (422, ["cursor"])


def test_a_page_that_has_not_changed_is_not_sent_again(client, publish):
    publish()
    url = f"/api/v1/sites/news/comments?thread={ARTICLE}"
    first = client.get(url)
    assert first.headers["Cache-Control"].startswith("public")
    again = client.get(url, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    publish()
    assert client.get(url, headers={"If-None-Match": first.headers["ETag"]}).status_code == 200


def test_the_author_edits_and_it_is_judged_again(client, record, submit, news, rung):
    sent = submit().json
    mine = {"Folkmoot-Receipt": sent["receipt"]}
    url = f"/api/v1/sites/news/comments/{sent['id']}"
    edited = client.patch(url, json={"body": "Other words."}, headers=mine)
    assert (edited.status_code, edited.json["body"], edited.json["status"]) == (
        200,
        "Other words.",
        "pending",
    )
    assert edited.json["edited_at"]
    assert rung == ["news", "news"]
    assert client.patch(url, json={"body": " "}, headers=mine).status_code == 422
    assert client.patch(url, json={"body": "x"}, headers={}).status_code == 403


def test_the_author_withdraws(client, record, submit, news):
    sent = submit().json
    url = f"/api/v1/sites/news/comments/{sent['id']}"
    assert client.delete(url).status_code == 403
    mine = {"Folkmoot-Receipt": sent["receipt"]}
    assert client.delete(url, headers=mine).status_code == 204
    assert comments.get(record, sent["id"]).status is Status.REMOVED
    # A request that is repeated after a lost answer reports success.
    assert client.delete(url, headers=mine).status_code == 204
    edit = client.patch(url, json={"body": "Other words."}, headers=mine)
    assert (edit.status_code, edit.json["now"], edit.json["by"]) == (409, "removed", "")


def test_json_that_is_nested_without_end_is_no_json(client, news):
    url = "/api/v1/sites/news/comments"
    answer = client.post(url, data="[" * 60_000, content_type="application/json")
    assert answer.status_code == 422
    assert answer.json["errors"][0]["code"] == "not-json"


def test_after_the_window_an_author_changes_nothing(client, core, submit, news, redis):
    sent = submit().json
    from dataclasses import replace

    from service.app import create_app

    moment = core.now() + timedelta(seconds=news.policy.edit_window + 1)
    later = create_app(replace(core, now=lambda: moment)).test_client()
    url = f"/api/v1/sites/news/comments/{sent['id']}"
    mine = {"Folkmoot-Receipt": sent["receipt"]}
    assert later.patch(url, json={"body": "x"}, headers=mine).status_code == 409


def test_a_flood_from_one_address_is_slowed(submit, news):
    answers = [submit(body=f"Number {i}") for i in range(12)]
    codes = [answer.status_code for answer in answers]
    assert codes[0] == 202
    assert codes[-1] == 429
    assert int(answers[-1].headers["Retry-After"]) > 0


def test_what_is_sent_again_waits_for_no_allowance(submit, news):
    once = {"Idempotency-Key": "once"}
    first = submit(headers=once).json
    while submit(body="Something else.").status_code != 429:
        pass
    assert submit(headers=once).json == first
    assert submit(headers={"Idempotency-Key": "new"}).status_code == 429
