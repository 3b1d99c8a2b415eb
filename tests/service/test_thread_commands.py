"""`folkmoot thread move`: one article or a table of them, tried first, and again after a stop."""

import pytest
from click.testing import CliRunner

from service.cli import main
from service.domain.thread import Thread, thread_id
from service.store.comments import comments, intakes, threads
from service.store.upkeep import moves
from tests.conftest import SECRET
from tests.factories import NOON, a_comment, a_verdict, an_intake
from workers import maintenance

HOST = "https://news.example"


@pytest.fixture
def folkmoot(store_socket, redis, news, monkeypatch, tmp_path):
    """Run `folkmoot thread move` on the store of the test."""
    monkeypatch.chdir(tmp_path)
    settings = {"REDIS_URL": f"unix://{store_socket}", "SECRET_KEY": SECRET, "UNSAFE_STORE": "true"}
    for name, value in settings.items():
        monkeypatch.setenv(f"FOLKMOOT_{name}", value)
    return lambda *argv: CliRunner().invoke(main, ("thread", "move", "--site", "news", *argv))


@pytest.fixture
def write(record, news):
    def write(path, count=1):
        thread = Thread(id=thread_id(HOST + path), url=HOST + path)
        for _ in range(count):
            comment = a_comment(thread=thread.id)
            intakes.accept(record, an_intake(comment, thread=thread))
            comments.judge(record, comment, a_verdict(), now=NOON)
        return thread

    return write


def count(record, path):
    return threads.get(record, HOST + path).comments


def test_one_article_moves_and_may_be_moved_again(folkmoot, write, record):
    write("/old", 3)
    for said in ("moved 1 articles with 3 comments; 0 were", "moved 0 articles with 0 comments; 1"):
        done = folkmoot(f"{HOST}/old", f"{HOST}/new")
        assert (done.exit_code, said in done.output) == (0, True), done.output
    assert count(record, "/new") == 3


def test_a_dry_run_changes_nothing(folkmoot, write, record):
    write("/old", 2)
    done = folkmoot(f"{HOST}/old", f"{HOST}/new", "--dry-run")
    assert "would move 1 articles with 2 comments" in done.output
    assert (threads.get(record, f"{HOST}/new").comments, moves.unfinished(record)) == (0, [])


def test_a_table_moves_what_it_can_and_names_the_lines_that_are_wrong(
    folkmoot, write, record, tmp_path
):
    write("/a", 2)
    write("/b")
    table = tmp_path / "moved.csv"
    table.write_text(
        f"\ufeffold,new\n{HOST}/a,{HOST}/c\n\n{HOST}/b,https://evil.example/\n{HOST}/x\n"
        f'"{HOST}/b","{HOST}/d"\n{HOST}/b,{HOST}/e\nhttp://old.example/q,{HOST}/c\n'
    )
    done = folkmoot("--file", str(table))
    assert done.exit_code == 1
    assert "moved 3 articles with 3 comments; 0 were moved before, 3 cannot be moved" in done.output
    for line in ("line 4:", "line 5:", "line 7:"):
        assert line in done.output
    assert [count(record, path) for path in ("/a", "/b", "/c", "/d")] == [2, 1, 2, 1]


@pytest.mark.parametrize(
    "argv", [(), (f"{HOST}/old",), (f"{HOST}/old", f"{HOST}/new", "--file", "x.csv")]
)
def test_a_call_without_sense_is_refused(folkmoot, tmp_path, argv):
    (tmp_path / "x.csv").write_text("")
    assert folkmoot(*argv).exit_code == 2


def test_maintenance_finishes_what_was_cut_off(folkmoot, write, record, core, monkeypatch):
    monkeypatch.setattr(moves, "BATCH", 2)
    old = write("/old", 5)
    moves.begin(record, old, Thread(id=thread_id(f"{HOST}/new"), url=f"{HOST}/new"), now=NOON)
    next(moves.advance(record, old.id))
    maintenance.finish_moves(core)
    assert (count(record, "/old"), moves.unfinished(record)) == (5, [])
