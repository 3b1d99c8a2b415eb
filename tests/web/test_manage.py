"""The desk for programs: a key of scope `manage` works through a queue, and no other does."""

import pytest

from service.clients import keyring
from service.domain.key import ApiKey, Scope


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
