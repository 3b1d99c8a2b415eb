"""Each refusal of the desk is explained and logged once: who, what and where; no secret."""

import pytest
from structlog.testing import capture_logs

from service.desk.account import accounts
from service.domain.moderator import Moderator, Role
from tests.web.moderators import OURS

FORGED = {"Origin": "https://evil.example"}
REFUSED = {
    "a stale decision": ("comments/{id}/decision", {"action": "approve", "seen": "rejected"}, 409),
    "an id of nobody's": ("comments/{nobody}/decision", {"action": "reject", "seen": "held"}, 404),
    "a note without end": ("comments/{id}/note", {"note": "x" * 10_000}, 422),
    "a pattern without end": ("words", {"word": "/(a|b/"}, 422),
    "a policy that is none": ("policy", {"act": "save", "words": "/(a|b/"}, 422),
    "an action that is none": ("comments/{id}/decision", {"action": "dance", "seen": "held"}, 422),
}


def refusals(said):
    return [line for line in said if line["event"] == "refused"]


@pytest.mark.parametrize("json", [True, False], ids=["by script", "by page"])
@pytest.mark.parametrize("what", REFUSED)
def test_a_refusal_is_logged_once(enter, hold, what, json):
    place, given, status = REFUSED[what]
    comment, desk = hold(), enter(Role.OWNER)
    path = f"news/{place}".format(id=comment.id, nobody="0" * 26)
    with capture_logs() as said:
        assert desk.post(path, json=json, **given).status_code == status
    [line] = refusals(said)
    assert (line["who"], line["site"], line["status"]) == ("olga", "news", status)


def test_who_goes_beyond_their_scope_is_named(enter, hold, other):
    eve = enter(name="eve", sites=("other",))
    with capture_logs() as said:
        eve.decide(hold())
        eve.get("news")
    assert [(line["who"], line["site"]) for line in refusals(said)] == [("eve", "news")] * 2


def test_a_forged_form_names_whose_browser_sent_it(enter, hold):
    desk, comment = enter(), hold()
    with capture_logs() as said:
        desk.post(f"news/comments/{comment.id}/note", headers=FORGED, note="x")
    [line] = refusals(said)
    assert (line["who"], line["problem"]) == ("olga", "ForeignOrigin")


def test_an_invitation_stands_in_no_log(core, client, news):
    link = accounts.invite(core, Moderator(name="ines", role=Role.OWNER))
    path = link.removeprefix("http://comments.example")
    with capture_logs() as said:
        assert client.post(path, data={"password": "short"}, headers=OURS).status_code == 422
    [line] = refusals(said)
    assert path.rsplit("/", 1)[1] not in str(line)


def test_who_comes_in_and_who_does_not_are_logged(ines, elsewhere):
    with capture_logs() as said:
        elsewhere().sign_in("guess number x")
        elsewhere().sign_in()
    assert [(line["event"], line["who"]) for line in said] == [
        ("refused", ""),
        ("signed in", "ines"),
    ]


def test_signing_out_leaves_nothing_in_the_browser(ines):
    answer = ines.post("sign-out")
    assert answer.headers["Clear-Site-Data"] == '"cache"'
    assert ines.client.get_cookie("folkmoot") is None
