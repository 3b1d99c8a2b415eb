"""An export can be imported, and a second export is the same, byte for byte."""

import io
import json

import pytest
from click.testing import CliRunner

from service.cli.transfer import import_
from service.domain import moments
from service.domain.comment import Badge, Status
from service.domain.thread import Thread, thread_id
from service.domain.thread_state import ThreadState
from service.domain.verdict import Outcome
from service.domain.vote import Direction
from service.store.comments import comments, intakes, threads
from service.store.people import votes
from service.store.site import sites
from service.store.upkeep import moves, repair
from service.transfer import formats
from service.transfer.export import export_site
from service.transfer.formats import jsonl
from service.transfer.load import import_site
from tests.factories import ARTICLE, NOON, a_ballot, a_comment, a_verdict, an_intake


@pytest.fixture
def town(record, news):
    made = []
    for number, outcome in enumerate((*Outcome, None)):
        answered = made[0].id if made else None
        comment = a_comment(
            body=f"Number {number}\n\n> über <b>",
            email="ann@example.org",
            badge=Badge.STAFF,
            parent=answered,
            root=answered,
        )
        intakes.accept(record, an_intake(comment))
        if outcome:
            comments.judge(record, comment, a_verdict(outcome, "a/b", SPAM=0.25), now=NOON)
        made.append(comment)
    votes.cast_vote(record, made[0].thread, made[0].id, "bob", Direction.UP, a_ballot())
    votes.cast_article_vote(record, made[0].thread, "bob", Direction.DOWN, a_ballot())
    return made


def export(core, news, **more):
    return "".join(export_site(core, news, **more))


def take_in(core, news, text, keep=True):
    content = text if isinstance(text, bytes) else text.encode()
    rows = formats.find("jsonl").read(io.BytesIO(content))
    *_, report = import_site(core, news, rows, keep=keep)
    return report


def test_a_site_goes_out_and_comes_in_the_same(core, record, news, town):
    before = export(core, news)
    record.redis.flushdb()
    sites.put(record.redis, news)
    report = take_in(core, news, before)
    assert (report.added, report.threads, report.skipped) == (4, 1, [])
    assert export(core, news) == before
    assert set(repair.mend(record, now=NOON)) <= {"search"}
    assert record.redis.zcard(record.keys.thread_new(town[0].thread)) == 1


def test_taking_in_twice_changes_nothing(core, record, news, town):
    before = export(core, news)
    report = take_in(core, news, before)
    assert (report.added, report.known) == (0, 4)
    assert export(core, news) == before


def test_a_dry_run_keeps_nothing(core, record, news, town):
    text = export(core, news)
    record.redis.flushdb()
    assert take_in(core, news, text, keep=False).added == 4
    assert record.redis.keys("*") == []


def test_people_s_decisions_are_labels(core, record, news, town):
    held = comments.get(record, town[1].id)
    comments.change_status(record, held, Status.REJECTED, by="eve", why="rude", now=NOON)
    rows = [json.loads(line) for line in export(core, news, labels=True).splitlines()]
    assert [row["label"] for row in rows if "label" in row] == [
        {"status": "rejected", "reason": "rude"}
    ]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("{", "Expecting"),
        ("[]", "not a JSON object"),
        ("{}", "id: Field required"),
        ({"id": "x"}, "no comment id"),
        ({"body": " "}, "nothing of it can be seen"),
        ({"thread": "https://elsewhere.example/"}, "does not belong to the site"),
        ({"thread": "x"}, "not an absolute"),
        ({"created": 1}, "not the moment"),
        ({"status": "lovely"}, "status: "),
        ({"votes": {"bob": "7"}}, "votes.bob: "),
        ({"colour": "red"}, "colour: Extra"),
        ({"parent": "not-an-id"}, "parent: 'not-an-id'"),
        ({"parent": "itself"}, "answer itself"),
        ({"parent": "7" + "z" * 25}, "parent"),
        ({"author": "{x}:y"}, "author: "),
        ({"author": ""}, "author: "),
        ({"author": "a\u0000"}, "author: "),
        ({"name": " "}, "name: nothing"),
        ({"name": "n" * 201}, "name: "),
        ({"name": "\ud800"}, "surrogate"),
        ({"email": "no address"}, "email: "),
        ({"created": 10**18}, "created: "),
        ({"created": -1}, "created: "),
        ({"created": 10**30}, "created: "),
        ({"edited": 10**18}, "edited: "),
        ({"edited": moments.to_ms(NOON) * 2}, "edited: this is in the future"),
        ({"revision": 10**18}, "revision: "),
        ({"revision": -1}, "revision: "),
        ({"scores": {"SPAM": 7}}, "scores.SPAM: "),
        ({"scores": {"SPAM": float("inf")}}, "Infinity is not JSON"),
        ({"scores": {"SPAM": float("nan")}}, "NaN is not JSON"),
        ({"reasons": ["a,b"]}, "reasons.0: "),
        ({"reasons": ["{x}:y/z"]}, "reasons.0: "),
        ({"votes": {"{x}:y": "1"}}, "votes.{x}:y"),
        ({"votes": {"bob": 10**18}}, "votes.bob: "),
        ({"flags": {"bob": "often"}}, "flags.bob: not"),
        ({"flags": {"bob": "-1 spam x"}}, "flags.bob: not"),
        ({"flags": {"bob": "1 lovely x"}}, "flags.bob: "),
        ({"flags": {"bob": "٤ spam x"}}, "flags.bob: not"),
        ({"flags": {"bob": "999999999999999 spam x"}}, "flags.bob: "),
        ({"flags": {"bob": "4000000000000 spam x"}}, "flags.bob: this is in the future"),
        ({"flags": {"bob": '1 illegal x\x1e{"colour": 1}'}}, "flags.bob: "),
        ({"flags": {"bob": '1 illegal x\x1e{"place": 1}'}}, "flags.bob: "),
        ({"flags": {"bob": "1 illegal x\x1e" + "[" * 90_000}}, "flags.bob: "),
        ('{"id": "a", "id": "b"}', "a name twice"),
        ("[" * 200_000, "nested too deeply"),
        ('{"body": ' + '{"a":' * 100_000, "nested too deeply"),
        ('{"created": ' + "9" * 10_000 + "}", "integer string"),
        ('{"created": NaN}', "NaN is not JSON"),
        ('{"kind": "thread", "url": "https://news.example/a", "opened": 4000000000000}', "future"),
        ('{"kind": "thread", "url": "https://[::/a"}', ""),
        ('{"kind": "thread", "url": "https://news.example:99999/a"}', ""),
        ("\x00", "Expecting"),
    ],
)
def test_a_line_that_is_wrong_is_named_and_the_rest_goes_on(core, record, news, line, why):
    comment = a_comment()
    good = {
        "id": comment.id,
        "thread": ARTICLE,
        "author": "ann",
        "name": "Ann",
        "body": "Fine.",
        "created": moments.to_ms(comment.created_at),
    }
    if isinstance(line, dict) and line.get("parent") == "itself":
        line = {"parent": comment.id}
    bad = line if isinstance(line, str) else json.dumps(good | line)
    report = take_in(core, news, f"{bad}\n{json.dumps(good)}\n")
    assert report.added == 1
    [skipped] = report.skipped
    assert skipped.line == 1
    assert why in skipped.why


def test_a_line_that_is_not_utf_8_is_skipped_alone(core, record, news, town):
    lines = export(core, news).encode()
    record.redis.flushdb()
    sites.put(record.redis, news)
    report = take_in(core, news, b'{"body": "\xff"}\n' + lines)
    assert (report.added, report.threads) == (4, 1)
    assert [(skipped.line, skipped.why) for skipped in report.skipped] == [(1, "not UTF-8")]


def a_row(**changes):
    comment = a_comment()
    row = {"id": comment.id, "thread": ARTICLE, "author": "ann", "name": "Ann", "body": "Fine."}
    return row | {"created": moments.to_ms(comment.created_at)} | changes


def lines(*rows):
    return "\n".join(json.dumps(row) for row in rows).encode()


def test_how_a_file_begins_and_ends_does_not_matter(core, record, news):
    content = b"\xef\xbb\xbf" + lines(a_row()) + b"\r\n\n  \n" + lines(a_row())
    report = take_in(core, news, content)
    assert (report.read, report.added, report.skipped) == (2, 2, [])
    empty = take_in(core, news, b"")
    assert (empty.read, empty.skipped) == (0, [])


@pytest.mark.parametrize("coding", ["utf-16", "utf-16-be", "utf-16-le", "utf-32"])
def test_a_file_in_another_coding_is_refused_by_its_lines(core, record, news, coding):
    report = take_in(core, news, (lines(a_row()) + b"\n").decode().encode(coding))
    assert report.added == 0
    assert report.skipped[0].line == 1


def test_a_line_too_long_for_memory_is_skipped_alone(core, record, news, monkeypatch):
    monkeypatch.setattr(jsonl, "LONGEST_LINE", 1000)
    content = b"\n".join([lines(a_row(body="x" * 5000)), lines(a_row()), b"y" * 2000])
    report = take_in(core, news, content)
    assert report.added == 1
    assert [(one.line, one.why) for one in report.skipped] == [
        (1, "longer than 1000 bytes"),
        (3, "longer than 1000 bytes"),
    ]


def test_an_answer_under_another_article_is_skipped(core, record, news):
    root = a_row()
    stray = a_row(parent=root["id"], thread="https://news.example/elsewhere")
    for content in (lines(root, stray), lines(stray)):
        report = take_in(core, news, content)
        assert [one.why for one in report.skipped] == [
            "parent: it is a comment under another article"
        ]


def test_the_article_of_a_comment_is_known_without_a_row_of_its_own(core, record, news):
    take_in(core, news, lines(a_row()))
    before = export(core, news)
    assert json.loads(before.splitlines()[0])["url"] == ARTICLE
    record.redis.flushdb()
    sites.put(record.redis, news)
    assert take_in(core, news, before).skipped == []
    assert export(core, news) == before


NAMES = '''
"""One article a line: nothing but its address."""
from service.transfer.rows import Format, Placed, ThreadRow


def read(file):
    for number, line in enumerate(file, 1):
        yield Placed(number, ThreadRow(url=line.decode().strip()))


FORMAT = Format(name="addresses", description="Take addresses in.", example="a.txt", read=read)
'''


def test_a_module_in_the_folder_is_a_format(core, record, news, monkeypatch, tmp_path):
    (tmp_path / "addresses.py").write_text(NAMES)
    monkeypatch.setattr(formats, "__path__", [*formats.__path__, str(tmp_path)])
    assert {"addresses", "jsonl"} <= set(formats.names())
    file = io.BytesIO(f"{ARTICLE}\nhttps://elsewhere.example/\n".encode())
    *_, report = import_site(core, news, formats.find("addresses").read(file), keep=True)
    assert (report.threads, [skipped.line for skipped in report.skipped]) == (1, [2])
    listed = CliRunner().invoke(import_, ["--help"]).output
    assert "addresses  Take addresses in." in listed
    assert "jsonl      Take in what `folkmoot export` wrote" in listed


@pytest.mark.parametrize("name", formats.names())
def test_a_format_is_called_like_its_module(name):
    assert formats.find(name).name == name


def test_closed_articles_and_moves_go_out_and_come_in(core, record, news, town):
    closed = Thread(id=thread_id(ARTICLE), url=ARTICLE)
    old = Thread(id=thread_id("http://old.example/x"), url="http://old.example/x")
    threads.settle(record, closed, title="The tram", state=ThreadState.CLOSED, now=core.now())
    moves.begin(record, old, closed, now=core.now())
    list(moves.advance(record, old.id))
    before = export(core, news)
    record.redis.flushdb()
    sites.put(record.redis, news)
    report = take_in(core, news, before)
    assert report.skipped == []
    assert export(core, news) == before
    assert threads.get(record, old.url).url == ARTICLE
    assert threads.states(record, [old.id]) == {old.id: ThreadState.CLOSED}
