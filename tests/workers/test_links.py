"""What a comment links to decides, however it is written; the newspaper's own pages never do."""

from dataclasses import replace

import pytest

from service.domain.policy import Policy
from service.domain.verdict import Outcome
from service.judging.pipeline import judge
from service.likeness.memory import Likeness
from service.scoring import Scorers
from tests.factories import NOON, a_comment
from workers import evidence
from workers.captions import CaptionScores

KIND = "Thank you for this article about the tram, it was good to read."


@pytest.fixture(scope="session")
def scorers():
    return Scorers()


@pytest.fixture
def verdict(record, news, scorers):
    def verdict(body, **policy):
        site = replace(news, policy=Policy(**policy))
        comment = a_comment(body=body)
        [case] = evidence.gather(
            record, scorers.of(site), Likeness(), CaptionScores(), site, [comment], now=NOON
        )
        return judge(case)

    return verdict


@pytest.mark.parametrize(
    "link",
    [
        "cheap-pills.com/choir",
        "cheap-pills.com",
        "https://CHEAP-PILLS.com.",
        "https://shop.cheap-pills.com/x",
        "ｃｈｅａｐ-pills．com",
        "https://cheap-pills。com/x",
        "https://cheap-p%69lls.com/x",
        "https://news.example@cheap-pills.com/x",
        "https:\\\\cheap-pills.com",
        "hxxp://cheap-pills.com",
        "cheap-pills[.]com",
        "cheap-pills (dot) com",
        "cheap-pills dot com",
        "https://web.archive.org/web/2020/https://cheap-pills.com/x",
    ],
)
def test_a_link_to_a_blocked_host_is_rejected(verdict, link):
    found = verdict(f"{KIND} {link}", max_links=0, blocked_domains=("cheap-pills.com",))
    assert found.outcome is Outcome.REJECT
    assert "links/blocked-host" in found.reasons


@pytest.mark.parametrize(
    ("listed", "link"),
    [
        ("straße.example", "https://xn--strae-oqa.example/x"),
        ("xn--strae-oqa.example", "https://STRAßE.example"),
        ("https://www.spam.example/about", "spam.example"),
        ("127.0.0.1", "http://0x7f.1/x"),
    ],
)
def test_a_blocked_host_is_one_in_every_spelling(verdict, listed, link):
    found = verdict(f"{KIND} {link}", blocked_domains=(listed,))
    assert "links/blocked-host" in found.reasons


def test_another_host_is_not_the_blocked_one(verdict):
    found = verdict(f"{KIND} https://strasse.example", blocked_domains=("straße.example",))
    assert "links/blocked-host" not in found.reasons


@pytest.mark.parametrize("words", ["z.B. config.py and the end.Next one, e.g. 1.2.3", "a@b.com"])
def test_what_only_looks_like_a_link_is_not_counted(verdict, words):
    assert verdict(f"{KIND} {words}", max_links=0).outcome is Outcome.APPROVE


@pytest.mark.parametrize(
    "body",
    [
        "see https://news.example/tram-bridge",
        "https://news.example/tram-bridge",
        "see news.example/a https://news.example/b https://www.news.example/c",
        "I read it at https://friend.example/x, https://blog.friend.example/y and there.",
    ],
)
def test_links_to_the_newspaper_and_its_friends_are_welcome(verdict, body):
    found = verdict(body, max_links=0, trusted_domains=("friend.example",))
    assert found.outcome is Outcome.APPROVE
