"""Every page of the desk, for every role and scope: one guard, and no route without it."""

import re

import pytest

from service.app import create_app
from service.desk.account import sessions
from service.desk.account.devices import Visit
from service.domain.moderator import Moderator, Role
from service.store.accounts import moderators
from service.store.site import sites
from service.web.desk.account.rights import Right, needed
from tests.factories import a_comment

OURS = {"Origin": "http://localhost"}
SCOPES = {"all": (), "news": ("news",), "other": ("other",)}
# The rights of pages other than the default: *see* for reading, *decide* for sending.
NOTHING = {"get_welcome", "post_welcome", "get_sign_in", "post_sign_in", "get_passkey"}
NOTHING |= {"sessions.post_passkey", "post_sign_out"}
OWN_ACCOUNT = {"account", "second", "get_sites"}
MANAGING = {"people"}
OWNING = {"post_policy", "get_alerts", "post_alerts"}


def desk():
    """Every method and rule of the desk in the application."""
    from service.core import Core
    from tests.test_docs import _signer  # a core without a store, which is never used

    core = Core(redis=None, sites=None, signer=_signer(), ring=print, public_url="http://x")
    app = create_app(core)
    for rule in app.url_map.iter_rules():
        if rule.rule.startswith("/review"):
            for method in sorted(rule.methods & {"GET", "POST", "PUT", "PATCH", "DELETE"}):
                yield method, rule.rule, rule.endpoint


ROUTES = sorted(desk())


def is_covered(endpoint, method, role, scope):
    """Return who may do what, by the names of the pages alone."""
    _, *parts = endpoint.split(".")
    name, group = parts[-1], parts[0]
    sees = scope in ("all", "news")
    if name in OWN_ACCOUNT or group in OWN_ACCOUNT:
        return True
    if name == "post_second_factor":
        return role is Role.OWNER and scope == "all"
    if group in MANAGING:
        return role is Role.OWNER
    if name in OWNING:
        return role is Role.OWNER and sees
    return sees if method == "GET" else sees and role is not Role.ANALYST


def is_open(endpoint):
    _, *parts = endpoint.split(".")
    return parts[-1] in NOTHING or ".".join(parts) in NOTHING


@pytest.fixture
def signed_in(core, client, redis, news):
    """Sign in somebody with a role and a scope."""
    from dataclasses import replace

    sites.put(redis, replace(news, name="other"))

    def signed_in(role, scope):
        who = Moderator(name=f"{role.value}-{scope}", role=role, sites=SCOPES[scope], password="x")
        moderators.add(redis, who)
        moderators.add(redis, Moderator(name="another", role=Role.OWNER, password="x"))
        entry = sessions.open_session(core, who, Visit(address="a"))
        client.set_cookie("folkmoot", entry.token)
        return client

    return signed_in


def path_of(rule):
    values = {"site": "news", "comment": a_comment().id, "author": "x" * 16, "token": "t"}
    return re.sub(r"<(?:\w+:)?(\w+)>", lambda found: values.get(found[1], "x"), rule)


def test_the_desk_has_the_routes_that_this_test_walks():
    assert len(ROUTES) > 40
    assert {method for method, _, _ in ROUTES} == {"GET", "POST"}


def test_a_forged_form_is_refused_everywhere(signed_in):
    client = signed_in(Role.OWNER, "all")
    for method, rule, _ in ROUTES:
        if method != "GET":
            answer = client.open(
                path_of(rule), method=method, headers={"Origin": "https://evil.example"}
            )
            assert answer.status_code == 403, (method, rule)


@pytest.mark.parametrize("step", ["second", "setup"])
def test_who_owes_a_second_factor_gets_nowhere_else(core, client, redis, news, step):
    from service.domain.session import Step

    who = Moderator(name="half", role=Role.OWNER, password="x")
    moderators.add(redis, who)
    still_open = {
        "second": {"get_second", "post_second"},
        "setup": {"get_account", "post_app", "post_passkey_options", "account.post_passkey"},
    }[step]
    for method, rule, endpoint in ROUTES:
        name = endpoint.split(".")[-1]
        if is_open(endpoint) or name in still_open or endpoint.split("review.")[1] in still_open:
            continue
        entry = sessions.open_session(core, who, Visit(address="a"), Step(step))
        client.set_cookie("folkmoot", entry.token)
        answer = client.open(path_of(rule), method=method, headers=OURS, data={})
        assert answer.status_code == 303, (method, rule)
        assert re.search("second-factor|/account$|sign-in", answer.location), (method, rule)


def test_reading_and_sending_ask_for_different_rights_unless_a_view_says_otherwise():
    assert needed(object(), "GET", has_site=True) is Right.SEE
    assert needed(object(), "POST", has_site=True) is Right.DECIDE
    assert needed(object(), "GET", has_site=False) is Right.OWN_ACCOUNT
    assert needed(object(), "POST", has_site=False) is Right.MANAGE


def test_a_change_of_role_holds_in_a_session_that_is_open(signed_in, redis):
    client = signed_in(Role.OWNER, "all")
    assert client.get("/review/people").status_code == 200
    who = moderators.find(redis, "owner-all")
    from dataclasses import replace

    moderators.revise(
        redis, who.name, lambda known: replace(known, role=Role.ANALYST, sites=("other",))
    )
    assert client.get("/review/people").status_code == 403
    assert client.get("/review/news").status_code == 403
    assert client.get("/review/other").status_code == 200
    moderators.remove(redis, "owner-all")
    assert client.get("/review/other").status_code == 303
