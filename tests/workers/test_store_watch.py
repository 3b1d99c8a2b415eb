"""A store that is changed while it runs, so that it may lose data, is noticed."""

from dataclasses import replace

import pytest
import structlog
from click.testing import CliRunner

from service.app import create_app
from service.cli import main
from service.health import find_ready_parts
from workers import maintenance


@pytest.fixture(params=[("maxmemory-policy", "allkeys-lru"), ("appendonly", "no")])
def loose(request, redis):
    name, value = request.param
    before = redis.config_get(name)[name]
    redis.config_set(name, value)
    yield value
    redis.config_set(name, before)


def test_a_store_as_it_should_be_is_ready_and_not_warned_about(core):
    assert find_ready_parts(core)["store"]
    with structlog.testing.capture_logs() as logs:
        maintenance.watch_store(core)
    assert not logs


def test_readiness_tells_it(core, loose):
    answer = create_app(core).test_client().get("/readyz")
    assert answer.status_code == 503
    assert answer.json["parts"]["store"] is False
    assert find_ready_parts(replace(core, may_lose=True))["store"]


def test_the_log_warns_of_it(core, loose):
    with structlog.testing.capture_logs() as logs:
        maintenance.watch_store(core)
    [line] = logs
    assert line["log_level"] == "warning"
    assert loose in line["found"]
    assert line["do"].startswith("set ")


def test_the_check_tells_it(core, loose, store_socket):
    environment = {"FOLKMOOT_REDIS_URL": f"unix://{store_socket}", "FOLKMOOT_SECRET_KEY": "0" * 64}
    result = CliRunner().invoke(main, ["check"], env=environment)
    assert result.exit_code == 1
    assert loose in result.output
