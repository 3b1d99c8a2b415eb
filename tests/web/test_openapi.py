"""The OpenAPI document is valid and correct: no request made from it causes a fault."""

import os

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis.checks import (
    content_type_conformance,
    not_a_server_error,
    response_schema_conformance,
    status_code_conformance,
)

from service.app import create_app
from service.clients import keyring
from service.domain.key import ApiKey, Scope
from service.domain.policy import Policy
from service.domain.queue_filters import QueueOrder
from service.domain.site import CaptchaStrategy, Site
from service.domain.thread import Order
from service.store.site import sites
from tests.factories import ARTICLE, a_comment

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
CALLERS = ("nobody", "a reader", *Scope)
COMMENT = a_comment().id
# The least that a route accepts.
BODIES = {
    "vote": {"direction": "up"},
    "flag": {"reason": "spam"},
    "claim": {"comment": COMMENT},
    "analyze": {"texts": ["Good morning"]},
    "decision": {"action": "approve", "seen": "held"},
    "decisions": {"action": "approve", "seen": "held", "comments": [COMMENT]},
    "undo": {"undo": "x"},
}
# Requests for each route and caller; `make fuzz` makes more than 2,000 in all.
EXAMPLES = int(os.environ.get("SCHEMA_EXAMPLES", "4"))


@pytest.fixture
def schema(core, redis):
    # A site without restrictions, so that requests pass the first checks.
    policy = Policy(comments_per_minute=0)
    site = Site(
        name="x", origins=("https://news.example",), captcha=CaptchaStrategy.OFF, policy=policy
    )
    sites.put(redis, site)
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", create_app(core))


def test_the_document_names_the_fixed_routes(schema):
    document = schema.raw_schema
    assert document["openapi"].startswith("3.1")
    paths = set(document["paths"])
    assert "/api/v1/sites/{site}/comments/{comment}/vote" in paths
    assert not [path for path in paths if not path.startswith("/api/v1/")]


@pytest.mark.parametrize(
    ("path", "name", "kind"),
    [
        ("/api/v1/sites/{site}/queue", "order", QueueOrder),
        ("/api/v1/sites/{site}/comments", "sort", Order),
    ],
)
def test_orders_are_those_of_the_route(schema, path, name, kind):
    route = schema.raw_schema["paths"][path]["get"]
    [shape] = [part["schema"] for part in route["parameters"] if part["name"] == name]
    document = schema.raw_schema
    for part in named(shape).removeprefix("#/").split("/"):
        document = document[part]
    assert document["enum"] == list(kind)


def named(shape):
    """Return the reference in a schema, which may also allow null."""
    [found] = [
        part["$ref"]
        for part in (shape, *shape.get("anyOf", ()), *shape.get("allOf", ()))
        if "$ref" in part
    ]
    return found


@pytest.fixture
def callers(core, schema):
    """The headers with which a caller sends a request."""
    answer = (
        schema["/api/v1/sites/{site}/readers"]["POST"].Case(path_parameters={"site": "x"}).call()
    )
    headers = {"nobody": {}, "a reader": {"Folkmoot-Reader": answer.json()["token"]}}
    for scope in Scope:
        key = keyring.issue(core, ApiKey(id="", scope=scope))
        headers[scope] = {"Authorization": f"Bearer {key}"}
    return headers


def test_a_route_that_names_a_key_or_token_refuses_who_has_none(schema):
    refusals = {"reader": {401}, "receipt": {403}, "key": {401}}
    guarded = 0
    for operation in (result.ok() for result in schema.get_all_operations()):
        ways = operation.definition.raw["security"]
        if {} not in ways:
            [name] = {name for way in ways for name in way}
            answer = operation.Case(
                path_parameters={"site": "x", "comment": COMMENT},
                query={"thread": ARTICLE},
                **_body(operation),
            ).call()
            assert answer.status_code in refusals[name], (operation.label, answer.text)
            guarded += 1
    assert guarded >= 12


def _body(operation):
    has_body = bool(operation.get_request_payload_content_types())
    return {"body": BODIES.get(operation.path.rsplit("/", 1)[-1], {})} if has_body else {}


@pytest.mark.parametrize("caller", CALLERS)
def test_requests_made_from_the_document_break_nothing(schema, callers, caller):
    operations = [result.ok() for result in schema.get_all_operations()]
    assert len(operations) >= 20
    for operation in operations:
        _try(operation, callers[caller])


def _try(operation, headers):
    @given(case=operation.as_strategy(), on_known_site=st.booleans())
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    def attempt(case, on_known_site):
        if on_known_site and "site" in case.path_parameters:
            case.path_parameters["site"] = "x"
        # The client, which is no browser, unpacks nothing.
        case.call_and_validate(headers=headers | {"Accept-Encoding": "identity"}, checks=CHECKS)

    attempt()
