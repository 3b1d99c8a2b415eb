"""What is a reader's own is never in a kept page, and reaches nobody else."""

import html
import json
import re
from dataclasses import replace
from datetime import timedelta

import pytest

from service import captcha as captchas
from service.app import create_app
from service.domain.comment import Status
from service.domain.network import neighbourhood
from service.domain.site import CaptchaStrategy
from service.store.comments import comments
from service.store.site import sites
from tests.crowd import Said, speak
from tests.factories import ARTICLE
from tests.web.conftest import solve

ASKED = {"thread": ARTICLE}
OURS = {"Sec-Fetch-Site": "same-origin"}
HTTPS = "https://localhost"


def field(page, name):
    return re.search(rf'name="{name}"[^>]* value="([^"]*)"', page)[1]


def work(page):
    return json.loads(html.unescape(re.search(r'data-work="([^"]+)"', page)[1]))


@pytest.fixture
def visit(app):
    """Get a page as a browser that has nothing of ours, at some address."""

    def visit(site="guarded", address="127.0.0.1", **headers):
        return (
            app.test_client()
            .get(
                f"/frame/{site}",
                query_string=ASKED,
                headers=headers,
                environ_overrides={"REMOTE_ADDR": address},
            )
            .text
        )

    return visit


def test_nobody_gets_anothers_captcha_or_key(guarded, visit):
    pages = [visit() for _ in range(20)]
    for name in ("captcha_id", "key"):
        assert len({field(page, name) for page in pages}) == 20
    for page in pages:
        id_ = field(page, "captcha_id")
        assert set(re.findall(r"/captchas/([\w-]+)\.(?:png|wav)", page)) == {id_}
        assert work(page)["parameters"]["data"] == {"id": id_}
    assert "hole-" not in "".join(pages)


def test_a_captcha_is_for_this_site_and_the_network_that_asked(core, guarded, visit):
    secret = core.signer.derive("captcha")
    for address, other in (("192.0.2.7", "198.51.100.7"), ("2001:db8::1", "2001:db8:9::1")):
        captcha = captchas.read(secret, field(visit(address=address), "captcha_id"))
        assert captchas.belongs(secret, captcha, "guarded")
        assert not captchas.belongs(secret, captcha, "news")
        assert captchas.is_near(secret, captcha, neighbourhood(address))
        assert not captchas.is_near(secret, captcha, neighbourhood(other))


@pytest.mark.parametrize("strategy", [CaptchaStrategy.IMAGE, CaptchaStrategy.POW])
def test_a_form_from_a_kept_page_is_accepted_once(app, core, redis, guarded, visit, strategy):
    sites.put(redis, replace(guarded, captcha=strategy))
    page = visit()
    secret = core.signer.derive("captcha")
    id_ = field(page, "captcha_id")
    form = {"thread": ARTICLE, "name": "Ann", "body": "By a form.", "key": field(page, "key")}
    form |= {"captcha_id": id_, "answer": captchas.code(secret, captchas.read(secret, id_))}
    sender = app.test_client()
    for said in ("said=sent", "said=again"):
        answer = sender.post("/frame/guarded/comments", data=form, headers=OURS, base_url=HTTPS)
        assert answer.status_code == 303, answer.text
        assert said in answer.headers["Location"]


def test_the_work_of_a_kept_page_is_worth_what_it_takes(core, guarded, submit):
    # The page was there five seconds ago: nobody writes faster.
    then = create_app(replace(core, now=lambda: core.now() - timedelta(seconds=5)))
    page = then.test_client().get("/frame/guarded", query_string=ASKED).text
    secret, id_ = core.signer.derive("captcha"), field(page, "captcha_id")
    proof = {"id": id_, "answer": captchas.code(secret, captchas.read(secret, id_))}
    proof["work"] = solve(work(page))
    assert submit("guarded", captcha=proof).status_code == 202


def test_without_a_captcha_there_is_only_a_key(news, visit):
    pages = [visit("news") for _ in range(3)]
    assert len({field(page, "key") for page in pages}) == 3
    assert "captcha_id" not in pages[0]


def test_readers_with_cookies_see_their_own_and_those_without_see_none_of_it(
    app, core, news, record, visit
):
    known = app.test_client()
    form = {"thread": ARTICLE, "name": "Ann", "body": "Waiting to be read.", "key": "k1"}
    known.post("/frame/news/comments", data=form, headers=OURS, base_url=HTTPS)
    [_, voted] = speak(core, news, ARTICLE, [Said("One."), Said("Two.")])
    vote = {"thread": ARTICLE, "direction": f"up {voted.id}"}
    known.post("/frame/news/votes", data=vote, headers=OURS, base_url=HTTPS)
    for _ in range(2):
        own = known.get("/frame/news", query_string=ASKED, base_url=HTTPS).text
        assert "Waiting to be read." in own
        assert own.count('aria-pressed="true"') == 1
        other = visit("news")
        assert "Waiting to be read." not in other
        assert 'aria-pressed="true"' not in other
        assert "data-own" not in other
        assert f'value="up {voted.id}"' in other


def test_moderators_see_what_everybody_sees(ines, publish, visit):
    publish()
    for _ in range(2):
        page = ines.client.get("/frame/news", query_string=ASKED).text
        assert re.sub(r'name="key" value="[^"]+"', "", page) == re.sub(
            r'name="key" value="[^"]+"', "", visit("news")
        )


def test_faults_of_a_form_are_shown_to_whoever_sent_it(app, guarded, visit):
    visit()
    form = {"thread": ARTICLE, "name": "Typed by Ann", "body": "", "key": "k"}
    page = app.test_client().post("/frame/guarded/comments", data=form, headers=OURS)
    assert page.status_code == 422
    assert "Typed by Ann" in page.text
    other = visit()
    assert "Typed by Ann" not in other
    assert "aria-invalid" not in other


def test_the_next_reader_sees_a_vote_a_decision_and_a_comment_at_once(
    app, core, news, record, publish, reader, visit
):
    first = publish()
    assert visit("news").count('class="comment"') == 1
    url = f"/api/v1/sites/news/comments/{first.id}/vote"
    app.test_client().put(url, json={"direction": "up"}, headers=reader)
    assert '<span class="number">1</span>' in visit("news")
    speak(core, news, ARTICLE, [Said("Just now.")])
    assert "Just now." in visit("news")
    stored = comments.get(record, first.id)
    comments.change_status(record, stored, Status.REMOVED, by="ines", now=core.now())
    assert visit("news").count('class="comment"') == 1


def test_many_pages_cost_a_caller_nothing_that_a_sender_is_not_asked_for(
    core, guarded, visit, submit, faults
):
    # A kept page offers the least work; what is suspicious is asked for more when it is sent.
    page = visit()
    secret, id_ = core.signer.derive("captcha"), field(page, "captcha_id")
    proof = {"id": id_, "answer": captchas.code(secret, captchas.read(secret, id_))}
    proof["work"] = solve(work(page))
    refused = submit("guarded", captcha=proof, body="See https://boats.example")
    assert faults(refused) == {"captcha": "work"}
