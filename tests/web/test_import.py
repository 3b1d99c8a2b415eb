"""After strange rows were imported, every page, feed, search and maintenance job still runs."""

import io
import json
from urllib.parse import quote

import pytest

from service.domain import moments
from service.domain.comment import Status
from service.store.comments import comments
from service.store.site import sites
from service.transfer import formats
from service.transfer.export import export_site
from service.transfer.load import import_site
from tests.factories import ARTICLE, a_comment
from tests.honest import SENTENCES
from workers import maintenance

FLAG = "1767355200000 illegal/net-1 why\x1e"
NOTICE = json.dumps({"place": ARTICLE, "name": "Bob", "email": "", "good_faith": True})
MOVED = "https://news.example/%F0%9F%9A%8B?" + "x" * 1900


def a_row(**changes):
    comment = a_comment()
    row = {"id": comment.id, "thread": ARTICLE, "author": "ann", "name": "Ann", "body": "A tram."}
    return row | {"created": moments.to_ms(comment.created_at)} | changes


def strange_rows():
    """Yield rows that are taken though they are strange, and rows that are not."""
    for status in Status:
        many = {f"voter-{number}": "-1" for number in range(300)}
        yield a_row(status=status, reasons=["made_up/reason"] * 9, scores={"SPAM": 1, "X": 0.5})
        yield a_row(status=status, votes=many, flags={"bob": FLAG + NOTICE, "eve": FLAG[:-1]})
        yield a_row(status=status, parent=a_comment().id)
        yield a_row(status=status, author=".", email="a@b.example", thread=MOVED, edited=0)
        yield a_row(status=status, created=0, id="0" * 26, revision=100_000)
        yield a_row(status=status, body="x" * 100_000, name="n" * 200, badge="staff")
    for language, sentence in SENTENCES.items():
        yield a_row(name=language, body=f"{sentence} {{{{ 7 * 7 }}}} <b> tram", status="approved")
    yield {"kind": "thread", "url": MOVED, "title": "<script>" * 100, "votes": {"bob": "1"}}
    yield a_row(parent="not-an-id")
    yield a_row(author="{x}:y")
    yield a_row(flags={"bob": "yesterday spam x"})
    yield a_row(created=10**18)


@pytest.fixture
def imported(core, record, news):
    """The ids of what was imported."""
    content = b"\n".join(json.dumps(row).encode() for row in strange_rows())
    rows = formats.find("jsonl").read(io.BytesIO(content + b'\n{"body": "\xff"}\n[[[['))
    *_, report = import_site(core, news, rows, keep=True)
    assert len(report.skipped) == 6
    assert report.known == len(Status) - 1
    return [json.loads(line)["id"] for line in export_site(core, news) if '"comment"' in line[:20]]


def addresses(app, ids):
    """Yield every address that can be read, with the imported comments in it."""
    for rule in app.url_map.iter_rules():
        names = rule.arguments - {"site"}
        if "GET" not in rule.methods or names - {"comment", "author"}:
            continue
        for id_ in ids[::9] if "comment" in names else ids[:1]:
            path = rule.rule.replace("<site>", "news").replace("<comment>", id_)
            path = path.replace("<author>", "ann")
            for thread in (ARTICLE, MOVED):
                yield f"{path}?thread={quote(thread, safe='')}&q=tram&limit=100&sort=best"


def test_nothing_that_was_imported_breaks_a_page(core, app, ines, imported):
    answers = {path: ines.client.get(path).status_code for path in addresses(app, imported)}
    assert len(answers) > 100
    assert {
        path: code for path, code in answers.items() if code >= 500 and "readyz" not in path
    } == {}
    for state in ("held", "flagged", "pending", "rejected", "approved", "removed"):
        for order in ("", "oldest", "newest", "score", "margin", "flags"):
            assert ines.get(f"news?state={state}&order={order}").status_code < 500


def test_nothing_that_was_imported_breaks_maintenance(core, record, news, imported):
    for job in (maintenance.sweep, maintenance.roll_up, maintenance.mend, maintenance.purge):
        job(core)
    before = "".join(export_site(core, news))
    record.redis.flushdb()
    sites.put(record.redis, news)
    rows = formats.find("jsonl").read(io.BytesIO(before.encode()))
    *_, report = import_site(core, news, rows, keep=True)
    assert report.skipped == []
    assert "".join(export_site(core, news)) == before
    assert all(one.body for one in comments.get_many(record, imported))
