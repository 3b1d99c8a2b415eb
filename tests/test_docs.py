"""The docs match the code: keys, fields, settings, problems, phases, routes and words."""

import inspect
import re
from pathlib import Path
from types import SimpleNamespace

import pytest

from service import settings
from service.domain.policy import POLICY_LINES
from service.domain.policy_lines import LineKind
from service.domain.reason import TABLE
from service.domain.site import SITE_LINES
from service.judging.phases import PHASES
from service.settings import Settings
from service.store import keys, scripts
from service.store.keys import Keys
from service.store.script_header import read
from service.web.http.problems import PROBLEMS

ROOT = Path(__file__).parents[1]
DOCS = {path.stem: path.read_text("utf-8") for path in (ROOT / "docs").glob("*.md")}


def site_keys():
    """Every key of a site, in the notation of the docs: arguments in capitals."""
    for name, method in inspect.getmembers(Keys, inspect.isfunction):
        if name.startswith("_"):
            continue
        given = {argument: argument.upper() for argument in inspect.signature(method).parameters}
        given["self"] = Keys("SITE")
        if "status" in given:
            given["status"] = SimpleNamespace(value="STATUS")
        yield method(**given).removeprefix("fm:{SITE}:")


@pytest.mark.parametrize("key", sorted(site_keys()))
def test_every_key_of_a_site_is_documented(key):
    assert f"`{key}`" in DOCS["keys"]


@pytest.mark.parametrize(
    "key", [value for name, value in vars(keys).items() if name.isupper() and name != "Keys"]
)
def test_every_key_of_the_installation_is_documented(key):
    assert f"`{key}`" in DOCS["keys"]


@pytest.mark.parametrize("setting", sorted(Settings.model_fields))
def test_every_setting_is_documented_as_it_is_declared(setting):
    field = Settings.model_fields[setting]
    assert field.description
    default = settings.default(setting)
    shown = default if field.default is None else f"`{default}`"
    row = f"| `{settings.variable(setting)}` | {shown} | {field.description} |"
    assert row in DOCS["running"].splitlines()


@pytest.mark.parametrize("problem", sorted(name for _, name, _ in PROBLEMS.values()))
def test_every_problem_is_documented(problem):
    assert f"`/problems/{problem}`" in DOCS["http-api"]


@pytest.mark.parametrize("phase", [phase.__name__ for phase in PHASES])
def test_every_phase_is_documented(phase):
    assert f"| `{phase}` |" in DOCS["policy"]


@pytest.mark.parametrize("reason", TABLE, ids=lambda reason: reason.code)
def test_every_reason_is_documented(reason):
    rule = f"`{reason.rule}`" if reason.rule else "–"
    mild = "yes" if reason.is_mild else "no"
    assert f"| `{reason.code}` | {reason.gravest} | {mild} | {rule} |" in DOCS["policy"]


def test_the_docs_know_no_other_reasons_and_ask_for_what_the_table_does():
    codes = {reason.code for reason in TABLE}
    assert set(re.findall(r"^\| `(\w+/[\w-]+)` \|", DOCS["policy"], re.MULTILINE)) == codes
    for phase in PHASES:
        reasons = [reason for reason in TABLE if reason.code.startswith(f"{phase.__name__}/")]
        asked = {reason.gravest.value for reason in reasons} - {"approve"}
        assert f"| `{phase.__name__}` | {', '.join(sorted(asked))} |" in DOCS["policy"]


@pytest.mark.parametrize("line", [*POLICY_LINES, *SITE_LINES], ids=lambda line: line.name)
def test_every_line_of_a_policy_is_documented_as_it_is_declared(line):
    assert policy_row(line) in DOCS["policy"].splitlines()


def test_the_table_of_the_policy_has_no_other_lines():
    table = DOCS["policy"].partition("## Setting it")[2]
    written = re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE)
    assert written == [line.name for line in (*POLICY_LINES, *SITE_LINES)]


def test_every_route_of_the_api_is_documented():
    from service.app import create_app
    from service.core import Core

    core = Core(redis=None, sites=None, signer=_signer(), ring=print, public_url="http://x")
    for rule in create_app(core).url_map.iter_rules():
        if rule.rule.startswith("/api/") and not rule.rule.endswith((".wav", "openapi.json")):
            path = re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule)
            for method in rule.methods - {"HEAD", "OPTIONS"}:
                assert f"`{method} {path}`" in DOCS["http-api"], f"{method} {path}"


@pytest.mark.parametrize("script", sorted((ROOT / "service/store/lua").glob("*.lua")), ids=str)
def test_every_script_says_its_contract(script):
    text = script.read_text("utf-8")
    header, _, _ = text.partition("\n\n")
    assert re.match(r"-- [A-Z][^\n]*[.,:;]?\n", header), "it begins with what it does"
    names = scripts.load()[script.stem].header
    assert names == read(text)
    for key in names.keys:
        assert re.search(rf"^--   {key} .*\((hash|zset|string|stream)\)$", header, re.MULTILINE)
    assert re.search(r"^-- Returns \S", header, re.MULTILINE)


def test_no_file_holds_two_nouns():
    long = {
        str(path.relative_to(ROOT)): count
        for package in ("service", "workers", "models")
        for path in (ROOT / package).rglob("*.py")
        if (count := len(path.read_text("utf-8").splitlines())) > 300
    }
    assert not long


def policy_row(line):
    """A line in the form of docs/policy.md, to copy where the document differs."""
    default = line.default
    if isinstance(default, tuple):
        default = f"{len(default)} entries" if default else "none"
    elif isinstance(default, bool):
        default = "on" if default else "off"
    elif line.is_bounded:
        default = "empty" if default is None else f"{default:g}"
    else:
        default = f"`{default or line.unset}`"
    holds = {
        LineKind.LINES: line.entries.value,
        LineKind.SWITCH: "on, off",
        LineKind.CHOICE: ", ".join(f"`{value or line.unset}`" for value, _ in line.choices),
        LineKind.COLOUR: "a colour",
    }.get(line.kind, f"{line.lowest:g} to {line.highest:g}")
    shown = line.choices[:1] if line.unset else line.choices
    meanings = "; ".join(f"`{value or line.unset}`: {label}" for value, label in shown)
    means = " ".join(part for part in (f"{line.label}.", line.hint, meanings) if part)
    return f"| `{line.name}` | {default} | {holds} | {means} |"


def _signer():
    from service.signing import Signer

    return Signer(b"x")
