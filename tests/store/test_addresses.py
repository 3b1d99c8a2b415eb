"""After an update, comments are found under the addresses that readers have."""

from service.domain.thread import Thread, thread_id
from service.store import keys as names
from service.store.comments import comments, intakes, threads
from service.store.server.migrations import migrate
from service.store.upkeep import addresses
from tests.factories import NOON, a_comment, a_verdict, an_intake


def test_threads_under_an_older_form_of_their_address_are_listed(record):
    site = "https://news.example"
    for path in ("/a", "/读书/", "/caf%c3%a9", "/s?q=a%20b", "/s?q=a+b", "/s?id=3", "/s?only=a+b"):
        thread = Thread(id=thread_id(site + path), url=site + path)
        intakes.accept(record, an_intake(a_comment(thread=thread.id), thread=thread))
    moved = {old.url: new.url for old, new in addresses.outdated(record)}
    assert moved == {
        f"{site}/读书/": f"{site}/%E8%AF%BB%E4%B9%A6/",
        f"{site}/caf%c3%a9": f"{site}/caf%C3%A9",
        f"{site}/s?q=a+b": f"{site}/s?q=a%20b",
    }
    assert all(new.id == thread_id(new.url) for _, new in addresses.outdated(record))


def test_an_update_takes_comments_along_to_the_address_that_readers_have(record):
    old, new = "https://news.example/caf%c3%a9", "https://news.example/caf%C3%A9"
    thread = Thread(id=thread_id(old), url=old)
    comment = a_comment(thread=thread.id)
    intakes.accept(record, an_intake(comment, thread=thread))
    comments.judge(record, comment, a_verdict(), now=NOON)
    record.redis.hset(names.SITES, record.keys.site, "{}")
    for _ in range(2):
        record.redis.set(names.SCHEMA, "4")
        assert [step.to for step in migrate(record.redis)] == [5]
        assert threads.get(record, new).comments == 1
        assert threads.get(record, old).id == thread_id(new)
        assert comments.get(record, comment.id).thread == thread_id(new)
