"""Any password of the store works, and no piece of it is ever shown."""

import os
import subprocess
import sys
from urllib.parse import quote

import pytest
from redis import Redis

from service import settings
from service.settings import SettingsWrong
from service.store.server import address, connection
from service.store.server.outages import plainly
from tests.topologies.servers import Server

HARD = "p@ss:w/ör%d?#"
PASSWORDS = [HARD, "a%zz", "100%", "a b+c&d=e", "пароль", "[::1]:6379/0", "@", ":", "x@y@z", "#?/"]


@pytest.mark.parametrize("password", PASSWORDS)
@pytest.mark.parametrize("user", ["", "olga"])
@pytest.mark.parametrize("is_raw", [True, False], ids=["as it is", "percent-encoded"])
@pytest.mark.parametrize(
    "shape",
    [
        "redis://{}@store:6380/2",
        "redis://{}@store",
        "rediss://{}@[::1]:6380/2?ssl_cert_reqs=none",
        "unix://{}@/run/store.sock?db=1",
        "redis+sentinel://{}@a:1,b:2/main/3",
        "redis+cluster://{}@a,b:7000",
    ],
)
def test_a_password_is_read_as_it_is_or_percent_encoded(shape, password, user, is_raw):
    shown = password if is_raw else quote(password, safe="")
    place = address.read(shape.format(f"{user}:{shown}"))
    assert (place.username or "", place.password) == (user, password)
    assert len(password) < 4 or password not in repr(place)
    if place.topology is address.Topology.SERVER:
        with Redis.from_url(place.url) as client:
            arguments = client.connection_pool.connection_kwargs
        assert (arguments.get("username") or "", arguments["password"]) == (user, password)
        assert arguments.get("host", "store") in ("store", "::1")


WRONG = [
    "redis://:secret-piece",
    "redis://olga-piece:secret-piece",
    "redis://:secret-piece@",
    "redis://:secret-piece@host:secret-piece",
    "redis://:secret-piece@host:99999",
    "redis://:secret-piece@host/secret-piece",
    "redis://:secret-piece@ho st",
    "redis://:secret-piece@a,b",
    "redis://:a%41secret-piece%@host",
    "redis://:%ffsecret-piece@host",
    "redis://host:6379/0?password=secret-piece",
    "redis://host:6379/0?username=olga-piece&password=secret@piece",
    "redis:/:secret-piece@host",
    "rediss+secret-piece://host",
    "http://olga-piece:secret-piece@host",
    "redis+sentinel://:secret-piece@a",
    "redis+sentinel://:secret-piece@a:secret-piece/main",
    "redis+cluster://:secret-piece@a/1",
    "redis+cluster://:secret-piece@a:many",
    "unix://:secret-piece@run/store.sock",
]


@pytest.mark.parametrize("url", WRONG)
@pytest.mark.parametrize("name", ["redis_url", "queue_url"])
def test_a_wrong_address_is_refused_in_one_line_without_a_piece_of_it(url, name):
    with pytest.raises(SettingsWrong) as refused:
        settings.read(**{name: url})
    said = str(refused.value)
    assert "piece" not in said
    assert "\n" not in said
    assert refused.value.__cause__ is None
    assert said.startswith(f"FOLKMOOT_{name.upper()}: ")


@pytest.mark.parametrize(
    "url",
    [
        "smtp://olga:se/cret-piece@mail",
        "smtp://olga:12#cret-piece@mail",
        "smtps://olga:se?cret-piece@mail",
        "smtp://olga:cret-piece@mail:many",
        "smtp://:secret-piece",
    ],
)
def test_a_wrong_address_of_the_mail_server_neither(url):
    with pytest.raises(SettingsWrong) as refused:
        settings.read(smtp_url=url)
    assert "piece" not in str(refused.value)


def test_settings_do_not_show_it():
    wishes = settings.read(
        redis_url=f"redis://olga:{HARD}@host",
        queue_url=f"redis://:{HARD}@host",
        secret_key="s" * 40,
    )
    assert "ss:w" not in repr(wishes)
    assert "olga" not in repr(wishes)


def test_what_a_server_says_about_its_user_is_said_without_the_name():
    error = Exception("User olga-piece has no permissions to run the 'get' command")
    assert plainly(error) == "User *** has no permissions to run the 'get' command"


@pytest.fixture(scope="module")
def locked(tmp_path_factory):
    """A server whose password is hard to write."""
    server = Server(tmp_path_factory.mktemp("locked")).start()
    server.client.acl_setuser(
        "olga", enabled=True, passwords=[f"+{HARD}"], categories=["+@all"], keys=["*"], reset=True
    )
    server.client.config_set("requirepass", HARD)
    yield server
    server.stop()


@pytest.mark.parametrize("user", ["", "olga"])
@pytest.mark.parametrize("written", [HARD, quote(HARD, safe="")])
def test_a_server_is_reached_with_it(locked, user, written):
    url = f"redis://{user}:{written}@127.0.0.1:{locked.port}/0"
    with connection.open_record(url) as record:
        assert record.ping()
    with connection.open_queue(url) as queue:
        assert queue.ping()


@pytest.mark.parametrize(
    ("arguments", "credentials"),
    [
        (["check"], f"olga:{HARD}"),
        (["check", "--json"], f":{HARD}"),
        (["check"], f"olga-piece:{HARD}-piece"),
        (["web"], f":{quote(HARD, safe='')}-piece"),
    ],
)
def test_no_command_shows_a_piece_of_it(locked, arguments, credentials, tmp_path):
    shown = _run(arguments, f"redis://{credentials}@127.0.0.1:{locked.port}/0", tmp_path)
    for piece in ("ss:w", "ör%d", "p%40ss", "w%2F", "olga", "-piece"):
        assert piece not in shown
    assert "Traceback" not in shown


@pytest.mark.parametrize(
    ("arguments", "url"),
    [(["check", "--json"], WRONG[1]), (["worker"], WRONG[3]), (["run"], WRONG[8])],
)
def test_no_command_shows_a_piece_of_a_wrong_address(arguments, url, tmp_path):
    shown = _run(arguments, url, tmp_path)
    assert "piece" not in shown
    assert "FOLKMOOT_REDIS_URL" in shown
    assert "Traceback" not in shown


def _run(arguments, url, folder):
    done = subprocess.run(
        [sys.executable, "-m", "service.cli", *arguments],
        capture_output=True,
        text=True,
        timeout=60,
        cwd=folder,
        env=_environment(url),
    )
    return done.stdout + done.stderr


def _environment(url):
    kept = {name: value for name, value in os.environ.items() if not name.startswith("FOLKMOOT_")}
    return kept | {
        "FOLKMOOT_REDIS_URL": url,
        "FOLKMOOT_SECRET_KEY": "0" * 64,
        "PYTHONPATH": os.getcwd(),
        "FOLKMOOT_PORT": "0",
    }
