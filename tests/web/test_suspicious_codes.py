"""What suspicion costs over HTTP: work beside codes, rising with it, and a person who reads."""

from dataclasses import replace
from datetime import timedelta

import pytest

from service import captcha as captchas
from service.domain.comment import Doubt
from service.domain.network import narrowest, neighbourhood
from service.domain.site import CaptchaStrategy, Site
from service.domain.submission import Submission
from service.readers.intake import facts
from service.readers.intake.draft import prepare
from service.store.comments import comments
from service.store.comments.intakes import Proof
from service.store.site import sites
from tests.factories import ARTICLE
from tests.web.conftest import solve


@pytest.fixture
def working(redis):
    """Add a site with a captcha strategy."""

    def working(strategy=CaptchaStrategy.POW):
        site = Site(name="working", origins=("https://news.example",), captcha=strategy)
        sites.put(redis, replace(site, policy=replace(site.policy, comments_per_minute=0)))
        return "working"

    return working


@pytest.fixture
def take(client):
    """Request a captcha."""

    def take(site, query="", **headers):
        return client.post(f"/api/v1/sites/{site}/captchas{query}", headers=headers).json

    return take


@pytest.fixture
def coded(core):
    """Answer a code as somebody who took their time, with its work unless told otherwise."""

    def coded(site, level=0, *, seconds=5, work=True, address="127.0.0.1"):
        secret, now = core.signer.derive("captcha"), core.now() - timedelta(seconds=seconds)
        minted = captchas.mint(
            secret,
            site,
            captchas.IMAGE,
            now=now,
            nonce=core.random(16),
            network=neighbourhood(address),
        )
        done = solve(captchas.challenge(secret, minted, level)) if work else ""
        return {"id": minted.id, "answer": captchas.code(secret, minted), "work": done}

    return coded


@pytest.fixture
def doubts_of(core):
    """The doubts about a comment that was accepted."""

    def doubts_of(answer, site):
        assert answer.status_code == 202, answer.json
        return set(comments.get(core.at(site), answer.json["id"]).doubts)

    return doubts_of


@pytest.mark.parametrize("strategy", [CaptchaStrategy.IMAGE, CaptchaStrategy.POW])
def test_work_stands_beside_every_code(working, take, strategy):
    minted = take(working(strategy), "?kind=image")
    assert minted["kind"] == "image"
    assert minted["altcha"]["parameters"]["data"] == {"id": minted["id"]}


@pytest.mark.parametrize("strategy", [CaptchaStrategy.POW, CaptchaStrategy.ADAPTIVE])
def test_a_code_without_work_is_read_by_a_person_where_the_site_prefers_work(
    working, submit, coded, doubts_of, strategy
):
    site = working(strategy)
    assert doubts_of(submit(site, captcha=coded(site)), site) == set()
    assert doubts_of(submit(site, captcha=coded(site, work=False)), site) == {Doubt.NO_WORK}


def test_a_code_without_work_raises_no_doubt_on_a_picture_site_for_a_while(
    working, submit, coded, doubts_of
):
    site = working(CaptchaStrategy.IMAGE)
    sent = [submit(site, captcha=coded(site, work=False), body=f"Tram {n}") for n in range(6)]
    doubts = [doubts_of(answer, site) for answer in sent]
    assert doubts == [set()] * 5 + [{Doubt.NO_WORK}]


def test_a_suspicious_text_with_a_code_and_no_work_is_read_by_a_person(
    working, submit, coded, doubts_of
):
    site = working(CaptchaStrategy.IMAGE)
    sent = submit(site, captcha=coded(site, work=False), body="See https://boats.example")
    assert doubts_of(sent, site) == {Doubt.NO_WORK}


def test_a_suspicious_text_needs_more_work_for_the_same_code(
    working, take, submit, core, faults, doubts_of
):
    site, body = working(CaptchaStrategy.IMAGE), "See https://boats.example"
    first = take(site, "?kind=image")
    secret = core.signer.derive("captcha")
    answer = captchas.code(secret, captchas.read(secret, first["id"]))
    proof = {"id": first["id"], "answer": answer, "work": solve(first["altcha"])}
    assert faults(submit(site, captcha=proof, body=body)) == {"captcha": "work"}
    again = take(site, f"?kind=image&again={first['id']}")
    assert again["id"] == first["id"]
    assert _cost(again) > _cost(first)
    sent = submit(site, captcha=proof | {"work": solve(again["altcha"])}, body=body)
    assert Doubt.NO_WORK not in doubts_of(sent, site)


def test_work_that_is_not_the_codes_own_counts_for_nothing(working, submit, coded, doubts_of):
    site = working()
    one, other = coded(site), coded(site)
    sent = submit(site, captcha=one | {"work": other["work"]})
    assert doubts_of(sent, site) == {Doubt.NO_WORK}


@pytest.mark.parametrize("work", ["x", "e30=", "\u0664", "A" * 8000])
def test_rubbish_instead_of_work_counts_as_none(working, submit, coded, doubts_of, work):
    site = working()
    sent = submit(site, captcha=coded(site, work=False) | {"work": work})
    assert doubts_of(sent, site) == {Doubt.NO_WORK}


def test_the_work_rises_with_the_captchas_that_an_address_requests(working, take):
    site = working()
    costs = [_cost(take(site)) for _ in range(25)]
    assert costs[0] < costs[-1]
    assert costs == sorted(costs)


def test_an_address_requests_only_so_many_captchas(client, working):
    site = working()
    answers = (client.post(f"/api/v1/sites/{site}/captchas") for _ in range(1000))
    refused = next(answer for answer in answers if answer.status_code != 201)
    assert refused.status_code == 429
    assert int(refused.headers["Retry-After"]) >= 1
    page = client.get(f"/frame/{site}", query_string={"thread": ARTICLE})
    assert page.status_code == 200


@pytest.mark.parametrize(
    ("mine", "theirs", "code"),
    [
        ("198.51.100.7", "198.51.100.200", None),
        ("198.51.100.7", "203.0.113.7", "moved"),
        ("2001:db8:1:200::7", "2001:db8:1:2ff:aaaa::1", None),
        ("2001:db8:1:200::7", "2001:db8:2::7", "moved"),
    ],
)
def test_a_code_counts_in_its_network_only(client, guarded, coded, mine, theirs, code):
    sent = {"thread": ARTICLE, "name": "Ann", "body": "What a lovely tram."}
    sent["captcha"] = coded("guarded", work=False, address=mine)
    answer = client.post(
        "/api/v1/sites/guarded/comments", json=sent, environ_overrides={"REMOTE_ADDR": theirs}
    )
    errors = answer.json.get("errors", [])
    assert [error["code"] for error in errors] == ([code] if code else [])


def test_a_form_from_another_network_gets_a_new_code_and_keeps_what_was_typed(
    client, guarded, coded
):
    old = coded("guarded", work=False, address="203.0.113.7")
    form = {"thread": ARTICLE, "name": "Ann", "body": "Typed with care."}
    form |= {"captcha_id": old["id"], "answer": old["answer"]}
    ours = {"Sec-Fetch-Site": "same-origin"}
    page = client.post("/frame/guarded/comments", data=form, headers=ours)
    assert page.status_code == 422
    assert "Your connection has changed" in page.text
    assert "Typed with care." in page.text
    assert old["id"] not in page.text


@pytest.mark.parametrize("route", ["api", "form"])
def test_the_field_that_people_do_not_see_makes_a_person_read_it(
    client, working, submit, coded, core, route
):
    site = working(CaptchaStrategy.IMAGE)
    proof = coded(site, work=False)
    if route == "api":
        assert submit(site, captcha=proof, homepage="https://x.example").status_code == 202
    else:
        form = {"thread": ARTICLE, "name": "Ann", "body": "What a lovely tram.", "homepage": "x"}
        form |= {"captcha_id": proof["id"], "answer": proof["answer"]}
        ours = {"Sec-Fetch-Site": "same-origin"}
        answer = client.post(f"/frame/{site}/comments", data=form, headers=ours)
        assert answer.status_code == 303
    record = core.at(site)
    [only] = record.redis.zrange(record.keys.unjudged(), 0, -1)
    assert Doubt.TRAP in comments.get(record, only).doubts


def test_a_code_that_is_copied_faster_than_a_person_can_is_read_by_a_person(
    working, submit, coded, doubts_of
):
    site = working(CaptchaStrategy.IMAGE)
    sent = submit(site, captcha=coded(site, seconds=1, work=False))
    assert doubts_of(sent, site) == {Doubt.NO_WORK, Doubt.HASTE}


def _cost(minted):
    parameters = minted["altcha"]["parameters"]
    return parameters["cost"] * 16 ** len(parameters["keyPrefix"])


def test_a_network_that_writes_a_lot_is_suspicious_at_each_of_its_addresses(core, news):
    site = replace(news, captcha=CaptchaStrategy.ADAPTIVE)

    def draft(number):
        address = narrowest(f"2001:db8:1:{number:x}::1")
        made = prepare(
            core, site, Submission(thread=ARTICLE, name="Ann", body="Hello.", address=address)
        )
        made.proof = Proof(nonce="n", expires_at=core.now(), right=True)
        return made

    for number in range(10):
        facts.remember(core, site, draft(number))
    assert facts.gather(core, site, draft(99), timedelta.max).from_address == 5
    assert facts.gather(core, site, draft(0xFFFF), timedelta.max).from_address == 2
