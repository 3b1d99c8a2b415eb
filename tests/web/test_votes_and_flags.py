"""Votes and flags over HTTP: one vote and one flag per reader."""

from dataclasses import replace

import pytest

from service.app import create_app
from service.domain.comment import Status
from service.store.comments import comments
from service.store.people import flags
from tests.factories import ARTICLE

VOTE = "/api/v1/sites/news/comments/{}/vote"
FLAG = "/api/v1/sites/news/comments/{}/flag"


def test_a_vote_is_set_changed_and_withdrawn(client, publish, reader):
    url = VOTE.format(publish().id)
    tallies = [
        client.put(url, json={"direction": way}, headers=reader).json
        for way in ("up", "up", "down", "none")
    ]
    assert tallies == [
        {"up": 1, "down": 0, "yours": "up"},
        {"up": 1, "down": 0, "yours": "up"},
        {"up": 0, "down": 1, "yours": "down"},
        {"up": 0, "down": 0, "yours": "none"},
    ]


def test_two_readers_in_one_household_are_two_voters(client, publish, reader):
    url = VOTE.format(publish().id)
    other = {"Folkmoot-Reader": client.post("/api/v1/sites/news/readers").json["token"]}
    client.put(url, json={"direction": "up"}, headers=reader)
    assert client.put(url, json={"direction": "up"}, headers=other).json["up"] == 2


def test_the_article_itself_takes_votes(client, reader):
    url = f"/api/v1/sites/news/vote?thread={ARTICLE}%23comments"
    assert client.put(url, json={"direction": "down"}, headers=reader).json["down"] == 1
    counts = client.get(f"/api/v1/sites/news/counts?thread={ARTICLE}").json
    assert counts["threads"] == [{"thread": ARTICLE, "comments": 0, "up": 0, "down": 1}]


@pytest.mark.parametrize("headers", [{}, {"Folkmoot-Reader": "forged"}, {"Folkmoot-Reader": "a.b"}])
def test_without_a_token_of_ours_nobody_votes(client, publish, headers):
    answer = client.put(VOTE.format(publish().id), json={"direction": "up"}, headers=headers)
    assert answer.status_code == 401


@pytest.mark.parametrize("body", [{}, {"direction": "sideways"}, {"direction": 1}, {"up": True}])
def test_a_vote_goes_up_down_or_none(client, publish, reader, body, faults):
    answer = client.put(VOTE.format(publish().id), json=body, headers=reader)
    assert answer.status_code == 422
    assert "direction" in faults(answer)


def test_a_vote_on_what_is_not_there_is_not_found(client, reader):
    for comment in ("0" * 26, "x", "..%2f..%2fthread"):
        answer = client.put(VOTE.format(comment), json={"direction": "up"}, headers=reader)
        assert answer.status_code == 404


def test_flags_of_enough_networks_send_a_comment_back(client, record, publish, news):
    comment, references = publish(), set()
    for count in range(1, news.policy.flags_to_hold + 1):
        assert comments.get(record, comment.id).status is Status.APPROVED, count
        who = {"Folkmoot-Reader": client.post("/api/v1/sites/news/readers").json["token"]}
        for _ in range(2):
            flag = {"reason": "abuse", "note": "Not nice."}
            environ = {"REMOTE_ADDR": f"192.0.2.{count}"}
            answer = client.put(
                FLAG.format(comment.id), json=flag, headers=who, environ_base=environ
            )
            # The flag that hides the comment may be repeated: its answer may be lost.
            assert answer.status_code == 200
            references.add(answer.json["reference"])
    assert len(references) == news.policy.flags_to_hold
    held = comments.get(record, comment.id)
    assert held.status is Status.HELD
    assert client.get(f"/api/v1/sites/news/comments/{comment.id}").status_code == 404


def test_one_network_alone_takes_no_comment_off_the_page(client, record, publish, news):
    comment = publish()
    for _ in range(news.policy.flags_to_hold + 2):
        who = {"Folkmoot-Reader": client.post("/api/v1/sites/news/readers").json["token"]}
        url = FLAG.format(comment.id)
        assert client.put(url, json={"reason": "spam"}, headers=who).status_code == 200
    assert comments.get(record, comment.id).status is Status.APPROVED
    stored_flags = flags.of_comment(record, comment.id)
    assert len(stored_flags) == news.policy.flags_to_hold + 2
    assert len({flag.network for flag in stored_flags}) == 1
    assert record.redis.zscore(record.keys.flagged(), comment.id) == len(stored_flags), (
        "moderators see them all"
    )


def test_a_flag_needs_a_reason_that_we_know(client, publish, reader, faults):
    answer = client.put(FLAG.format(publish().id), json={"reason": "boring"}, headers=reader)
    assert faults(answer) == {"reason": "enum"}


@pytest.mark.parametrize(
    ("first", "neighbour", "stranger"),
    [
        ("192.0.2.1", "192.0.2.1", "192.0.2.2"),
        ("2001:db8:0:1::1", "2001:db8:0:1:ffff::2", "2001:db8:0:2::1"),
        ("::ffff:192.0.2.1", "192.0.2.1", "::ffff:192.0.2.2"),
    ],
    ids=["an address of IPv4", "a network of IPv6", "IPv4 in IPv6"],
)
def test_votes_are_limited_by_network_and_not_by_reader(core, publish, first, neighbour, stranger):
    url, stopped = VOTE.format(publish().id), core.now()
    client = create_app(replace(core, now=lambda: stopped)).test_client()

    def vote(address):
        token = core.signer.reader_token("news", core.random(12))
        headers, environ = {"Folkmoot-Reader": token}, {"REMOTE_ADDR": address}
        json = {"direction": "up"}
        return client.put(url, json=json, headers=headers, environ_base=environ).status_code

    assert [vote(first) for _ in range(61)] == [200] * 60 + [429]
    assert vote(neighbour) == 429
    assert vote(stranger) == 200
