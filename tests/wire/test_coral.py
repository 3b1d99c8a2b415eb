"""Coral's external phase: signed requests get a verdict, and nothing unscored passes."""

import hashlib
import hmac
import json
from dataclasses import replace

import pytest

from service.domain.policy import Threshold
from service.store.site import sites
from tests.wire.conftest import DUTCH, KIND, RUDE, SPAMMY

OLD, NEW = "a secret of coral's", "the secret that comes after"


def signed(body, *secrets):
    return ",".join(
        f"sha256={hmac.new(s.encode(), body, hashlib.sha256).hexdigest()}" for s in secrets
    )


@pytest.fixture
def moderate(client, make_key):
    make_key()
    make_key(secrets=(OLD,))

    def moderate(text, *secrets, header=None):
        body = json.dumps(
            {
                "action": "NEW",
                "comment": {"body": text, "parentID": None},
                "author": {"id": "u", "role": "COMMENTER"},
                "story": {"id": "s", "url": "https://news.example/a"},
                "site": {"id": "site"},
                "tenantID": "t",
                "tenantDomain": "coral.example",
            }
        ).encode()
        header = signed(body, *(secrets or (OLD,))) if header is None else header
        headers = {"X-Coral-Signature": header, "Content-Type": "application/json"}
        return client.post("/coral/moderate", data=body, headers=headers)

    return moderate


def flags(answer):
    return [action["reason"] for action in answer.json["actions"]]


@pytest.mark.parametrize("text", [KIND, f"<div>{KIND}</div>", "", "<div></div>"])
def test_a_harmless_comment_passes(moderate, text):
    answer = moderate(text)
    assert (answer.status_code, answer.data) == (204, b"")


def test_a_toxic_comment_is_withheld_with_its_flag(moderate):
    answer = moderate(RUDE)
    assert answer.json["status"] in ("SYSTEM_WITHHELD", "REJECTED")
    assert flags(answer) == ["COMMENT_DETECTED_TOXIC"]


def test_spam_is_withheld_with_its_own(moderate):
    answer = moderate(f'<div>{SPAMMY} <a href="http://pills.example.biz/">here</a></div>')
    assert "COMMENT_DETECTED_SPAM" in flags(answer)


def test_abuse_in_angle_brackets_is_read(moderate):
    assert moderate("<you idiot and liar>").json["actions"]
    assert moderate('<b you="idiot and liar">well said</b>').json["actions"]


def test_what_has_no_score_waits_for_a_person(moderate):
    assert moderate(DUTCH).json == {"status": "PREMOD"}


def test_a_site_s_policy_decides(client, make_key, moderate, news, redis):
    mild = replace(news.policy, thresholds={"TOXICITY": Threshold(1.01), "INSULT": Threshold(1.01)})
    sites.put(redis, replace(news, policy=mild))
    make_key(site="news", secrets=(NEW,))
    text = "What a silly idea, you fool."
    assert moderate(text, OLD).status_code == 200
    assert moderate(text, NEW).status_code == 204


@pytest.mark.parametrize("secrets", [(OLD, NEW), (NEW, OLD)])
def test_one_good_signature_is_enough_while_a_secret_rolls(moderate, secrets):
    assert moderate(KIND, *secrets).status_code == 204


@pytest.mark.parametrize("header", ["", "sha256=", "sha256=00,sha256=é", "md5=1", "," * 1000])
def test_a_request_that_nobody_signed_is_refused(moderate, header):
    answer = moderate(KIND, header=header)
    assert answer.status_code == 401
    assert answer.json["type"] == "/problems/key-refused"
    assert moderate(KIND, "a wrong secret").status_code == 401


def test_a_used_up_quota_makes_people_read(moderate, make_key):
    make_key(secrets=(NEW,), quota="1/day")
    assert moderate(KIND, NEW).status_code == 204
    assert moderate(KIND, NEW).json == {"status": "PREMOD"}


@pytest.mark.parametrize(
    "body", [b"{", b"[]", b"{}", b'{"comment": 1}', b'{"comment": {"body": 1}}']
)
def test_what_is_no_comment_is_refused(client, make_key, body):
    make_key(secrets=(OLD,))
    headers = {"X-Coral-Signature": signed(body, OLD)}
    answer = client.post("/coral/moderate", data=body, headers=headers)
    assert answer.status_code == 422
    assert answer.json["errors"]
