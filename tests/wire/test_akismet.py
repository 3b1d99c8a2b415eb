"""Akismet's clients get the few answers that they know."""

from dataclasses import replace

import pytest

from service.domain.policy import Threshold
from service.store.desk import labels
from service.store.site import sites
from tests.wire.conftest import DUTCH, KIND, SPAMMY

THANKS = "Thanks for making the web a better place."
BLOG = "https://news.example/"
WORDPRESS = {"User-Agent": "WordPress/6.9 | Akismet/5.6"}
TROUBLE = ("X-akismet-debug-help", "X-akismet-error", "X-akismet-alert-code")


@pytest.fixture
def call(client, key):
    def call(what, content=None, *, key=key, headers=None, base_url=None, as_json=False, **given):
        sent = {"api_key": key, "blog": BLOG, "user_ip": "192.0.2.1", **given}
        sent = {name: value for name, value in sent.items() if value is not None}
        if content is not None:
            sent["comment_content"] = content
        body = {"json": sent} if as_json else {"data": sent}
        return client.post(f"/1.1/{what}", headers=headers, base_url=base_url, **body)

    return call


def says(answer, text, status=200):
    assert (answer.text, answer.status_code, answer.mimetype) == (text, status, "text/plain")
    if text != "invalid":
        assert not [name for name in TROUBLE if name in answer.headers]
    else:
        assert answer.headers["X-akismet-debug-help"]
    return True


def test_a_good_key_is_valid_and_none_is_not(call):
    assert says(call("verify-key"), "valid")
    assert says(call("verify-key", key=None), "invalid")


@pytest.mark.parametrize("as_json", [False, True], ids=["form", "json"])
def test_spam_is_true_and_the_rest_is_false(call, as_json):
    assert says(call("comment-check", KIND, as_json=as_json), "false")
    assert says(call("comment-check", SPAMMY, as_json=as_json), "true")


def test_the_model_is_named(call, scorer):
    assert call("comment-check", KIND).headers["Folkmoot-Model"] == scorer.model


def test_a_key_may_stand_before_the_host_name(client, key):
    for path, sent, said in (
        ("verify-key", {"blog": BLOG}, "valid"),
        ("comment-check", {"blog": BLOG, "comment_content": KIND}, "false"),
        ("submit-ham", {"comment_content": KIND}, THANKS),
    ):
        host = f"http://{key}.comments.example"
        assert says(client.post(f"/1.1/{path}", data=sent, base_url=host), said)


def test_a_key_may_be_called_key(client, key):
    assert says(client.post("/1.1/verify-key", data={"key": key, "blog": BLOG}), "valid")


@pytest.mark.parametrize("path", ["verify-key", "comment-check", "submit-spam", "submit-ham"])
@pytest.mark.parametrize("wrong", ["x", ""])
def test_a_wrong_key_is_invalid(call, path, wrong):
    assert says(call(path, KIND, key=wrong), "invalid")


def test_a_key_for_something_else_is_invalid(call, make_key):
    assert says(call("verify-key", key=make_key("counts")), "invalid")


def test_blatant_spam_may_be_discarded(call, make_key, news, redis):
    strict = replace(news.policy, thresholds={"SPAM": Threshold(0.1, 0.2)})
    sites.put(redis, replace(news, policy=strict))
    answer = call("comment-check", SPAMMY, key=make_key(site="news"))
    assert says(answer, "true")
    assert answer.headers["X-akismet-pro-tip"] == "discard"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"comment_author": "viagra-test-123"}, "true"),
        ({"comment_author_email": "akismet-guaranteed-spam@example.com"}, "true"),
        ({"comment_author_email": "Akismet-Guaranteed-Spam@Example.com "}, "true"),
        ({"comment_author_email": "marta@example.com"}, "false"),
        ({"comment_author": "viagra-test-123", "user_role": "administrator"}, "false"),
        ({"user_role": "administrator", "comment_content": SPAMMY}, "false"),
        ({"honeypot_field_name": "nickname", "nickname": "bot"}, "true"),
        ({"honeypot_field_name": "nickname", "nickname": ""}, "false"),
        ({"honeypot_field_name": "blog"}, "false"),
        ({"is_test": "1"}, "false"),
    ],
    ids=str,
)
def test_some_fields_decide(call, given, said):
    assert says(call("comment-check", **{"comment_content": KIND} | given), said)


def test_coral_sends_no_address_and_html(call):
    sent = {"user_ip": "", "is_test": "false", "comment_date_gmt": "2026-01-01T00:00:00Z"}
    assert says(call("comment-check", f"<div>{KIND}</div>", **sent), "false")
    link = '<div>Buy cheap pills online now!!! <a href="http://pills.example.biz/buy">$$$</a></div>'
    assert says(call("comment-check", link, **sent), "true")


@pytest.mark.parametrize(
    ("author", "url", "content", "said"),
    [
        ("Best Casino Bonus", "https://best-casino.example", "nice post", "true"),
        ("buy instagram followers", "followers.pro", "Great article, thanks.", "true"),
        ("Buy cheap pills www.spam.example", "", KIND, "true"),
        ("Marta Lopez", "", KIND, "false"),
        ("Marta Lopez", "https://marta-lopez.example", KIND, "false"),
        ("Marta Lopez", BLOG, "nice post", "false"),
        ("Marta", "", f"{KIND} See {BLOG}tram and {BLOG}bus and {BLOG}boat", "false"),
        ("Marta", "", "see https://news.example/tram", "false"),
        ("Marta", "", f"{KIND} https://a.example/1 https://b.example/2 https://c.example", "true"),
        ("Marta", "https://a.example", f"{KIND} https://b.example/1 c-d.com/2", "true"),
    ],
)
def test_the_author_their_link_and_the_text_count_together(call, author, url, content, said):
    given = {"comment_author": author, "comment_author_url": url}
    assert says(call("comment-check", content, **given), said)


def test_a_blocked_host_is_blatant_spam_wherever_it_stands(call, make_key, news, redis):
    policy = replace(news.policy, blocked_domains=("spam.example",))
    sites.put(redis, replace(news, policy=policy))
    key = make_key(site="news")
    for given in (
        {"comment_author_url": "https://sp%61m.example/"},
        {"comment_author": "spam.example"},
        {"content": f"{KIND} spam (dot) example"},
    ):
        answer = call("comment-check", **{"content": KIND, "key": key} | given)
        assert says(answer, "true")
        assert answer.headers["X-akismet-pro-tip"] == "discard"


class TestWhatHasNoScore:
    """Never `false`: WordPress holds any other answer, and other clients handle errors badly."""

    def test_wordpress_holds_it(self, call):
        assert says(call("comment-check", DUTCH, headers=WORDPRESS), "invalid")
        assert says(call("comment-check", "", headers=WORDPRESS, blog=None), "invalid")

    def test_others_take_it_for_spam(self, call):
        assert says(call("comment-check", DUTCH), "true")

    def test_a_key_may_say_otherwise(self, call, make_key):
        assert says(call("comment-check", DUTCH, key=make_key(unscored=0.0)), "false")

    def test_a_text_without_end_is_one(self, call):
        assert says(call("comment-check", "word " * 20_000), "true")


def test_what_people_say_is_kept_and_the_latest_counts(call, make_key, news, redis):
    key = make_key(site="news")
    assert says(call("submit-ham", SPAMMY, key=key), THANKS)
    assert says(call("submit-spam", SPAMMY, key=key, as_json=True), THANKS)
    [label] = labels.every(redis, "news")
    assert (label.text, label.scores) == (SPAMMY, {"SPAM": 1})


def test_of_a_long_text_the_beginning_is_kept(call, redis):
    assert says(call("submit-spam", "word " * 10_000), THANKS)
    [label] = labels.every(redis, "")
    assert len(label.text) == 10_000


def test_a_test_teaches_nothing(call, redis):
    assert says(call("submit-spam", SPAMMY, is_test="true"), THANKS)
    assert list(labels.every(redis, "")) == []


def test_wordpress_may_send_all_it_knows(call, redis, analyst):
    noise = {f"HTTP_X_{number}": "a private thing " * 200 for number in range(100)}
    assert says(call("comment-check", KIND, headers=WORDPRESS, **noise), "false")
    assert says(call("submit-ham", KIND, comment_author_email="ann@news.example", **noise), THANKS)
    [label] = labels.every(redis, "")
    assert "private" not in str(label)
    assert "ann@" not in str(label)


def test_a_quota_that_is_used_up_is_told(call, make_key):
    key = make_key(quota="1/hour")
    assert says(call("comment-check", KIND, key=key), "false")
    answer = call("comment-check", KIND, key=key)
    assert says(answer, "invalid", 429)
    assert int(answer.headers["Retry-After"]) > 0


def test_the_use_of_a_key_is_told(client, call, make_key, analyst):
    key = make_key(quota="1000/month")
    for content in (KIND, SPAMMY):
        call("comment-check", content, key=key)
    call("submit-ham", SPAMMY, key=key)
    analyst.meter.flush()
    usage = client.get(f"/1.2/usage-limit?api_key={key}").json
    assert usage == {"limit": 1000, "usage": 3, "percentage": "0.30", "throttled": False}
    sites = client.get(f"/1.2/key-sites?api_key={key}").json
    [[row]] = [rows for month, rows in sites.items() if month[0] == "2"]
    assert row == {
        "site": "news.example",
        "api_calls": "3",
        "spam": "1",
        "ham": "1",
        "missed_spam": "0",
        "false_positives": "1",
        "is_revoked": False,
    }
    assert (sites["limit"], sites["offset"], sites["total"]) == (500, 0, 1)
    listed = client.get(f"/1.2/key-sites?api_key={key}&format=csv&filter=news&order=spam")
    assert listed.text.splitlines()[1] == "news.example,3,1,1,0,1"
    assert client.get(f"/1.2/key-sites?api_key={key}&offset=1").json["total"] == 1


def test_a_key_without_a_quota_has_no_limit(client, key):
    usage = client.get(f"/1.2/usage-limit?api_key={key}").json
    assert (usage["limit"], usage["throttled"]) == ("none", False)


@pytest.mark.parametrize("sent", [b"{", b"[]", b"\xff"])
def test_what_cannot_be_read_is_invalid(client, sent):
    answer = client.post("/1.1/comment-check", data=sent, content_type="application/json")
    assert says(answer, "invalid")


def test_a_body_without_end_is_invalid(client, key):
    sent = {"api_key": key, "comment_content": "x" * (2 * 1024 * 1024)}
    assert says(client.post("/1.1/comment-check", data=sent), "invalid")
