"""The desk over HTTP: every form and page, by every role, within and beyond its sites."""

import re
from dataclasses import replace

import pytest

from service.clients import keyring
from service.domain.comment import Status
from service.domain.footing import FootingKind
from service.domain.key import ApiKey, Scope
from service.domain.moderator import Moderator, Role
from service.domain.site import CaptchaStrategy, Site
from service.domain.verdict import Outcome
from service.staff import accounts
from service.store import acts, comments, footings, history, intakes, notes, sites
from tests.factories import NOON, a_comment, a_verdict, an_intake

OURS = {"Origin": "http://comments.example"}
PASSWORD = "four good words here"
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
    "bulk": {"action": "approve", "seen": "held", "comments": "{id}"},
}
EVERY_PAGE = ("", "comments/{id}", "comments/{id}/words?attribute=TOXICITY", "authors/{author}",
              "live", "bulk")  # fmt: skip


@pytest.fixture
def hold(redis, keys, news):
    def hold(at=keys, **changes):
        comment = a_comment(**changes)
        intakes.accept(redis, at, an_intake(comment))
        verdict = a_verdict(Outcome.HOLD, "spam/spam", TOXICITY=0.7, SPAM=0.8)
        comments.judge(redis, at, comment, verdict, now=NOON)
        return comment

    return hold


@pytest.fixture
def other(core, redis):
    """Another site, that not everybody may see."""
    site = Site(name="other", origins=("https://other.example",), captcha=CaptchaStrategy.OFF)
    sites.put(redis, site)
    return core.keys("other")


@pytest.fixture
def enter(core, client):
    """Sign somebody in; give what posts and gets as he does."""

    def enter(role=Role.MODERATOR, *, name="olga", sites=()):
        browser = client.application.test_client()
        link = accounts.invite(core, Moderator(name=name, role=role, sites=sites))
        path = link.removeprefix("http://comments.example")
        answer = browser.post(path, data={"password": PASSWORD}, headers=OURS)
        assert answer.status_code == 303, answer.text
        return Desk(browser)

    return enter


class Desk:
    """A moderator's browser."""

    def __init__(self, browser):
        self.browser = browser

    def get(self, path, **more):
        return self.browser.get(f"/review/{path}", **more)

    def post(self, path, *, json=True, headers=OURS, **data):
        accept = {"Accept": "application/json"} if json else {}
        return self.browser.post(f"/review/{path}", data=data, headers=headers | accept)

    def decide(self, comment, action="approve", seen="held", **more):
        return self.post(f"news/comments/{comment.id}/decision", action=action, seen=seen, **more)


def filled(given, comment):
    return {name: value.replace("{id}", comment.id) for name, value in given.items()}


@pytest.mark.parametrize("form", EVERY_FORM)
@pytest.mark.parametrize(
    "who",
    [{"role": Role.ANALYST}, {"role": Role.OWNER, "sites": ("other",)}],
    ids=["an analyst", "an owner of another site"],
)
def test_nobody_changes_anything_beyond_his_scope(enter, hold, other, redis, keys, news, form, who):
    comment = hold()
    desk = enter(**who)
    answer = desk.post(f"news/{form}".format(id=comment.id), **filled(EVERY_FORM[form], comment))
    assert (answer.status_code, answer.json["type"]) == (403, "/problems/not-allowed")
    assert comments.get(redis, keys, comment.id).status is Status.HELD
    assert not redis.exists(keys.notes(comment.id), keys.footings(), keys.sent())
    assert sites.get(redis, "news") == news


@pytest.mark.parametrize("page", EVERY_PAGE)
def test_pages_are_for_who_may_see_the_site(enter, hold, other, client, page):
    comment = hold()
    path = f"news/{page}".rstrip("/").format(id=comment.id, author="abcdefgh12345678")
    assert enter(Role.ANALYST, name="ana").get(path).status_code == 200
    assert enter(name="eve", sites=("other",)).get(path).status_code == 403
    assert client.get(f"/review/{path}").status_code in (303, 401)


@pytest.mark.parametrize("form", EVERY_FORM)
def test_a_forged_form_is_refused(enter, hold, redis, keys, form):
    comment = hold()
    path = f"news/{form}".format(id=comment.id)
    forged = {"Origin": "https://evil.example"}
    answer = enter().post(path, headers=forged, **filled(EVERY_FORM[form], comment))
    assert answer.status_code == 403
    assert comments.get(redis, keys, comment.id).status is Status.HELD


@pytest.mark.parametrize("form", [form for form in EVERY_FORM if "{id}" in form])
def test_a_comment_of_another_site_is_not_here(enter, hold, other, redis, form):
    comment = hold(at=other)
    enter(name="ben")
    answer = enter().post(f"news/{form}".format(id=comment.id), **EVERY_FORM[form])
    if form.endswith("release"):
        assert answer.status_code == 200
    else:
        assert (answer.status_code, answer.json["type"]) == (404, "/problems/comment-not-found")
    assert comments.get(redis, other, comment.id).status is Status.HELD


def test_a_bulk_decision_leaves_what_is_of_another_site(enter, hold, other, redis):
    theirs = hold(at=other)
    answer = enter().post("news/bulk", action="approve", seen="held", comments=theirs.id)
    assert (answer.json["decided"], answer.json["stale"]) == ([], 1)
    assert comments.get(redis, other, theirs.id).status is Status.HELD


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


def test_a_decision_is_taken_back_once(enter, hold, redis, keys):
    comment, desk = hold(), enter()
    undo = desk.decide(comment, "reject").json["undo"]
    assert desk.post("news/undo", undo=undo).json == {"comments": [comment.id]}
    assert comments.get(redis, keys, comment.id).status is Status.HELD
    assert redis.zscore(keys.facet("reason:spam/spam"), comment.id)
    assert desk.post("news/undo", undo=undo).status_code == 410


def test_nobody_takes_back_what_somebody_else_decided(enter, hold, redis, keys):
    comment = hold()
    undo = enter(name="ann").decide(comment, "reject").json["undo"]
    assert enter(name="ben").post("news/undo", undo=undo).status_code == 403
    assert comments.get(redis, keys, comment.id).status is Status.REJECTED


def test_what_was_decided_again_is_not_taken_back(enter, hold, redis, keys):
    comment, desk = hold(), enter()
    undo = desk.decide(comment, "reject").json["undo"]
    desk.decide(comment, "approve", seen="rejected")
    assert desk.post("news/undo", undo=undo).json == {"comments": []}
    assert comments.get(redis, keys, comment.id).status is Status.APPROVED


def test_many_are_decided_as_one_and_logged_each(enter, hold, redis, keys):
    held = [hold() for _ in range(5)]
    desk = enter()
    desk.decide(held[0], "reject")
    answer = desk.post(
        "news/bulk", action="approve", seen="held", comments=" ".join(c.id for c in held)
    )
    assert (len(answer.json["decided"]), answer.json["stale"]) == (4, 1)
    found = comments.get_many(redis, keys, [c.id for c in held])
    assert [c.status for c in found] == [Status.REJECTED, *[Status.APPROVED] * 4]
    assert all(history.last(redis, keys, c).by == "olga" for c in found)
    back = desk.post("news/undo", undo=answer.json["undo"]).json["comments"]
    assert set(back) == {c.id for c in held[1:]}


def test_a_large_decision_in_parts_is_taken_back_as_one(enter, hold):
    one, two, desk = hold(), hold(), enter()
    first = desk.post("news/bulk", action="reject", seen="held", comments=one.id).json
    second = desk.post(
        "news/bulk", action="reject", seen="held", comments=two.id, undo=first["undo"]
    ).json
    assert second["undo"] == first["undo"]
    assert set(desk.post("news/undo", undo=first["undo"]).json["comments"]) == {one.id, two.id}


def test_what_came_after_the_sample_is_not_decided_with_it(enter, hold, redis, keys):
    seen = hold()
    page = enter().get("news/bulk?state=held").text
    until = re.search(r'name="until" value="(\w+)"', page)[1]
    later = hold()
    desk = enter()
    answer = desk.post("news/bulk", action="approve", seen="held", state="held", until=until)
    assert answer.json["decided"] == [seen.id]
    assert comments.get(redis, keys, later.id).status is Status.HELD


def test_all_of_an_author_or_a_score_band_are_found(enter, hold):
    mine, theirs = hold(author="a" * 16), hold(author="b" * 16)
    desk = enter()
    by_author = desk.get(f"news?author={'a' * 16}").text
    assert mine.body in by_author
    assert theirs.body not in by_author
    assert "2 comments, one decision" in desk.get("news/bulk?attribute=SPAM&low=0.7").text
    assert "0 comments, one decision" in desk.get("news/bulk?attribute=SPAM&low=0.9").text


@pytest.mark.parametrize("action", ["reject", "remove"])
def test_under_the_dsa_a_refusal_has_a_reason(enter, hold, redis, keys, news, publish, action):
    sites.put(redis, replace(news, policy=replace(news.policy, dsa=True)))
    comment, desk = publish(), enter()
    refused = desk.decide(comment, action, "approved")
    assert (refused.status_code, refused.json["errors"][0]["field"]) == (422, "reason")
    assert desk.decide(comment, action, "approved", listed="It is advertising.").status_code == 200
    entry = history.last(redis, keys, comments.get(redis, keys, comment.id))
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
        ("bulk", {"action": "approve", "seen": "held", "comments": "x"}, "comments"),
    ],
)  # fmt: skip
def test_bad_input_is_refused_and_changes_nothing(enter, hold, redis, keys, path, given, field):
    comment = hold()
    answer = enter().post(f"news/{path}".format(id=comment.id), **given)
    assert (answer.status_code, answer.json["errors"][0]["field"]) == (422, field)
    assert comments.get(redis, keys, comment.id).status is Status.HELD
    assert not redis.exists(keys.notes(comment.id), keys.footings(), keys.sent())


@pytest.mark.parametrize(
    "given", [{"action": "explode", "seen": "held"}, {"action": "approve", "seen": "asleep"}, {}]
)
def test_an_action_that_does_not_exist_is_refused(enter, hold, given):
    answer = enter().post(f"news/comments/{hold().id}/decision", json=False, **given)
    assert answer.status_code == 422
    assert "Nothing was changed." in answer.text


def test_a_reported_comment_is_kept_and_its_reports_are_answered(
    enter, publish, redis, keys, client, reader
):
    comment = publish()
    url = f"/api/v1/sites/news/comments/{comment.id}/flag"
    assert client.put(url, json={"reason": "abuse"}, headers=reader).status_code == 200
    desk = enter()
    assert comment.body in desk.get("news?state=flagged").text
    undo = desk.decide(comment, "keep", "approved").json["undo"]
    assert not redis.zcard(keys.flagged())
    desk.post("news/undo", undo=undo)
    assert redis.zscore(keys.flagged(), comment.id) == 1


def test_a_colleague_finds_what_is_sent_to_him_with_the_note(enter, hold, redis, keys):
    comment = hold()
    ben = enter(name="ben")
    enter().post(f"news/comments/{comment.id}/send", to="ben", note="Is this true?")
    page = ben.get("news?state=mine").text
    assert comment.body in page
    assert "Is this true?" in page
    ben.decide(comment)
    assert not notes.sent(redis, keys)


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


def test_a_banned_author_is_refused_with_a_clear_sentence(
    enter, submit, client, core, redis, keys, news
):
    sent = submit().json
    path = f"news/comments/{sent['id']}/author"
    desk = enter()
    assert desk.post(path, footing="banned", days="7", why="You insult people.").status_code == 200
    answer = submit(body="Me again, with something else.")
    assert answer.status_code == 422
    assert "You cannot comment here until" in answer.json["errors"][0]["detail"]
    assert "You insult people." in answer.json["errors"][0]["detail"]
    assert [act.what for act in acts.before(redis, keys, "+", "-", 10)] == ["author"]
    desk.post(path, footing="lift")
    assert submit(body="Me again, with something else.").status_code == 202


def test_a_ban_on_all_sites_holds_on_all_for_who_may_decide_there(enter, submit, news, other):
    sent = submit().json
    path = f"news/comments/{sent['id']}/author"
    ban = {"footing": "banned", "why": "Enough.", "everywhere": "1"}
    assert enter(name="local", sites=("news",)).post(path, **ban).status_code == 403
    assert submit("other", thread="https://other.example/a").status_code == 202
    assert enter().post(path, **ban).status_code == 200
    answer = submit("other", thread="https://other.example/b", body="Here I am.")
    assert answer.json["errors"][0]["code"] == "banned"


def test_a_warned_author_reads_it_once(enter, submit, news):
    sent = submit().json
    warning = {"footing": "warned", "why": "Please stay polite."}
    enter().post(f"news/comments/{sent['id']}/author", **warning)
    answer = submit(body="Hello again, everybody.")
    assert "Please stay polite." in answer.json["errors"][0]["detail"]
    assert submit(body="Hello again, everybody.").status_code == 202


@pytest.mark.parametrize("kind", [FootingKind.MUTED, FootingKind.TRUSTED])
def test_a_muted_or_trusted_author_is_told_nothing(enter, submit, redis, keys, news, kind):
    sent = submit().json
    enter().post(f"news/comments/{sent['id']}/author", footing=kind.value, days="")
    comment = comments.get(redis, keys, sent["id"])
    [footing] = footings.of_many(redis, keys, [(comment.author, "")], now=NOON)
    assert (footing.kind, footing.until) == (kind, None)
    assert submit(body="Nobody says a word.").status_code == 202


def test_a_word_is_blocked_from_now_on(enter, hold, redis):
    hold()
    enter().post("news/words", word="snake oil")
    enter().post("news/words", word="Snake Oil")
    assert sites.get(redis, "news").policy.blocked_words == ("snake oil",)


def test_the_words_that_raise_a_score_are_marked_and_nothing_else(enter, hold):
    comment = hold(body="You stupid <script>alert(1)</script> idiot, the tram is late.")
    page = enter().get(f"news/comments/{comment.id}/words?attribute=TOXICITY").text
    assert re.search(r'<mark class="level-\d">stupid</mark>', page)
    assert "<script>" not in page
    assert "&lt;" in page


def test_an_author_s_drawer_holds_his_record_and_latest_comments(enter, hold):
    older, newer = (hold(author="a" * 16) for _ in range(2))
    page = enter().get(f"news/authors/{'a' * 16}").text
    assert page.index(newer.body) < page.index(older.body)
    assert "2 held" in page


@pytest.fixture
def manage(core, client):
    """Call the API with a key of a scope, good for a site."""

    def call(method, path, scope=Scope.MANAGE, site="news", **more):
        wanted = ApiKey(id="", scope=scope, site=site, label="Robot")
        token = keyring.issue(core, wanted)
        headers = {"Authorization": f"Bearer {token}"}
        return client.open(f"/api/v1/sites/news/{path}", method=method, headers=headers, **more)

    return call


def test_a_program_works_through_a_queue(manage, hold, redis, keys):
    one, two = hold(), hold()
    page = manage("GET", "queue?state=held&order=oldest&limit=1").json
    assert ([c["id"] for c in page["comments"]], page["total"]) == ([one.id], 2)
    assert manage("POST", "queue/claim", json={"comment": one.id}).json["claimed_by"] == "key Robot"
    decision = {"action": "reject", "seen": "held", "reason": "rude"}
    done = manage("POST", f"comments/{one.id}/decision", json=decision)
    assert done.json["status"] == "rejected"
    late = manage("POST", f"comments/{one.id}/decision", json=decision | {"action": "approve"})
    assert (late.status_code, late.json["by"]) == (409, "key Robot")
    many = manage("POST", "decisions", json=decision | {"comments": [one.id, two.id]}).json
    assert (many["decided"], many["stale"]) == ([two.id], 1)
    assert manage("POST", "decisions/undo", json={"undo": many["undo"]}).json == {
        "comments": [two.id]
    }


@pytest.mark.parametrize(
    "wishes", [{"scope": Scope.ANALYZE}, {"scope": Scope.COUNTS}, {"site": "other"}], ids=str
)
@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "queue"),
        ("POST", "queue/claim"),
        ("POST", "comments/{id}/decision"),
        ("POST", "decisions"),
        ("POST", "decisions/undo"),
    ],
)
def test_a_key_is_good_for_its_scope_and_site_alone(manage, hold, other, wishes, method, path):
    comment = hold()
    sent = {"json": {}} if method == "POST" else {}
    bodies = {
        "queue/claim": {"comment": comment.id},
        "comments/{id}/decision": {"action": "approve", "seen": "held"},
        "decisions": {"action": "approve", "seen": "held", "comments": [comment.id]},
        "decisions/undo": {"undo": "0" * 26},
    }
    sent = {"json": bodies[path]} if path in bodies else sent
    answer = manage(method, path.format(id=comment.id), **wishes, **sent)
    assert (answer.status_code, answer.json["type"]) == (403, "/problems/scope-missing")
