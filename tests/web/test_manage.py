"""The desk for programs: only a key of scope `manage` can work through a queue."""

import pytest

from service.clients import keyring
from service.domain.comment import Status
from service.domain.key import ApiKey, Scope
from service.store.comments import comments


@pytest.fixture
def manage(core, client):
    """Call the API with a key of a scope for a site."""

    def call(method, path, scope=Scope.MANAGE, site="news", **more):
        template = ApiKey(id="", scope=scope, site=site, label="Robot")
        token = keyring.issue(core, template)
        headers = {"Authorization": f"Bearer {token}"}
        return client.open(f"/api/v1/sites/news/{path}", method=method, headers=headers, **more)

    return call


def test_a_program_works_through_a_queue(manage, hold, record):
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
    ("asked", "field"),
    [
        ({"author": "x" * 17}, "author"),
        ({"thread": "tram"}, "thread"),
        ({"reason": "spam"}, "reason"),
        ({"language": "e"}, "language"),
        ({"host": "two words"}, "host"),
        ({"attribute": "KINDNESS"}, "attribute"),
        ({"low": "0.5"}, "attribute"),
        ({"attribute": "SPAM", "low": "2"}, "low"),
        ({"state": "asleep"}, "state"),
        ({"order": "loudest"}, "order"),
        ({"autor": "x" * 16}, "autor"),
        ({"cursor": "1_0~x"}, "cursor"),
    ],
    ids=str,
)
def test_a_filter_that_makes_no_sense_does_not_open_the_whole_queue(
    manage, enter, hold, faults, asked, field
):
    hold()
    answer = manage("GET", "queue", query_string=asked)
    assert answer.status_code == 422
    assert field in faults(answer)
    if field not in ("autor", "cursor"):
        page = enter().get("news", query_string=asked)
        assert page.status_code == 422
        assert "Some fields are not right" in page.text


def test_a_band_may_end_at_nought(manage, hold):
    hold()
    band = {"attribute": "SPAM", "low": 0, "high": 0}
    assert manage("GET", "queue", query_string=band).json["total"] == 0
    assert manage("GET", "queue", query_string=band | {"high": 1}).json["total"] == 1


@pytest.mark.parametrize("named", [["x"], ["0" * 25 + "u"], []], ids=str)
def test_what_is_no_comment_is_not_passed_over(manage, hold, record, faults, named):
    comment = hold()
    sent = {"action": "reject", "seen": "held", "comments": [comment.id, *named] if named else []}
    answer = manage("POST", "decisions", json=sent)
    assert answer.status_code == 422
    assert list(faults(answer)) == ["comments.1" if named else "comments"]
    assert comments.get(record, comment.id).status is Status.HELD


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
