"""Each publisher is killed at each command: published comments can still be found."""

import multiprocessing
import signal
from itertools import count

import pytest

from service.domain.comment import Status
from service.store.comments import search
from service.store.upkeep import repair
from tests.chaos import invariants
from tests.chaos.publishers import PUBLISHERS, publish_and_die

MOST_COMMANDS = 14


@pytest.fixture(scope="module")
def processes():
    """Separate processes, forked from a server that has loaded their modules."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.chaos.publishers"])
    return context


@pytest.mark.parametrize("publisher", PUBLISHERS)
def test_what_is_published_can_be_found_whenever_its_publisher_dies(
    core, news, store_socket, processes, publisher
):
    for commands in count():
        assert commands < MOST_COMMANDS, "it never comes to an end"
        prepared = PUBLISHERS[publisher].prepare(core, commands)
        given = (str(store_socket), publisher, prepared, commands)
        process = processes.Process(target=publish_and_die, args=given)
        process.start()
        process.join()
        assert unfindable(core) == []
        PUBLISHERS[publisher].act(core, news, prepared)
        assert_done(core)
        if process.exitcode == 0:
            break
        assert process.exitcode == -signal.SIGKILL
    print(f"{publisher}: killed {commands} times")  # `pytest -rP` shows it
    assert commands, "it was killed at least once"


def unfindable(core):
    """Search every published comment by its own words."""
    record = core.at("news")
    published = [
        comment
        for comment in invariants.all_comments(core, "news").values()
        if comment.status is Status.APPROVED
    ]
    return [
        comment.id
        for comment in published
        if comment.id not in {hit.id for hit in search.find(record, comment.body, limit=9)[0]}
    ]


def assert_done(core):
    """Check that everything is published and can be found, and that the record is consistent."""
    stored = invariants.all_comments(core, "news").values()
    assert stored
    assert {comment.status for comment in stored} == {Status.APPROVED}
    assert unfindable(core) == []
    assert invariants.broken(core, "news") == []
    assert not repair.mend(core.at("news"), now=core.now())
