"""A store that could lose accepted data is an error of one line that names the setting."""

import pytest

from service.domain.errors import StoreUnsafe
from service.store.server import durability


@pytest.fixture(autouse=True)
def as_it_was(redis):
    names = ("appendonly", "maxmemory-policy")
    before = {name: redis.config_get(name)[name] for name in names}
    yield
    for name, value in before.items():
        redis.config_set(name, value)


def test_a_store_as_we_start_it_is_safe(redis):
    durability.insist(redis)
    assert all(promise.holds for promise in durability.promises(redis))


@pytest.mark.parametrize(
    ("setting", "value", "remedy"),
    [
        ("maxmemory-policy", "allkeys-lru", "set maxmemory-policy noeviction"),
        ("appendonly", "no", "set appendonly yes"),
    ],
)
def test_a_store_that_forgets_is_refused(redis, setting, value, remedy):
    redis.config_set(setting, value)
    with pytest.raises(StoreUnsafe, match=remedy) as refused:
        durability.insist(redis)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("version", "new_enough"),
    [("5.0.14", False), ("6.0.16", False), ("6.2.0", True), ("7.2.4", True), ("10.0.0", True)],
)
def test_an_old_server_is_refused(version, new_enough):
    assert durability.is_new_enough(version) is new_enough
