"""The docs name every call of the protocols, every attribute, and every option of a key."""

from pathlib import Path

import click
import pytest

from service.analysis import attributes, moderation
from service.cli.key import add
from service.web.wire import BLUEPRINTS

DOCS = (Path(__file__).parents[2] / "docs/wire-protocols.md").read_text("utf-8")


def test_every_call_is_named(app):
    names = {blueprint.name for blueprint in BLUEPRINTS}
    rules = [rule for rule in app.url_map.iter_rules() if rule.endpoint.split(".")[0] in names]
    assert len(rules) >= 12
    # The second address of the discovery document is the default of older clients.
    paths = [rule.rule for rule in rules if not rule.rule.startswith("/discovery/")]
    assert not [rule for rule in paths if rule not in DOCS]


ATTRIBUTES = {*attributes.SOURCES, *attributes.WITHOUT_SOURCE, *attributes.BRIDGING}


@pytest.mark.parametrize("name", sorted(ATTRIBUTES))
def test_every_attribute_is_named(name):
    assert f"`{name}`" in DOCS


@pytest.mark.parametrize("name", sorted(n for n in moderation.SOURCES if "/" not in n))
def test_every_category_is_named(name):
    assert f"`{name}`" in DOCS


@pytest.mark.parametrize(
    "option", [p.opts[0] for p in add.params if isinstance(p, click.Option) and p.name != "help"]
)
def test_every_wish_is_named(option):
    assert option in DOCS
