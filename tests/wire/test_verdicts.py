"""Verdicts on texts of other systems, by the policy of a site."""

from dataclasses import replace

import pytest

from service.domain.policy import Threshold
from service.store.site import sites
from tests.wire.conftest import DUTCH, KIND, RUDE, SPAMMY


@pytest.fixture
def ask(client, key):
    def ask(*texts, key=key, language="en", **more):
        headers = {"Authorization": f"Bearer {key}", "Accept-Language": language}
        return client.post("/api/v1/analyze", json={"texts": texts, **more}, headers=headers)

    return ask


@pytest.fixture
def set_policy(news, redis):
    def set_policy(**lines):
        sites.put(redis, replace(news, policy=replace(news.policy, **lines)))

    return set_policy


def verdicts(answer):
    assert answer.status_code == 200, answer.json
    return [result["verdict"] for result in answer.json["results"]]


def test_a_text_is_approved_held_or_rejected_for_reasons(ask):
    kind, rude, spam, dutch = verdicts(ask(KIND, RUDE, SPAMMY, DUTCH))
    assert kind == {"outcome": "approve", "reasons": [], "nudge": ""}
    assert rude["outcome"] in ("hold", "reject")
    [toxic] = rude["reasons"]
    assert (toxic["outcome"], toxic["code"].partition("/")[0]) == (rude["outcome"], "toxicity")
    assert toxic["strength"] > 0.6
    assert toxic["sentence"]
    assert "spam/spam" in {reason["code"] for reason in spam["reasons"]}
    assert dutch["outcome"] == "hold"
    assert {reason["code"].partition("/")[2] for reason in dutch["reasons"]} == {"not-scored"}


def test_only_a_text_that_is_held_for_its_tone_is_nudged_in_the_authors_language(ask):
    nudges = [verdict["nudge"] for verdict in verdicts(ask(KIND, RUDE, SPAMMY, DUTCH))]
    assert [bool(nudge) for nudge in nudges] == [False, True, False, False]
    [german] = verdicts(ask(RUDE, language="de"))
    assert german["nudge"]
    assert german["nudge"] != nudges[1]
    assert german["reasons"][0]["sentence"] != verdicts(ask(RUDE))[0]["reasons"][0]["sentence"]


def test_the_policy_of_the_keys_site_decides(ask, make_key, set_policy):
    set_policy(
        thresholds={"TOXICITY": Threshold(0.01, 0.02)},
        blocked_words=("tram",),
        blocked_domains=("bad.example",),
        max_links=1,
        max_length=70,
    )
    sent = [RUDE, KIND, "See bad (dot) example", f"{KIND} https://a.example https://b.example"]
    judged = verdicts(ask(*sent, key=make_key(site="news")))
    assert [verdict["outcome"] for verdict in judged] == ["reject"] * 4
    codes = [{reason["code"] for reason in verdict["reasons"]} for verdict in judged]
    assert "blocked_words/blocked-word" in codes[1]
    assert "links/blocked-host" in codes[2]
    assert {"length/too-long", "links/many-links"} <= codes[3]


def test_links_to_the_sites_own_pages_are_no_strangers(ask, make_key, set_policy):
    set_policy(max_links=0)
    own, strange = verdicts(
        ask(
            f"{KIND} https://news.example/tram",
            f"{KIND} https://a-blog.example/tram",
            key=make_key(site="news"),
        )
    )
    assert "links/many-links" not in {reason["code"] for reason in own["reasons"]}
    assert "links/many-links" in {reason["code"] for reason in strange["reasons"]}


def test_a_key_of_all_sites_may_name_one(ask, make_key, set_policy):
    set_policy(blocked_words=("tram",))
    [named], [unnamed] = verdicts(ask(KIND, site="news")), verdicts(ask(KIND))
    assert (named["outcome"], unnamed["outcome"]) == ("reject", "approve")
    assert verdicts(ask(KIND, site="news", key=make_key(site="news"))) == [named]
    assert ask(KIND, site="nowhere").json["type"] == "/problems/site-not-found"
    other = ask(KIND, site="other", key=make_key(site="news"))
    assert other.json["type"] == "/problems/scope-missing"


def test_a_hundred_are_judged_with_the_model_named(ask, scorer):
    answer = ask(*[RUDE] * 100)
    assert len({verdict["outcome"] for verdict in verdicts(answer)}) == 1
    assert answer.json["model"] == scorer.model
    assert answer.headers["Folkmoot-Model"].startswith(f"{scorer.model}; read=")
