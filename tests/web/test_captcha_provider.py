"""An operator's own captcha: one file and one line in a table; here, a question."""

import json
import threading
import urllib.error
import urllib.parse
import urllib.request

import pytest
from werkzeug.serving import make_server

from service.app import create_app
from service.captcha import Offer
from service.captcha.strategies import STRATEGIES, Providers
from service.domain.site import CaptchaStrategy
from tests.factories import ARTICLE


class QuestionProvider:
    """Asks for the colour of the tram; its picture is on another server."""

    kind = "question"
    number = 8
    sources = ("img-src https://pictures.example",)

    def offer(self, secret, captcha):
        html = (
            '<p>Which colour has <img src="https://pictures.example/tram.png" alt="the tram">?</p>'
        )
        return Offer(html=html, fields={"question": "Which colour has the tram?"})

    def verify(self, secret, captcha, answer):
        return answer.strip().casefold() == "yellow"


class StopsAtRedirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args):
        return None


@pytest.fixture
def server(core, guarded, monkeypatch):
    """The address of a server whose sites ask a question instead of showing a picture."""
    monkeypatch.setitem(STRATEGIES, CaptchaStrategy.IMAGE, Providers(shown=QuestionProvider()))
    serving = make_server("127.0.0.1", 0, create_app(core), threaded=True)
    thread = threading.Thread(target=serving.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{serving.server_port}"
    serving.shutdown()
    thread.join()


@pytest.fixture
def call(server):
    """Call the server and return status, headers and text."""
    opener = urllib.request.build_opener(StopsAtRedirects)

    def call(path, data=None, **headers):
        headers = {name.replace("_", "-"): value for name, value in headers.items()}
        request = urllib.request.Request(f"{server}{path}", data=data, headers=headers)
        try:
            answer = opener.open(request, timeout=10)
        except urllib.error.HTTPError as refused:
            answer = refused
        with answer:
            return answer.status, answer.headers, answer.read().decode()

    return call


@pytest.fixture
def post(call):
    """Post JSON to the API of the site and return status and JSON."""

    def post(path, **sent):
        body = json.dumps(sent).encode()
        url = f"/api/v1/sites/guarded{path}"
        status, _, text = call(url, data=body, Content_Type="application/json")
        return status, json.loads(text)

    return post


@pytest.fixture
def comment(post):
    """Send a comment with an answer to a captcha."""

    def comment(captcha, answer):
        proof = {"id": captcha["id"], "answer": answer}
        sent = {"thread": ARTICLE, "name": "Ann", "body": "What a lovely tram.", "captcha": proof}
        return post("/comments", **sent)

    return comment


def codes(problem):
    return {fault["field"]: fault["code"] for fault in problem["errors"]}


def test_it_is_offered(post):
    status, captcha = post("/captchas")
    assert (status, captcha["kind"], captcha["image"]) == (201, "question", None)
    assert captcha["question"] == "Which colour has the tram?"


def test_a_wrong_answer_is_refused_and_a_right_one_taken_once(post, comment):
    _, captcha = post("/captchas")
    status, problem = comment(captcha, "green")
    assert (status, codes(problem)) == (422, {"captcha.answer": "wrong"})
    assert comment(captcha, " Yellow ")[0] == 202
    status, problem = comment(captcha, "yellow")
    assert (status, codes(problem)) == (422, {"captcha.id": "used"})


def test_what_it_has_no_picture_of_is_not_found(call, post):
    _, captcha = post("/captchas")
    for ending in ("png", "wav"):
        assert call(f"/api/v1/captchas/{captcha['id']}.{ending}")[0] == 404


def test_the_form_asks_it_and_may_load_what_it_shows(call):
    status, headers, page = call(f"/frame/guarded?thread={urllib.parse.quote(ARTICLE)}")
    assert status == 200
    assert '<img src="https://pictures.example/tram.png" alt="the tram">' in page
    assert 'id="picture"' not in page
    assert "img-src 'self' https://pictures.example;" in headers["Content-Security-Policy"]


@pytest.mark.parametrize(("answer", "expected"), [("green", 422), ("yellow", 303)])
def test_the_form_takes_the_right_answer_only(call, post, answer, expected):
    _, captcha = post("/captchas")
    entries = {
        "thread": ARTICLE,
        "name": "Ann",
        "body": "What a lovely tram.",
        "captcha_id": captcha["id"],
        "answer": answer,
    }
    form = urllib.parse.urlencode(entries).encode()
    status, _, _ = call("/frame/guarded/comments", data=form, Sec_Fetch_Site="same-origin")
    assert status == expected
