"""The desk over HTTP: every form and page, by every role, within and outside its sites."""

import re
from dataclasses import replace

import pytest

from service.domain.comment import Status
from service.domain.moderator import Role
from service.store.comments import comments, history
from service.store.desk import notes
from service.store.site import sites

EVERY_FORM = {
    "comments/{id}/decision": {"action": "approve", "seen": "held"},
    "comments/{id}/claim": {},
    "comments/{id}/release": {},
    "comments/{id}/note": {"note": "look twice"},
    "comments/{id}/send": {"to": "ben"},
    "comments/{id}/answer": {"words": "We have corrected it."},
    "comments/{id}/author": {"footing": "muted"},
    "words": {"word": "pills"},
    "undo": {"undo": "0" * 26},
    "bulk": {"action": "approve", "preview": "0" * 26, "comments": "{id}"},
}
EVERY_PAGE = ("", "comments/{id}", "comments/{id}/words?attribute=TOXICITY", "authors/{author}",
              "live", "bulk")  # fmt: skip


def filled(given, comment):
    return {name: value.replace("{id}", comment.id) for name, value in given.items()}


@pytest.mark.parametrize("form", EVERY_FORM)
@pytest.mark.parametrize(
    "who",
    [{"role": Role.ANALYST}, {"role": Role.OWNER, "sites": ("other",)}],
    ids=["an analyst", "an owner of another site"],
)
def test_nobody_changes_anything_beyond_their_scope(enter, hold, other, record, news, form, who):
    comment = hold()
    desk = enter(**who)
    answer = desk.post(f"news/{form}".format(id=comment.id), **filled(EVERY_FORM[form], comment))
    assert (answer.status_code, answer.json["type"]) == (403, "/problems/not-allowed")
    assert comments.get(record, comment.id).status is Status.HELD
    assert not record.redis.exists(
        record.keys.notes(comment.id), record.keys.author_statuses(), record.keys.sent()
    )
    assert sites.get(record.redis, "news") == news


@pytest.mark.parametrize("page", ["", "/dashboard", "/policy", "/comments/" + "0" * 26])
def test_a_site_that_there_is_not_is_told_as_such(enter, page):
    answer = enter(Role.OWNER).get(f"elsewhere{page}")
    assert (answer.status_code, "There is no such site" in answer.text) == (404, True)


@pytest.mark.parametrize("page", EVERY_PAGE)
def test_pages_are_for_who_may_see_the_site(enter, hold, other, client, page):
    comment = hold()
    path = f"news/{page}".rstrip("/").format(id=comment.id, author="abcdefgh12345678")
    assert enter(Role.ANALYST, name="ana").get(path).status_code == 200
    assert enter(name="eve", sites=("other",)).get(path).status_code == 403
    assert client.get(f"/review/{path}").status_code in (303, 401)


@pytest.mark.parametrize("form", EVERY_FORM)
def test_a_forged_form_is_refused(enter, hold, record, form):
    comment = hold()
    path = f"news/{form}".format(id=comment.id)
    forged = {"Origin": "https://evil.example"}
    answer = enter().post(path, headers=forged, **filled(EVERY_FORM[form], comment))
    assert answer.status_code == 403
    assert comments.get(record, comment.id).status is Status.HELD


SECTIONS = ("", "appeals", "articles", "dashboard", "log", "report", "policy", "alerts", "bulk")


@pytest.mark.parametrize("page", SECTIONS)
def test_every_page_of_a_site_names_it(enter, news, page):
    text = enter(Role.OWNER).get(f"{news.name}/{page}".rstrip("/")).text
    assert re.search(r"<title>[^<]* · news · Folkmoot</title>", text)
    assert "<span>news</span>" in text


@pytest.mark.parametrize("page", SECTIONS)
def test_there_is_no_page_of_an_unknown_site(enter, page):
    assert enter(Role.OWNER).get(f"unknown/{page}".rstrip("/")).status_code == 404


@pytest.mark.parametrize("form", [form for form in EVERY_FORM if "{id}" in form])
def test_a_comment_of_another_site_is_not_here(enter, hold, other, form):
    comment = hold(at=other)
    enter(name="ben")
    answer = enter().post(f"news/{form}".format(id=comment.id), **EVERY_FORM[form])
    if form.endswith("release"):
        assert answer.status_code == 200
    else:
        assert (answer.status_code, answer.json["type"]) == (404, "/problems/comment-not-found")
    assert comments.get(other, comment.id).status is Status.HELD


def test_a_queue_shows_what_is_held(enter, hold):
    comment = hold()
    page = enter().get("news")
    assert comment.body in page.text
    assert "It looks like advertising." in page.text


def test_who_comes_second_is_told_who_was_first(enter, hold):
    comment = hold()
    enter(name="ann").decide(comment, "reject", reason="rude")
    answer = enter(name="ben").decide(comment)
    assert answer.status_code == 409
    assert (answer.json["now"], answer.json["by"]) == ("rejected", "ann")
    page = enter(name="cleo").decide(comment, json=False)
    assert page.status_code == 409
    assert "was <strong>rejected</strong> by <strong>ann</strong>, just now" in page.text


def test_a_text_that_was_changed_since_is_not_decided_unseen(enter, hold, edit, record):
    comment, desk = hold(), enter()
    page = desk.get("news").text
    assert '<input type="hidden" name="revision" value="0">' in page
    edit(comment, "Something else altogether.")
    refused = desk.decide(comment, revision="0")
    assert (refused.status_code, refused.json["now"]) == (409, "changed")
    page = desk.decide(comment, revision="0", json=False).text
    assert "This comment was <strong>changed</strong> by <strong>its author</strong>" in page
    assert comments.get(record, comment.id).status is Status.HELD
    assert '<input type="hidden" name="revision" value="1">' in desk.get("news").text
    assert desk.decide(comment, revision="1").json["status"] == "approved"


def test_all_of_an_author_or_a_score_band_are_found(enter, hold):
    mine, theirs = hold(author="a" * 16), hold(author="b" * 16)
    desk = enter()
    by_author = desk.get(f"news?author={'a' * 16}").text
    assert mine.body in by_author
    assert theirs.body not in by_author
    assert "2 comments, one decision" in desk.get("news/bulk?attribute=SPAM&low=0.7").text
    assert "0 comments, one decision" in desk.get("news/bulk?attribute=SPAM&low=0.9").text


@pytest.mark.parametrize("action", ["reject", "remove"])
def test_under_the_dsa_a_refusal_has_a_reason(enter, hold, record, news, publish, action):
    sites.put(record.redis, replace(news, policy=replace(news.policy, dsa=True)))
    comment, desk = publish(), enter()
    refused = desk.decide(comment, action, "approved")
    assert (refused.status_code, refused.json["errors"][0]["field"]) == (422, "reason")
    assert desk.decide(comment, action, "approved", listed="It is advertising.").status_code == 200
    entry = history.last(record, comments.get(record, comment.id))
    assert entry.why == "It is advertising."


@pytest.mark.parametrize(
    ("path", "given", "field"),
    [
        ("comments/{id}/decision", {"action": "reject", "seen": "held", "reason": "x" * 10_000},
         "reason"),
        ("comments/{id}/note", {"note": "x" * 10_000}, "note"),
        ("comments/{id}/note", {"note": "  "}, "note"),
        ("comments/{id}/send", {"to": "nobody"}, "to"),
        ("comments/{id}/author", {"footing": "banned", "why": "x" * 10_000}, "why"),
        ("comments/{id}/author", {"footing": "banned", "why": ""}, "why"),
        ("comments/{id}/author", {"footing": "muted", "days": "0"}, "days"),
        ("words", {"word": "x" * 10_000}, "word"),
        ("words", {"word": "/(a+)+$(?=b)/"}, "word"),
        ("words", {"word": "/(unclosed/"}, "word"),
        ("comments/{id}/author", {"footing": "muted", "days": "many"}, "days"),
        ("comments/{id}/author", {"footing": "adored"}, "footing"),
        ("bulk", {"action": "approve", "preview": "x"}, "preview"),
    ],
)  # fmt: skip
def test_bad_input_is_refused_and_changes_nothing(enter, hold, record, path, given, field):
    comment = hold()
    answer = enter().post(f"news/{path}".format(id=comment.id), **given)
    assert (answer.status_code, answer.json["errors"][0]["field"]) == (422, field)
    assert comments.get(record, comment.id).status is Status.HELD
    assert not record.redis.exists(
        record.keys.notes(comment.id), record.keys.author_statuses(), record.keys.sent()
    )


@pytest.mark.parametrize(
    "given", [{"action": "explode", "seen": "held"}, {"action": "approve", "seen": "asleep"}, {}]
)
def test_an_action_that_does_not_exist_is_refused(enter, hold, given):
    answer = enter().post(f"news/comments/{hold().id}/decision", json=False, **given)
    assert answer.status_code == 422
    assert "Nothing was changed." in answer.text


def test_a_defect_of_ours_is_not_taken_for_a_wrong_action(enter, hold, record):
    comment, desk = hold(), enter()
    record.redis.hset(record.keys.comment(comment.id), "u", "no number")
    answer = desk.decide(comment, json=False)
    assert answer.status_code == 500
    assert "There is no such action" not in answer.text


def test_a_reported_comment_is_kept_and_its_reports_are_answered(
    enter, publish, record, client, reader
):
    comment = publish()
    url = f"/api/v1/sites/news/comments/{comment.id}/flag"
    assert client.put(url, json={"reason": "abuse"}, headers=reader).status_code == 200
    desk = enter()
    assert comment.body in desk.get("news?state=flagged").text
    undo = desk.decide(comment, "keep", "approved").json["undo"]
    assert not record.redis.zcard(record.keys.flagged())
    desk.post("news/undo", undo=undo)
    assert record.redis.zscore(record.keys.flagged(), comment.id) == 1


def test_a_colleague_finds_what_is_sent_to_him_with_the_note(enter, hold, record):
    comment = hold()
    ben = enter(name="ben")
    enter().post(f"news/comments/{comment.id}/send", to="ben", note="Is this true?")
    page = ben.get("news?state=mine").text
    assert comment.body in page
    assert "Is this true?" in page
    ben.decide(comment)
    assert not notes.sent(record)


def test_a_claim_is_seen_by_colleagues_and_given_back(enter, hold):
    comment = hold()
    ann, ben = enter(name="ann"), enter(name="ben")
    path = f"news/comments/{comment.id}"
    assert ann.post(f"{path}/claim").json["claimed_by"] == "ann"
    assert ben.post(f"{path}/claim").json["claimed_by"] == "ann"
    assert "ann has it in hand" in ben.get("news").text
    assert ben.get("news/live").json["claims"] == {comment.id: "ann"}
    ben.post(f"{path}/release")
    assert ben.post(f"{path}/claim").json["claimed_by"] == "ann"
    ann.post(f"{path}/release")
    assert ben.post(f"{path}/claim").json["claimed_by"] == "ben"


def test_the_pulse_is_sent_again_only_when_it_has_changed(enter, hold):
    comment, desk = hold(), enter()
    first = desk.get("news/live")
    assert first.json["counts"]["held"] == 1
    version = {"If-None-Match": first.headers["ETag"]}
    assert desk.get("news/live", headers=version).status_code == 304
    desk.decide(comment)
    assert desk.get("news/live", headers=version).json["counts"]["held"] == 0
