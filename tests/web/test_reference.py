"""The pages for everybody answer, and no template leads to a route that is not there."""

import re
from pathlib import Path

import pytest

import service.web

# The demo's pages are only there with the demo.
FOLDERS = ("feed", "frame", "reference", "review")
ROOT = Path(service.web.__file__).parent / "templates"
TEMPLATES = [template for folder in FOLDERS for template in sorted((ROOT / folder).iterdir())]
# An endpoint of the same blueprint (".name"), or one made up of parts, is for its page's own test.
ENDPOINT = re.compile(r"""url_for\(\s*["']([a-z_]+(?:\.[a-z_]+)+)["'](?!\s*~)""")


@pytest.mark.parametrize("path", ["/", "/docs", "/problems/stale-status", "/api/v1/openapi.json"])
def test_a_page_for_everybody_answers(client, path):
    assert client.get(path).status_code == 200


def test_templates_lead_to_routes_that_there_are(client):
    routes = {rule.endpoint for rule in client.application.url_map.iter_rules()}
    named = {
        (template.name, endpoint)
        for template in TEMPLATES
        for endpoint in ENDPOINT.findall(template.read_text("utf-8"))
    }
    assert {endpoint for _, endpoint in named} >= {"review.queue.get_sites"}
    assert not [link for link in named if link[1] not in routes]
