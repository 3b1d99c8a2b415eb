"""Each setting is declared once, and is read, written and offered everywhere."""

import pytest

from service import installation, settings, supervisor
from service.settings import Settings, SettingsWrong

KEY = "k" * 40
# A value of each setting that is not its default.
OTHERS = {
    "redis_url": "redis://store:6379",
    "queue_url": "redis://queue:6379",
    "data_dir": "elsewhere",
    "secret_key": KEY,
    "secret_key_fallbacks": f"{'f' * 40},{'g' * 40}",
    "session_idle_minutes": 30,
    "public_url": "https://comments.example",
    "host": "::1",
    "port": 9000,
    "web_workers": 2,
    "workers": 3,
    "model": "models/mine",
    "tiers": 1,
    "trusted_proxies": 1,
    "requests_per_network": 7,
    "log_level": "debug",
    "smtp_url": "smtps://user:password@mail.example",
    "mail_from": "desk@news.example",
    "digest_hour": 5,
    "webhook_private": True,
    "perspective_shadow": "https://perspective.example/v1alpha1/comments:analyze?key=k",
    "demo": True,
    "unsafe_store": True,
}


@pytest.fixture(autouse=True)
def alone(monkeypatch, tmp_path):
    """No folkmoot.toml, and no variables from the environment of the test run."""
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(settings.variable(name), raising=False)


def test_the_parts_read_every_setting_as_the_supervisor_does(monkeypatch):
    config = settings.read(**OTHERS)
    for name, value in supervisor.environment(config).items():
        monkeypatch.setenv(name, value)
    assert settings.read() == config
    assert set(OTHERS) == set(Settings.model_fields)
    assert not [name for name in OTHERS if getattr(config, name) == _default(name)]


def test_the_parts_are_told_what_follows_from_the_data_folder(monkeypatch, tmp_path):
    config = settings.read(data_dir=tmp_path / "data", port=9000)
    for name, value in supervisor.environment(config).items():
        monkeypatch.setenv(name, value)
    configured = settings.read()
    assert configured.redis_url == configured.queue_url == installation.record_url(config)
    assert configured.public_url == "http://127.0.0.1:9000"
    assert installation.secret_key(configured) == installation.secret_key(config)
    assert (configured.model, configured.smtp_url) == (None, None)


def test_former_secrets_reach_the_parts_from_the_data_folder_too(monkeypatch, tmp_path):
    config = settings.read(data_dir=tmp_path / "data")
    first = installation.secret_key(config)
    file = tmp_path / "data" / "secret.key"
    assert file.stat().st_mode & 0o777 == 0o600
    file.write_text("n" * 43 + "\n" + file.read_text())
    assert installation.secret_key(config) == b"n" * 43
    assert installation.former_keys(config) == (first,)
    for name, value in supervisor.environment(config).items():
        monkeypatch.setenv(name, value)
    configured = settings.read()
    assert installation.secret_key(configured) == b"n" * 43
    assert installation.former_keys(configured) == (first,)


def test_a_former_secret_that_is_short_is_refused():
    with pytest.raises(SettingsWrong, match="FOLKMOOT_SECRET_KEY_FALLBACKS"):
        settings.read(secret_key=KEY, secret_key_fallbacks=f"{KEY},short")


def test_settings_that_are_wrong_are_all_named_by_their_variables():
    with pytest.raises(SettingsWrong) as wrong:
        settings.read(port=70_000, public_url="comments.example")
    assert "FOLKMOOT_PORT: " in str(wrong.value)
    assert "FOLKMOOT_PUBLIC_URL: " in str(wrong.value)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("https://comments.example/", "https://comments.example"),
        ("https://Comments.Example:443", "https://comments.example"),
        ("https://kommentare.straße.example", "https://kommentare.xn--strae-oqa.example"),
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000"),
    ],
)
def test_our_address_is_read_as_browsers_send_it(written, read):
    assert settings.read(public_url=written).base_url == read


@pytest.mark.parametrize("path", ["/comments", "/comments/", "/?a", "/#a"])
def test_an_address_below_a_path_is_refused_with_the_reason(path):
    with pytest.raises(SettingsWrong, match=r"FOLKMOOT_PUBLIC_URL: .*does not run below a path"):
        settings.read(public_url=f"https://news.example{path}")


def _default(name):
    return Settings.model_fields[name].default
