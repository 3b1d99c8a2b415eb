"""One address with many tokens: its votes, reports, retries and questions are bounded."""

from dataclasses import replace
from datetime import timedelta

import pytest

from service.app import create_app
from service.domain.comment import Status
from service.domain.flag import MOST_FLAGS, MOST_OF_NETWORK
from service.domain.site import CaptchaStrategy
from service.readers import vote
from service.store.comments import comments
from service.store.people import flags
from service.store.site import sites
from tests.factories import ARTICLE

API = "/api/v1/sites/news"


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self, now):
        self.now = now

    def __call__(self):
        return self.now

    def go(self, **span):
        self.now += timedelta(**span)


@pytest.fixture
def clock(core):
    return Clock(core.now())


@pytest.fixture
def here(core, clock):
    """The core with that clock."""
    return replace(core, now=clock)


@pytest.fixture
def reader_at(here, news):
    """Send requests from an address, as a new reader each time."""
    client = create_app(here).test_client()

    def reader_at(address, method, path, body, **headers):
        token = here.signer.reader_token("news", here.random(12))
        return client.open(
            f"{API}{path}",
            method=method,
            json=body,
            headers={"Folkmoot-Reader": token} | headers,
            environ_base={"REMOTE_ADDR": address},
        )

    return reader_at


def test_one_address_with_sixty_tokens_does_not_give_sixty_votes(
    reader_at, here, clock, news, publish
):
    comment = publish().id
    path = f"/comments/{comment}/vote"
    answers = [reader_at("192.0.2.7", "PUT", path, {"direction": "up"}) for _ in range(60)]
    assert {answer.status_code for answer in answers} == {200}
    assert {answer.json["yours"] for answer in answers} == {"up"}
    assert create_app(here).test_client().get(f"{API}/comments/{comment}").json["up"] == 2
    clock.go(hours=23)
    vote.settle(here, news)
    assert comments.get(here.at("news"), comment).up <= 6
    clock.go(hours=2)
    vote.settle(here, news)
    assert comments.get(here.at("news"), comment).up <= 6


@pytest.mark.parametrize(
    ("addresses", "counted"),
    [
        ([f"2001:db8:1:{number:x}::1" for number in range(100)], 2),
        ([f"2001:db8:1:{number:x}00::1" for number in range(100)], 8),
        ([f"192.0.2.{number}" for number in range(100)], 8),
        ([f"::ffff:192.0.2.{number}" for number in range(100)], 8),
        ([f"2002:c000:2{number:02x}::1" for number in range(100)], 8),
        ([f"2001:db8:{number:x}::1" for number in range(100)], 40),
    ],
    ids=["a /56", "a /48", "a /24", "mapped", "6to4", "a /32"],
)
def test_whoever_has_a_network_does_not_have_its_votes(
    reader_at, record, publish, addresses, counted
):
    comment = publish().id
    for address in addresses:
        reader_at(address, "PUT", f"/comments/{comment}/vote", {"direction": "up"})
    assert comments.get(record, comment).up == counted


def test_an_articles_own_votes_are_counted_in_the_same_way(reader_at, client):
    path = f"/vote?thread={ARTICLE}"
    for _ in range(20):
        reader_at("192.0.2.7", "PUT", path, {"direction": "down"})
    [thread] = client.get(f"{API}/counts?thread={ARTICLE}").json["threads"]
    assert thread["down"] == 2


@pytest.mark.parametrize(
    ("author", "second", "counted"),
    [
        ("192.0.2.7", "192.0.2.7", 0),
        ("192.0.2.7", "::ffff:192.0.2.7", 0),
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", 0),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", 0),
        ("192.0.2.7", "192.0.2.8", 1),
        ("2001:db8:1:2::1", "2001:db8:1:200::1", 1),
    ],
)
def test_an_author_with_a_second_token_does_not_vote_for_themselves(
    reader_at, here, record, author, second, counted
):
    sent = {"thread": ARTICLE, "name": "Ann", "body": "What a lovely tram."}
    comment = reader_at(author, "POST", "/comments", sent).json["id"]
    stored = comments.get(record, comment)
    comments.change_status(record, stored, Status.APPROVED, by="ines", why="fine", now=here.now())
    answer = reader_at(second, "PUT", f"/comments/{comment}/vote", {"direction": "up"})
    assert answer.json == {"up": 1, "down": 0, "yours": "up"}
    assert comments.get(record, comment).up == counted
    assert "v" in record.redis.hgetall(record.keys.comment(comment))
    assert author not in str(record.redis.hgetall(record.keys.comment(comment)))


def test_the_desk_says_which_votes_do_not_count(reader_at, ines, publish):
    comment = publish().id
    for _ in range(5):
        reader_at("192.0.2.7", "PUT", f"/comments/{comment}/vote", {"direction": "up"})
    card = ines.get(f"news/comments/{comment}").text
    assert "3 votes came in a burst from few networks and do not count for now." in card


def test_tokens_for_readers_are_handed_out_by_network(here, news):
    client = create_app(here).test_client()

    def ask(address):
        environ = {"REMOTE_ADDR": address}
        return client.post(f"{API}/readers", environ_base=environ).status_code

    assert [ask("192.0.2.7") for _ in range(31)] == [201] * 30 + [429]
    assert ask("192.0.2.8") == 201
    street = [ask(f"2001:db8:1:{number:x}::1") for number in range(200)]
    assert street.count(201) == 60
    town = [ask(f"2001:db8:1:{number:x}00::1") for number in range(100)]
    assert town.count(201) == 60, "two households of one customer, and then the customer"
    assert ask("2001:db8:2::1") == 201


def test_without_javascript_too_tokens_are_handed_out_by_network(here, news, publish):
    comment = publish().id
    app = create_app(here)

    def press(path, form):
        return app.test_client().post(
            f"/frame/news{path}",
            data={"thread": ARTICLE} | form,
            headers={"Origin": "http://localhost"},
        )

    presses = [press("/votes", {"comment": comment, "direction": "up"}) for _ in range(40)]
    assert {answer.status_code for answer in presses} == {303}
    cookies = [answer for answer in presses if answer.headers.getlist("Set-Cookie")]
    assert len(cookies) == 30
    assert "said=too-many" in presses[-1].headers["Location"]
    report = press(f"/comments/{comment}/flag", {"reason": "spam"})
    assert report.status_code == 429


def test_reports_of_one_network_are_kept_in_a_small_number(reader_at, clock, record, ines, publish):
    comment = publish().id
    for _ in range(30):
        clock.go(minutes=1)
        sent = {"reason": "spam", "note": "Bad."}
        assert reader_at("192.0.2.7", "PUT", f"/comments/{comment}/flag", sent).status_code == 200
    assert len(flags.of_comment(record, comment)) == MOST_OF_NETWORK
    assert record.redis.xlen(record.keys.acts()) == MOST_OF_NETWORK
    card = ines.get(f"news/comments/{comment}").text
    assert "25 more reports came from the same networks and are only counted." in card


def test_a_notice_of_illegal_content_is_kept_where_other_reports_are_let_go(
    reader_at, clock, record, publish
):
    comment = publish().id
    for _ in range(10):
        clock.go(minutes=1)
        reader_at("192.0.2.7", "PUT", f"/comments/{comment}/flag", {"reason": "spam"})
    notice = {
        "reason": "illegal",
        "note": "It calls for a theft, and names the shop and the day.",
        "notice": {
            "place": f"{ARTICLE}#comment-{comment}",
            "name": "Ben",
            "email": "ben@example.org",
            "good_faith": True,
        },
    }
    answer = reader_at("192.0.2.7", "PUT", f"/comments/{comment}/flag", notice)
    assert answer.status_code == 200, answer.json
    assert [flag.reason for flag in flags.of_comment(record, comment)].count("illegal") == 1


def test_reports_are_bounded_in_all(reader_at, redis, news, record, publish):
    sites.put(redis, replace(news, policy=replace(news.policy, flags_to_hold=50)))
    comment = publish().id
    for number in range(MOST_FLAGS + 40):
        address = f"10.{number % 40}.0.1"
        reader_at(address, "PUT", f"/comments/{comment}/flag", {"reason": "spam"})
    kept = flags.of_comment(record, comment)
    assert len(kept) == MOST_FLAGS
    assert len({flag.network for flag in kept}) == 40, "no network is lost"


def test_a_48_flags_once(reader_at, record, publish):
    comment = publish().id
    for number in range(30):
        address = f"2001:db8:1:{number:x}::1"
        reader_at(address, "PUT", f"/comments/{comment}/flag", {"reason": "spam"})
    assert comments.get(record, comment).status is Status.APPROVED


def test_an_idempotency_key_is_no_way_past_the_allowance(reader_at, here, client):
    key = {"Idempotency-Key": "k1"}
    token = {"Folkmoot-Reader": here.signer.reader_token("news", here.random(12))}

    def post(body, **headers):
        sent = {"thread": ARTICLE, "name": "Ann", "body": body}
        return reader_at("192.0.2.7", "POST", "/comments", sent, **token, **headers)

    first = post("What a lovely tram.", **key)
    assert first.status_code == 202
    others = [post(f"Another text, number {number}.", **key).status_code for number in range(40)]
    assert others == [422] * 9 + [429] * 31
    again = post("What a lovely tram.", **key)
    assert (again.status_code, again.json["id"]) == (202, first.json["id"])
    repeats = [post("What a lovely tram.", **key).status_code for _ in range(40)]
    assert repeats == [202] * 29 + [429] * 11


def test_somebody_elses_idempotency_key_is_no_way_either(reader_at):
    sent = {"thread": ARTICLE, "name": "Ann", "body": "What a lovely tram."}
    key = {"Idempotency-Key": "k1"}
    assert reader_at("192.0.2.7", "POST", "/comments", sent, **key).status_code == 202
    mine = [reader_at("192.0.2.9", "POST", "/comments", sent, **key) for _ in range(20)]
    assert [answer.status_code for answer in mine] == [422] * 10 + [429] * 10


@pytest.mark.parametrize("captcha", [CaptchaStrategy.IMAGE, CaptchaStrategy.OFF])
def test_questions_whether_to_rephrase_are_bounded(here, clock, redis, news, answered, captcha):
    site = replace(news, captcha=captcha, policy=replace(news.policy, nudge=True))
    site = replace(site, policy=replace(site.policy, comments_per_minute=1000))
    sites.put(redis, site)
    app = create_app(here)
    app.extensions["folkmoot.foresight"] = Harsh()
    code = answered(site="news", now=here.now())

    def post(number, code=code):
        sent = {"thread": ARTICLE, "name": "Ann", "body": f"You fools, number {number}."}
        json = sent | ({"captcha": code} if captcha is CaptchaStrategy.IMAGE else {})
        return app.test_client().post(f"{API}/comments", json=json).status_code

    # A code buys two answers; then the comment is stored, and the code is used up.
    # Without codes an address has six.
    answers = [post(number) for number in range(10)]
    bought = 2 if captcha is CaptchaStrategy.IMAGE else 6
    assert answers[: bought + 1] == [422] * bought + [202]
    clock.go(seconds=10)
    fresh = [post(number, answered(site="news", now=here.now())) for number in range(10, 20)]
    assert fresh.count(422) == (4 if captcha is CaptchaStrategy.IMAGE else 0)


class Harsh:
    """A predictor that would have every comment held."""

    def of(self, site, language):
        return lambda body: True

    def spam_of(self, site, language):
        return None
