"""What cannot be stored is told so: votes and reports while the store takes no writes."""

from dataclasses import replace

import pytest

from service.app import create_app
from service.store.people import votes
from tests.conftest import wait_for
from tests.factories import ARTICLE

API = "/api/v1/sites/news"
OURS = {"Origin": "http://localhost"}


@pytest.fixture
def full(redis):
    redis.config_set("maxmemory", "1")
    yield
    redis.config_set("maxmemory", "0")


@pytest.fixture
def read_only(redis):
    redis.replicaof("127.0.0.1", "1")
    yield
    redis.replicaof("NO", "ONE")


@pytest.fixture
def without_replicas(redis):
    redis.config_set("min-replicas-to-write", "1")
    yield
    redis.config_set("min-replicas-to-write", "0")


@pytest.fixture
def failing_to_save(redis, store_socket):
    """A disk on which no snapshot can be written: its place is taken by a folder."""
    place = store_socket.parent / redis.config_get("dbfilename")["dbfilename"]
    place.unlink(missing_ok=True)
    place.mkdir()
    redis.config_set("save", "3600 1000000")
    redis.bgsave()
    wait_for(
        "the failed snapshot", lambda: redis.info("persistence")["rdb_last_bgsave_status"] == "err"
    )
    yield
    redis.config_set("save", "")
    place.rmdir()
    redis.bgsave()
    wait_for("a snapshot", lambda: redis.info("persistence")["rdb_last_bgsave_status"] == "ok")


STATES = ["full", "read_only", "without_replicas", "failing_to_save"]


@pytest.fixture(params=STATES)
def unwritable(request, publish):
    """A published comment, and a store that takes no writes any more."""
    comment = publish()
    request.getfixturevalue(request.param)
    return comment.id


@pytest.mark.parametrize(
    ("path", "sent"),
    [
        ("/comments/{}/vote", {"direction": "up"}),
        (f"/vote?thread={ARTICLE}", {"direction": "down"}),
        ("/comments/{}/flag", {"reason": "spam"}),
    ],
    ids=["a vote", "a vote on the article", "a report"],
)
def test_programs_are_told_that_nothing_was_stored(client, record, reader, unwritable, path, sent):
    answer = client.put(f"{API}{path.format(unwritable)}", json=sent, headers=reader)
    assert (answer.status_code, answer.json["type"]) == (503, "/problems/store-away")
    assert int(answer.headers["Retry-After"]) > 0
    assert votes.of_voter(record, [unwritable], "anybody") == {}
    assert client.get(f"{API}/comments/{unwritable}").json["up"] == 0


def test_a_new_reader_is_told_too(client, unwritable):
    answer = client.post(f"{API}/readers")
    assert (answer.status_code, answer.json["type"]) == (503, "/problems/store-away")


def test_without_javascript_a_vote_is_not_said_to_be_counted(client, unwritable):
    form = {"thread": ARTICLE, "comment": unwritable, "direction": "up"}
    answer = client.post("/frame/news/votes", data=form, headers=OURS)
    assert answer.status_code == 503
    assert "Your vote could not be stored." in answer.text
    page = client.get(f"/frame/news?thread={ARTICLE}")
    assert page.status_code == 200, "it can still be read"
    assert 'aria-pressed="true"' not in page.text


def test_without_javascript_a_report_is_kept_to_send_again(client, unwritable):
    form = {"thread": ARTICLE, "reason": "spam", "note": "Nothing but advertising."}
    answer = client.post(f"/frame/news/comments/{unwritable}/flag", data=form, headers=OURS)
    assert answer.status_code == 503
    assert "Nothing but advertising." in answer.text


def test_a_store_that_is_away_is_told_in_the_same_way(core, away, publish):
    comment = publish().id
    client = create_app(replace(core, redis=away)).test_client()
    token = {"Folkmoot-Reader": core.signer.reader_token("news", core.random(12))}
    for path, sent in (("vote", {"direction": "up"}), ("flag", {"reason": "spam"})):
        answer = client.put(f"{API}/comments/{comment}/{path}", json=sent, headers=token)
        assert (answer.status_code, answer.json["type"]) == (503, "/problems/store-away")
    form = {"thread": ARTICLE, "comment": comment, "direction": "up"}
    assert client.post("/frame/news/votes", data=form, headers=OURS).status_code == 503
