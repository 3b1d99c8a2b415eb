"""Commands work with and without a running `folkmoot run`, and report errors clearly."""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from benchmarks.serving import environment
from service.cli import COMMANDS, main


@pytest.fixture(scope="module")
def data():
    with tempfile.TemporaryDirectory(prefix="fm-") as folder:
        yield Path(folder) / "data"


@pytest.fixture
def folkmoot(data):
    return commands(data)


@pytest.fixture
def new_machine():
    with tempfile.TemporaryDirectory(prefix="fm-") as folder:
        yield commands(Path(folder) / "data")


def commands(data):
    """Run commands on a data folder."""

    def folkmoot(*argv, cwd=None, **env):
        return subprocess.run(
            [sys.executable, "-m", "service.cli", *argv],
            cwd=cwd,
            env=environment(data, **env),
            capture_output=True,
            text=True,
            timeout=60,
        )

    return folkmoot


def test_a_site_lives_without_a_server(folkmoot):
    added = folkmoot("site", "add", "news", "--origin", "https://News.example/x")
    assert added.returncode == 0, added.stderr
    assert '<script src="http://127.0.0.1:8000/embed.js" data-site="news" async>' in added.stdout
    assert folkmoot("site", "set", "news", "--mode", "pre").returncode == 0
    look = ("--language", "de", "--accent", "#A3231B")
    assert folkmoot("site", "set", "news", *look).returncode == 0
    [site] = json.loads(folkmoot("site", "list", "--json").stdout)
    assert site == {
        "name": "news",
        "origins": ["https://news.example"],
        "mode": "pre",
        "captcha": "image",
        "language": "de",
        "theme": "auto",
        "accent": "#a3231b",
    }
    assert folkmoot("site", "remove", "news", "--yes").returncode == 0
    assert json.loads(folkmoot("site", "list", "--json").stdout) == []


def test_commands_reach_the_store_of_a_running_installation(running):
    rows = json.loads(running.folkmoot("site", "list", "--json"))
    assert "demo" in [row["name"] for row in rows]
    link = running.folkmoot("moderator", "add", "bert", "--site", "demo").strip()
    assert link.startswith(f"{running.url}/review/welcome/") or "/review/welcome/" in link


@pytest.mark.parametrize(
    ("argv", "says"),
    [
        (["site", "add", "No Name", "--origin", "https://a.example"], "a name is"),
        (["site", "add", "news", "--origin", "a.example"], "is no origin"),
        (["site", "set", "news", "--accent", "red"], "is no colour"),
        (["site", "set", "news", "--language", "tlh"], "--language"),
        (["site", "add", "news"], "--origin"),
        (["site", "set", "nowhere"], "there is no site"),
        (["moderator", "add", "eve", "--site", "nowhere"], "there is no site"),
        (["moderator", "remove", "nobody"], "there is no moderator"),
        (["run", "--port", "99999"], "99999"),
        (["nonsense"], "No such command"),
    ],
)
def test_what_is_wrong_is_said_in_a_line(folkmoot, argv, says):
    done = folkmoot(*argv)
    assert done.returncode != 0
    assert says in done.stderr
    assert "Traceback" not in done.stderr


def test_all_wrong_settings_are_told_at_once(folkmoot):
    done = folkmoot("site", "list", FOLKMOOT_PORT="many", FOLKMOOT_REDIS_URL="http://x")
    assert done.returncode == 1
    assert "FOLKMOOT_PORT" in done.stderr
    assert "FOLKMOOT_REDIS_URL" in done.stderr


def test_check_tells_each_thing_and_no_secret(folkmoot):
    secret = "s" * 40
    done = folkmoot("check", "--json", FOLKMOOT_SECRET_KEY=secret)
    assert done.returncode == 0, done.stdout
    lines = {line["what"]: line for line in json.loads(done.stdout)}
    assert lines["store: append-only file"]["ok"]
    assert lines["FOLKMOOT_SECRET_KEY"]["found"] == "********** (environment)"
    assert secret not in done.stdout


def test_check_says_where_a_setting_comes_from(folkmoot, tmp_path):
    (tmp_path / "folkmoot.toml").write_text('port = 9001\nlog_level = "error"\n')
    given = {"FOLKMOOT_PORT": "9002", "FOLKMOOT_SECRET_KEY": "s" * 40}
    done = folkmoot("check", "--json", cwd=tmp_path, **given)
    lines = {line["what"]: line["found"] for line in json.loads(done.stdout)}
    assert lines["FOLKMOOT_PORT"] == "9002 (environment)"
    assert lines["FOLKMOOT_LOG_LEVEL"] == "error (file)"
    assert lines["FOLKMOOT_HOST"] == "127.0.0.1 (default)"


def test_a_command_says_that_it_makes_a_new_store(new_machine):
    assert "new data folder: /" in new_machine("site", "list").stderr
    assert new_machine("site", "list").stderr == ""


def test_check_finds_the_fault(folkmoot):
    done = folkmoot("check", FOLKMOOT_REDIS_URL="unix:///nonexistent", FOLKMOOT_SECRET_KEY="s" * 40)
    assert done.returncode == 1
    assert "FAULT store" in done.stdout


def test_a_store_that_forgets_is_refused(folkmoot, waiting):
    from service.store.server import embedded

    with tempfile.TemporaryDirectory(prefix="fm-") as folder:
        socket = Path(folder) / "s"
        command = embedded.command(embedded.find_binary(), Path(folder), socket)
        command[command.index("--appendonly") + 1] = "no"
        server = subprocess.Popen(command)
        try:
            embedded.wait_until_up(socket, server)
            url = {"FOLKMOOT_REDIS_URL": f"unix://{socket}", "FOLKMOOT_SECRET_KEY": "s" * 40}
            refused = folkmoot("worker", "--burst", **url)
            assert refused.returncode == 1
            assert "set appendonly yes" in refused.stderr
            assert folkmoot("worker", "--burst", FOLKMOOT_UNSAFE_STORE="1", **url).returncode == 0
        finally:
            server.terminate()
            server.wait()


@pytest.mark.parametrize("command", list(COMMANDS))
def test_every_command_explains_itself_with_an_example(command):
    done = CliRunner().invoke(main, [command, "--help"])
    assert done.exit_code == 0, done.output
    assert "Example" in done.output or "Commands" in done.output


def test_help_is_there_without_a_store(folkmoot):
    done = folkmoot("--help")
    assert done.returncode == 0, done.stderr
    assert set(COMMANDS) <= set(done.stdout.split())


def test_a_backup_goes_to_a_new_machine(running, program, waiting, new_machine, tmp_path):
    sent = program.submit("This one is worth a backup, bridge and all.")
    waiting("the verdict", lambda: program.status(sent) == "approved")
    file = tmp_path / "backup.jsonl"
    assert "wrote" in running.folkmoot("backup", str(file))

    damaged = tmp_path / "damaged.jsonl"
    damaged.write_text(file.read_text().replace("worth", "w0rth"))
    refused = new_machine("restore", str(damaged))
    assert refused.returncode == 1
    assert "checksum does not fit" in refused.stderr

    assert new_machine("restore", str(file)).returncode == 0
    again = new_machine("restore", str(file))
    assert (again.returncode, "not empty" in again.stderr) == (1, True)
    before = running.folkmoot("export", "--site", "demo")
    assert new_machine("export", "--site", "demo").stdout == before
    assert sent.json["id"] in before


def test_an_export_is_taken_in_elsewhere(running, folkmoot, tmp_path):
    file = tmp_path / "demo.jsonl"
    file.write_text(running.folkmoot("export", "--site", "demo") + "rubbish\n")
    origin = running.demo_url.rsplit("/demo/", 1)[0]
    assert folkmoot("site", "add", "copy", "--origin", origin).returncode == 0
    looked = folkmoot("import", "jsonl", str(file), "--site", "copy", "--dry-run")
    assert "would add" in looked.stdout
    done = folkmoot("import", "jsonl", str(file), "--site", "copy")
    numbers = json.loads(done.stdout.splitlines()[-1])
    assert (done.returncode, numbers["skipped"], numbers["there"]) == (1, 1, 0)
    assert numbers["read"] == numbers["added"] + 1
    again = folkmoot("import", "jsonl", str(file), "--site", "copy", "--allow-skipped")
    assert again.returncode == 0
    assert json.loads(again.stdout.splitlines()[-1])["there"] == numbers["added"]
    assert f"{file}:" in done.stderr
    assert "Expecting value" in done.stderr


def test_a_relative_data_folder_is_no_other(tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "service.cli", "site", "list"],
        env=environment(Path("data")),
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "data" / "store").is_dir()


def test_a_record_that_is_up_to_date_is_not_migrated(folkmoot):
    assert "has this version's schema" in folkmoot("migrate").stdout


def test_a_policy_is_changed_line_by_line(folkmoot, tmp_path):
    assert folkmoot("site", "add", "ruled", "--origin", "https://ruled.example").returncode == 0

    def change(text):
        file = tmp_path / "policy.json"
        file.write_text(text)
        return folkmoot("site", "policy", "ruled", "--set", str(file))

    changed = change('{"max_links": 1, "thresholds": {"SPAM": {"hold": 0.3}}}')
    assert changed.returncode == 0, changed.stderr
    shown = json.loads(folkmoot("site", "policy", "ruled").stdout)
    assert (shown["max_links"], shown["thresholds"]["SPAM"]["hold"]) == (1, 0.3)
    assert shown["thresholds"]["TOXICITY"]["hold"] == 0.6
    for wrong, says in (
        ("{", "not JSON"),
        ("[]", "no JSON object"),
        ('{"max_link": 1}', "max_link"),
        ('{"max_links": "many", "nudge": "often"}', "max_links|nudge"),
        (
            '{"blocked_words": ["/(/"], "appeal_days": -1, "reserved_names": ["  "]}',
            "/(/|appeal_days|reserved_names",
        ),
    ):
        refused = change(wrong)
        assert refused.returncode == 1
        assert [part for part in says.split("|") if part not in refused.stderr] == []
        assert "Traceback" not in refused.stderr
    assert json.loads(folkmoot("site", "policy", "ruled").stdout) == shown
