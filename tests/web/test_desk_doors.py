"""The desk's doors: what costs comes after what is cheap, and addresses lead to our pages only."""

import base64
import itertools
import json

import pytest

from service.app import create_app
from service.clients import keyring
from service.desk.account import accounts, passkeys, passwords, sessions
from service.desk.account.devices import Visit
from service.domain.errors import PasskeyRefused
from service.domain.key import ApiKey, Scope
from service.domain.moderator import Role
from service.turnstile import LONG_READS
from tests.web.device import Device
from tests.web.person import OURS, PASSWORD, Person, shown


@pytest.fixture
def crowded():
    """As many hashes under way as are allowed at once."""
    with passwords.HASHING.passed(), passwords.HASHING.passed():
        yield


@pytest.fixture
def link(core, app):
    ben = Person(core, app.test_client(), "ben", Role.MODERATOR)
    return accounts.invite(core, ben.account).removeprefix(core.public_url)


def welcome(app, path, password=PASSWORD):
    return app.test_client().post(path, headers=OURS, data={"password": password})


def test_without_a_link_nothing_is_hashed(app, crowded):
    assert welcome(app, "/review/welcome/x").status_code == 410


def test_links_are_not_guessed_without_end(app):
    answers = [welcome(app, "/review/welcome/x").status_code for _ in range(60)]
    assert (answers[0], answers[-1]) == (410, 429)


def test_with_too_many_hashes_under_way_a_link_waits_and_stays_valid(app, link):
    with passwords.HASHING.passed(), passwords.HASHING.passed():
        busy = welcome(app, link)
    assert busy.status_code == 503
    assert int(busy.headers["Retry-After"]) > 0
    assert "please try again" in shown(busy)
    assert welcome(app, link).status_code == 303


def test_with_too_many_hashes_under_way_everybody_is_answered_alike(ines, elsewhere, crowded):
    for name in ("ines", "nobody"):
        busy = elsewhere(name).sign_in()
        assert busy.status_code == 503
        assert "Retry-After" in busy.headers
    # Nothing else of the desk waits.
    assert ines.get("news").status_code == 200


@pytest.mark.parametrize("password", ["", "x" * 201])
def test_a_password_that_nobody_has_is_refused_without_a_hash(ines, elsewhere, crowded, password):
    for name in ("ines", "nobody"):
        assert elsewhere(name).sign_in(password).status_code == 401


def test_with_too_many_long_reads_under_way_the_next_one_waits(ines):
    with LONG_READS.passed(), LONG_READS.passed():
        busy = ines.get("news/policy")
        assert busy.status_code == 503
        assert int(busy.headers["Retry-After"]) > 0
    assert ines.get("news/policy").status_code == 200


@pytest.mark.parametrize(
    "password",
    [
        *("passwordpassword", "Password1234!", "123456789012", "qwertyuiopas", "aaaaaaaaaaaa"),
        *("benbenbenben", "Folkmoot2026", "comments.example", "newspaper12345", "iloveyou1234"),
        "a" * 200,
    ],
)
def test_a_password_that_is_easy_to_guess_is_refused_with_advice(app, link, password):
    answer = welcome(app, link, password)
    assert answer.status_code == 422
    assert "easy to guess" in shown(answer)
    assert "password manager" in shown(answer)


@pytest.mark.parametrize(
    "password",
    [
        "tram cello ladder moss",
        "vq7Lr2nXw9sP",
        "Straßenbahn über Nacht",
        "猫が屋根で長い歌を歌った夜",
    ],
)
def test_a_password_that_is_hard_to_guess_is_taken(app, link, password):
    assert welcome(app, link, password).status_code == 303


def test_a_weak_password_does_not_replace_a_good_one(ines, elsewhere):
    answer = ines.post("account/password", old=PASSWORD, password="passwordpassword")
    assert answer.status_code == 422
    assert "easy to guess" in shown(answer)
    assert elsewhere().sign_in().status_code == 303


FOREIGN = [
    *("//evil.example", "/\\evil.example", "/review/..//evil.example", "/review/\\evil.example"),
    *("/review//evil.example", "/review/\t/evil.example", "\t//evil.example", " /review/"),
    *("https://evil.example/review/", "/review/\r\nX-Bad: 1", "/review/\nX", "/review/%0d%0aX"),
    *("/review/../embed.js", "/review/%2e%2e/%2fevil.example", "/review/.//evil", "/reviewers"),
    *("/review/@evil.example/../..", "/review/\x00", "/review/\u2028x", "javascript:alert(1)"),
    *("/review/news?\r\nSet-Cookie: a=b", "/review/" + "x" * 5000, "/review/news/./log", ""),
]


def test_a_sign_in_page_carries_only_our_own_addresses(app):
    client = app.test_client()
    for requested in FOREIGN:
        page = client.get("/review/sign-in", query_string={"next": requested})
        assert 'name="next" value="/review/"' in page.text, requested


@pytest.mark.parametrize("requested", FOREIGN[:10])
def test_after_signing_in_only_our_own_pages_come(ines, elsewhere, requested):
    data = {"name": "ines", "password": PASSWORD, "next": requested}
    answer = elsewhere().client.post("/review/sign-in", headers=OURS, data=data)
    assert (answer.status_code, answer.location) == (303, "/review/")


@pytest.mark.parametrize(
    "requested",
    [
        *("/review/", "/review/news", "/review/news/log", "/review/news/comments/01ab"),
        *("/review/news?state=held&q=%C3%BC%20x&host=a.example&low=0.5", "/review/news/log.csv"),
    ],
)
def test_after_signing_in_the_requested_page_comes(ines, elsewhere, requested):
    data = {"name": "ines", "password": PASSWORD, "next": requested}
    answer = elsewhere().client.post("/review/sign-in", headers=OURS, data=data)
    assert answer.location == requested


@pytest.mark.parametrize(
    "path", ["nope", "nope/log", "news/nope", "account/nope", "people/x/y", "news/comments/x/y"]
)
def test_an_unknown_address_of_the_desk_is_a_page(ines, app, path):
    answer = ines.get(path)
    assert answer.status_code == 404
    assert answer.mimetype == "text/html"
    assert "To the review desk" in shown(answer)
    assert "style-src 'self'" in answer.headers["Content-Security-Policy"]
    stranger = app.test_client().get(f"/review/{path}")
    assert stranger.status_code in (303, 404)
    assert stranger.mimetype == "text/html"


def test_a_wrong_method_at_the_desk_is_a_page_and_elsewhere_a_problem(ines, client):
    answer = ines.get("account/password")
    assert (answer.status_code, answer.mimetype) == (405, "text/html")
    assert "POST" in answer.headers["Allow"]
    assert client.get("/nope").mimetype == "application/problem+json"
    program = ines.client.get("/review/news/nope", headers={"Accept": "application/json"})
    assert program.mimetype == "application/problem+json"


DEEP = "[" * 20_000
CREDENTIALS = [
    *("", "x", "null", "[]", "1", DEEP, '{"a":' * 5_000, '{"id":1e999}', '"\\ud800"', "NaN"),
    *(
        '{"response":[]}',
        '{"response":{"clientDataJSON":5}}',
        '{"response":{"clientDataJSON":"é"}}',
    ),
]


@pytest.mark.parametrize("path", ["sign-in/passkey", "account/passkeys"])
def test_a_deep_answer_of_no_device_is_refused(ines, path):
    for credential in (DEEP, inside(DEEP)):
        assert ines.post(path, credential=credential).status_code == 401


def inside(client_data):
    encoded = base64.urlsafe_b64encode(client_data.encode()).decode()
    return json.dumps({"id": "x", "response": {"clientDataJSON": encoded}})


@pytest.fixture
def asked(core, ines):
    """A device that may register, and functions that read its answers."""
    moderator = ines.account_now()
    session = sessions.open_session(core, moderator, Visit(address="a")).session
    device = Device(core.public_url)

    def makes():
        return json.loads(device.make(json.loads(passkeys.offer(core, moderator, session))))

    def signs():
        return json.loads(device.sign(json.loads(passkeys.ask(core))))

    def register(answer):
        passkeys.register(core, moderator, session, answer, "Laptop")

    register(json.dumps(makes()))
    return [(makes, register), (signs, lambda answer: passkeys.recognise(core, answer))]


def test_an_answer_that_no_device_gives_is_refused(asked):
    for credential in CREDENTIALS:
        for answer in (credential, inside(credential)):
            for _, read in asked:
                with pytest.raises(PasskeyRefused):
                    read(answer)


ODD = [
    None,
    5,
    [],
    {},
    "é",
    "\ud800",
    "x" * 3000,
    "gA" * 400,
    base64.b64encode(b"\x81" * 2000).decode(),
]


FIELDS = ("id", "type", "response", "authenticatorData", "signature", "attestationObject")


def test_an_answer_with_one_odd_field_is_refused(asked):
    for odd, field, (answer, read) in itertools.product(ODD, FIELDS, asked):
        changed = answer()
        place = changed if field in changed else changed["response"]
        if field in place:
            place[field] = odd
            with pytest.raises(PasskeyRefused):
                read(json.dumps(changed))


WIRE = {
    "/api/v1/analyze": {"texts": ["Well said."]},
    "/v1alpha1/comments:analyze": {
        "comment": {"text": "Well said."},
        "requestedAttributes": {"TOXICITY": {}},
    },
    "/v1/moderations": {"input": "Well said."},
}


def is_flagged(answer):
    if "attributeScores" in answer:
        return answer["attributeScores"]["TOXICITY"]["summaryScore"]["value"] == 1
    return answer["results"][0]["flagged"]


@pytest.mark.parametrize(("path", "sent"), WIRE.items(), ids=WIRE)
def test_without_a_key_nothing_is_scored_and_with_one_a_crowd_waits(core, news, path, sent):
    token = keyring.issue(core, ApiKey(id="", scope=Scope.ANALYZE))
    client = create_app(core).test_client()
    turnstile = client.application.extensions["folkmoot.analyst"].scorers.of()._model.turnstile

    def ask(key):
        headers = {"Authorization": f"Bearer {key}"}
        return client.post(path, json=sent, headers=headers)

    assert ask(token).status_code == 200
    with turnstile.passed(), turnstile.passed():
        assert ask(f"{token[:-1]}x").status_code in (400, 401)
        waits = ask(token)
        # Never as a harmless text: who asks may publish on an error.
        assert waits.status_code == 503 or is_flagged(waits.json)
