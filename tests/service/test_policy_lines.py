"""Each line of a policy is declared once, and form, checks and commands use all of them."""

from dataclasses import fields, replace
from enum import Enum

import pytest
from click.testing import CliRunner

from service.captcha.strategies import STRATEGIES
from service.cli.site import site as site_command
from service.desk.office import policy
from service.domain.policy import POLICY_LINES, Policy
from service.domain.policy_lines import LineGroup, LineKind
from service.domain.site import SITE_LINES, CaptchaStrategy, Site
from service.web.desk.office import policy_form

SITE = Site(name="news", origins=("https://news.example",))
BOUNDED = [line for line in POLICY_LINES if line.is_bounded]
LISTS = [line for line in POLICY_LINES if line.kind is LineKind.LINES]


def ruled(**lines):
    return replace(SITE, policy=replace(SITE.policy, **lines))


def faulty(site):
    return {fault.field for fault in policy.check(site)}


def test_every_field_declares_a_line():
    declared = {line.name for line in POLICY_LINES}
    assert declared == {field.name for field in fields(Policy)} - {"thresholds"}
    declared = {line.name for line in SITE_LINES}
    assert declared == {field.name for field in fields(Site)} - {"name", "origins", "policy"}


def test_what_is_declared_as_default_may_be():
    assert faulty(SITE) == set()


@pytest.mark.parametrize("line", BOUNDED, ids=lambda line: line.name)
def test_a_number_out_of_its_bounds_is_named(line):
    step = 1 if line.kind is LineKind.NUMBER else 0.001
    for value in (line.lowest - step, line.highest + step):
        assert line.name in faulty(ruled(**{line.name: value}))
    for value in (line.lowest, line.highest):
        assert line.name not in faulty(ruled(**{line.name: value}))


def test_what_has_no_default_may_be_empty():
    [optional] = [line for line in POLICY_LINES if line.is_optional]
    assert faulty(ruled(**{optional.name: None})) == set()
    typed = policy_form.show(SITE)
    _, faults = policy_form.read(SITE, typed | {line.name: "" for line in BOUNDED})
    assert {fault.field for fault in faults} == {line.name for line in BOUNDED} - {optional.name}


@pytest.mark.parametrize("line", LISTS, ids=lambda line: line.name)
@pytest.mark.parametrize("entry", ["\u200b", "x" * 201], ids=["blank", "long"])
def test_an_entry_that_cannot_be_is_named(line, entry):
    assert line.name in faulty(ruled(**{line.name: (entry,)}))


@pytest.mark.parametrize("line", SITE_LINES, ids=lambda line: line.name)
def test_a_choice_that_there_is_not_is_named(line):
    assert line.name in faulty(replace(SITE, **{line.name: "tlh"}))


def test_the_page_has_a_place_for_every_line_but_those_of_commands():
    grouped = [line.name for _, _, lines in policy_form.GROUPS for line in lines]
    placed = ["blocked_words", "mode", *grouped]
    of_commands = [line.name for line in SITE_LINES if line.group is LineGroup.COMMAND]
    every = [line.name for line in (*POLICY_LINES, *SITE_LINES)]
    assert sorted([*placed, *of_commands]) == sorted(every)


def test_commands_name_every_line():
    for arguments, lines in ((["policy"], POLICY_LINES), (["add"], SITE_LINES)):
        written = CliRunner().invoke(site_command, [*arguments, "--help"]).output
        assert not [line.name for line in lines if line.name not in written]


@pytest.mark.parametrize("line", SITE_LINES, ids=lambda line: line.name)
def test_every_value_of_a_choice_has_a_label(line):
    if isinstance(line.default, Enum):
        assert {value for value, _ in line.choices} == {one.value for one in type(line.default)}


def test_every_strategy_but_off_has_a_provider():
    assert STRATEGIES.keys() | {CaptchaStrategy.OFF} == set(CaptchaStrategy)
