"""The OpenAPI document is valid and correct: no request made from it causes a fault."""

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error

from service.app import create_app
from service.domain.policy import Policy
from service.domain.queue_filters import QueueOrder
from service.domain.site import CaptchaStrategy, Site
from service.domain.thread import Order
from service.store.site import sites


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


def test_requests_made_from_the_document_break_nothing(schema):
    operations = [result.ok() for result in schema.get_all_operations()]
    assert len(operations) >= 12
    for operation in operations:
        _try(operation)


def _try(operation):
    @given(case=operation.as_strategy(), on_known_site=st.booleans())
    @settings(
        max_examples=15,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    def attempt(case, on_known_site):
        if on_known_site and "site" in case.path_parameters:
            case.path_parameters["site"] = "x"
        case.call_and_validate(checks=[not_a_server_error])

    attempt()
