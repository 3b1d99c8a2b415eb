"""Who may call what: every route and method of the URL map, for every kind of caller.

A route that this table does not name fails the test: somebody has to decide who may call it.
"""

from dataclasses import replace
from datetime import timedelta

import pytest

from service.app import create_app
from service.clients import keyring
from service.desk.account import sessions
from service.desk.account.devices import Visit
from service.domain.key import ApiKey, Scope
from service.domain.moderator import Moderator, Role
from service.store.accounts import moderators
from service.store.site import sites
from tests.factories import ARTICLE, a_comment
from tests.web import test_rights as desk

OURS = {"Origin": "http://localhost"}
METHODS = {"GET", "POST", "PUT", "PATCH", "DELETE"}

# Everybody, whatever they carry.
PUBLIC = {
    *("reference", "discovery", "captcha", "feed", "widget", "memory", "assets", "demo", "static"),
    *("health", "report", "authorship.post_comment", "authorship.get_mine"),
    *("api.get_comments", "api.get_comment", "api.get_search", "api.post_reader"),
}
# Everybody; a key, if there is one, must be of one of these scopes and for the site.
PUBLIC_OR_KEY = {"api.get_counts": {"counts", "manage"}, "api.post_comment": {"manage"}}
# Whoever has a token as a reader of the site.
READERS = {"api.put_vote", "api.put_article_vote", "api.put_flag"}
# The comment's author, by the receipt; no other credential opens it.
AUTHORS = {"api.patch_comment", "api.delete_comment", "appeals", "authorship"}
# Programs with a key, wherever the protocol carries it.
PROGRAMS = {
    "manage": "manage",
    "articles_api": "manage",
    "analyze": "analyze",
    "perspective": "analyze",
}
PROGRAMS |= {"openai": "analyze", "akismet": "analyze", "discourse": "analyze"}
# Requests that are signed with a secret of ours (tests/wire tests the signatures).
SIGNED = {"coral"}

BODIES = {
    "/vote": {"direction": "up"},
    "/flag": {"reason": "spam"},
    "/appeal": {"text": "Look again, please."},
    "/comments/<comment>": {"body": "Well said."},
    "/comments": {"thread": ARTICLE, "name": "Ann", "body": "Well said."},
}
KEYS = {
    f"a key for {scope} of {site}": (scope, site)
    for scope in ("analyze", "counts", "manage")
    for site in ("news", "other")
}
PEOPLE = {f"{role.value} of {scope}": (role, scope) for role in Role for scope in desk.SCOPES}
STRANGERS = ("nobody", "a reader", "a session that is over", "a session that never was")
CALLERS = (*STRANGERS, *KEYS, *PEOPLE)


@pytest.fixture
def application(core, redis, news):
    sites.put(redis, replace(news, name="other", origins=("https://other.example",)))
    moderators.add(redis, Moderator(name="another", role=Role.OWNER, password="x"))
    return create_app(core, with_demo=True)


def routes(application):
    for rule in application.url_map.iter_rules():
        for method in sorted(rule.methods & METHODS):
            yield method, rule.rule, rule.endpoint


@pytest.fixture
def call(application, core, redis):
    """Send one request as some caller."""
    tokens = {
        name: keyring.issue(core, ApiKey(id="", scope=Scope(scope), site=site))
        for name, (scope, site) in KEYS.items()
    }
    reader = core.signer.reader_token("news", b"r" * 12)

    def call(caller, method, rule):
        client, headers, query = application.test_client(), dict(OURS), f"thread={ARTICLE}"
        if caller == "a reader":
            headers["Folkmoot-Reader"] = reader
        elif caller in KEYS:
            headers |= {"Authorization": f"Bearer {tokens[caller]}"}
            query += f"&key={tokens[caller]}"
        elif caller not in STRANGERS or "session" in caller:
            client.set_cookie("folkmoot", session(core, redis, caller))
        address = f"{desk.path_of(rule)}?{query}"
        return client.open(address, method=method, headers=headers, json=body_of(method, rule))

    return call


def body_of(method, rule):
    """A body that is right, where one is checked before its author."""
    place = next((end for end in BODIES if rule.endswith(end)), None)
    return BODIES[place] if method != "GET" and rule.startswith("/api/") and place else None


def session(core, redis, caller):
    if caller == "a session that never was":
        return "x" * 32
    role, site = PEOPLE.get(caller, (Role.OWNER, "news"))
    who = Moderator(name=f"{role.value}-{site}", role=role, sites=desk.SCOPES[site], password="x")
    moderators.add(redis, who)
    past = core.session_idle + timedelta(minutes=2) if "is over" in caller else timedelta()
    earlier = replace(core, now=lambda: core.now() - past)
    return sessions.open_session(earlier, who, Visit(address="a")).token


def named(endpoint, table):
    return endpoint in table or endpoint.split(".")[0] in table


def may(caller, method, rule, endpoint):
    """Return who may call a route.

    :raises LookupError: nobody has said so.
    """
    if endpoint.startswith("review."):
        return may_at_the_desk(caller, method, endpoint)
    if endpoint in PUBLIC_OR_KEY:
        scope, site = KEYS.get(caller, ("", "news"))
        return not scope or (site == "news" and scope in PUBLIC_OR_KEY[endpoint])
    if named(endpoint, PUBLIC):
        return True
    if named(endpoint, READERS):
        return caller == "a reader"
    if named(endpoint, AUTHORS) or named(endpoint, SIGNED):
        return False
    scope, site = KEYS.get(caller, ("", ""))
    of_site = site == "news" or "<site>" not in rule
    return scope == PROGRAMS[endpoint.split(".")[0]] and of_site


def may_at_the_desk(caller, method, endpoint):
    if desk.is_open(endpoint):
        return True
    if caller not in PEOPLE:
        return False
    role, scope = PEOPLE[caller]
    return desk.is_covered(endpoint, method, role, scope)


def is_refused(answer):
    """Whether an answer turns the caller away, in the words of each protocol."""
    if answer.status_code == 303:
        return "/review/sign-in" in answer.location
    if answer.request.path.startswith("/review"):
        return answer.status_code == 403
    if answer.status_code in (401, 403):
        return True
    if answer.status_code == 400:
        return "API key not valid" in answer.text
    return (
        answer.mimetype == "text/plain"
        and answer.text == "invalid"
        and b"key" in (answer.headers.get("X-akismet-debug-help", "").lower().encode())
    )


@pytest.mark.parametrize("caller", CALLERS)
def test_a_caller_gets_what_is_theirs_and_nothing_else(application, call, caller):
    wrong = []
    for method, rule, endpoint in routes(application):
        is_of_desk = endpoint.startswith("review.")
        # A session is worth something at the desk alone; one of each kind shows that.
        if (caller in PEOPLE and caller != "owner of all") and not is_of_desk:
            continue
        answer = call(caller, method, rule)
        if endpoint == "review.sessions.post_sign_out":
            assert answer.location == "/review/sign-in"
        elif is_refused(answer) is may(caller, method, rule, endpoint):
            wrong.append((method, rule, answer.status_code))
        assert answer.status_code < 500 or endpoint == "health.get_readiness", (method, rule)
    assert not wrong


def test_what_a_caller_carries_for_another_site_is_worth_nothing(application, core, news):
    """The same for readers, whose tokens name their site."""
    token = core.signer.reader_token("other", b"r" * 12)
    comment = a_comment()
    path = f"/api/v1/sites/news/comments/{comment.id}/vote"
    sent = {"json": {"direction": "up"}, "headers": {"Folkmoot-Reader": token}}
    assert application.test_client().put(path, **sent).status_code == 401


def test_every_route_has_an_expectation(application):
    missing = []
    for method, rule, endpoint in routes(application):
        try:
            may("nobody", method, rule, endpoint)
        except LookupError:
            missing.append((method, rule))
    assert not missing
