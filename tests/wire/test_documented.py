"""The docs name every call of the protocols, every attribute, and every option of a key."""

import re
from pathlib import Path

import click
import pytest

from service.analysis import attributes, moderation
from service.cli.key import add
from service.web.wire import BLUEPRINTS

ROOT = Path(__file__).parents[2]
DOCS = (ROOT / "docs/wire-protocols.md").read_text("utf-8")


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


SECTIONS = ["What to change", "Tried", "Thresholds", "When something fails", "Side by side"]
MIGRATION = sorted((ROOT / "docs/migration").glob("*.md"), key=lambda page: page.name)


@pytest.mark.parametrize("page", MIGRATION, ids=lambda page: page.stem)
def test_every_page_on_moving_answers_the_same_questions(page):
    text = page.read_text("utf-8")
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == SECTIONS
    for target in re.findall(r"\]\((\.\./[^)#]+)", text):
        assert (page.parent / target).exists(), target


def test_the_overview_names_every_page_on_moving():
    overview = (ROOT / "docs/migrating-from-perspective.md").read_text("utf-8")
    named = re.findall(r"\(migration/(\S+)\.md\)", overview)
    assert sorted(named) == [page.stem for page in MIGRATION]
