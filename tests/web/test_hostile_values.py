"""Every route with hostile values in path, query, form and body: a refusal, never a defect."""

import itertools
import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from service.app import create_app
from tests.factories import ARTICLE, a_comment

OURS = {"Origin": "http://localhost"}
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
DEEP = "[" * 1_500
# Percent-encoded, as they arrive.
VALUES = {
    "nul": "a%00b",
    "surrogate": "%ED%A0%80",
    "not utf-8": "%FF%FE",
    "line breaks": "/review/%0D%0AX-Bad:%201",
    "separators": "/review/%E2%80%A8%C2%85%1B%5B31m",
    "long": "x" * 900,
    "negative": "-1",
    "huge": "9" * 400,
    "not a number": "1e999",
    "deep": DEEP,
    "object": "%7B%22id%22:%7B%7D,%22response%22:5%7D",
    "digits of another script": "%D9%A3%C2%B2",
    "empty": "",
    "markup": "%7B%7B7*7%7D%7D%3Cscript%3E%27%22",
    "elsewhere": "//evil.example/%5C..%2F",
}
NAME = re.compile(r"""\.(?:get|getlist)\(\s*"([a-z_-]+)"|number\("([a-z_-]+)"|name="([a-z_-]+)\"""")
BODIES = {
    "multipart without a boundary": ("multipart/form-data", b"--x\r\n\r\n"),
    "broken multipart": ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form"),
    "deep json": ("application/json", b"[" * 20_000),
    "json of the wrong kind": ("application/json", b"[1]"),
    "json with odd values": ("application/json", b'{"thread":"\\ud800","limit":1e999,"ids":[{}]}'),
    "not a media type": (";;=;", b"x"),
}


def fields():
    """Every name that a page or a view reads, from the sources themselves."""
    sources = Path("service/web")
    texts = [file.read_text() for kind in ("*.py", "*.html") for file in sources.rglob(kind)]
    return sorted({"".join(found) for text in texts for found in NAME.findall(text)})


FIELDS = fields()


@pytest.fixture
def client(core, news):
    return create_app(core, with_demo=True).test_client()


@pytest.fixture
def owner(client, core, ines):
    """An owner, who comes further than the guard."""
    from service.desk.account import sessions
    from service.desk.account.devices import Visit

    def enter():
        entry = sessions.open_session(core, ines.account_now(), Visit(address="a"))
        client.set_cookie("folkmoot", entry.token)
        return client

    return enter


def routes(client):
    for rule in client.application.url_map.iter_rules():
        for method in METHODS:
            # No worker runs here, so the installation is not ready.
            if method in rule.methods and rule.endpoint != "health.get_readiness":
                yield method, rule


def paths(rule, value):
    """The path with honest values, and once with a hostile one in each place."""
    honest = {"site": "news", "comment": a_comment().id, "author": "x" * 16}
    names = re.findall(r"<(?:\w+:)?(\w+)>", rule.rule)
    for hostile in [None, *names]:
        chosen = {name: honest.get(name, "x") for name in names}
        chosen |= {hostile: value.replace("/", "%2F")} if hostile else {}
        yield re.sub(r"<(?:\w+:)?(\w+)>", lambda found: chosen[found[1]], rule.rule)  # noqa: B023


def requests(method, rule, turn):
    """An honest address with hostile fields, and an address with one hostile place for each."""
    values = list(VALUES.values())
    honest, *others = paths(rule, values[turn])
    # Each turn gives every field another value: a refused field must not hide the next one.
    turned = zip(FIELDS, itertools.cycle(values[turn:] + values[:turn]), strict=False)
    fields = "&".join(f"{name}={value}" for name, value in turned)
    form = {"content_type": "application/x-www-form-urlencoded", "headers": OURS}
    sent = {} if method == "GET" else {"data": f"thread={ARTICLE}&{fields}", **form}
    yield f"{honest}?thread={ARTICLE}&{fields}", sent
    yield from ((f"{path}?thread={ARTICLE}", sent) for path in others)


def is_wrong(answer):
    """Whether an answer is a defect, or leads to another host."""
    location = answer.headers.get("Location", "")
    host = urlsplit(location).hostname
    return answer.status_code >= 500 or host not in (None, "localhost") or "\\" in location


def test_the_names_of_the_fields_are_found():
    assert {"next", "thread", "credential", "password", "preview", "q"} <= set(FIELDS)


@pytest.mark.parametrize("turn", range(0, len(VALUES), 4))
def test_no_value_is_a_defect(owner, turn):
    wrong = []
    client = owner()
    for number, (method, rule) in enumerate(routes(client)):
        for address, sent in requests(method, rule, (turn + number) % len(VALUES)):
            # Some of the forms end the session.
            answer = owner().open(address, method=method, **sent)
            if is_wrong(answer):
                wrong.append((method, rule.rule, answer.status_code, answer.headers))
    assert not wrong


@pytest.mark.parametrize(("kind", "content"), BODIES.values(), ids=BODIES)
def test_no_body_is_a_defect(client, owner, kind, content):
    wrong = []
    for method, rule in routes(client):
        if method != "GET":
            [path, *_] = paths(rule, "")
            answer = owner().open(
                path, method=method, data=content, content_type=kind, headers=OURS
            )
            if answer.status_code >= 500:
                wrong.append((method, rule.rule, answer.status_code))
    assert not wrong


ODD = (
    "\x00",
    "\x85;q=x,,=\x1b[2J",
    "bytes=9-1,x-",
    "\xff" * 300,
    "999999999999999999999999",
    '"\\u2028',
)
HEADERS = (
    *("Accept", "Accept-Encoding", "Accept-Language", "Authorization", "Cookie", "Content-Type"),
    *("Folkmoot-Reader", "Folkmoot-Receipt", "Idempotency-Key", "If-Modified-Since"),
    *("If-None-Match", "If-Range", "Origin", "Range", "Referer", "Sec-Fetch-Site", "User-Agent"),
    *("X-Coral-Signature", "X-Forwarded-For", "X-Goog-Api-Key"),
)


@pytest.mark.parametrize("turn", range(0, len(ODD), 2))
def test_no_header_is_a_defect(client, turn):
    wrong = []
    for method, rule in routes(client):
        [path, *_] = paths(rule, "")
        headers = dict(zip(HEADERS, itertools.cycle(ODD[turn:] + ODD[:turn]), strict=False))
        if method != "GET":
            headers |= {"Sec-Fetch-Site": "same-origin", "Content-Type": "application/json"}
        answer = client.open(f"{path}?thread={ARTICLE}", method=method, headers=headers, data=b"{}")
        if is_wrong(answer):
            wrong.append((method, rule.rule, answer.status_code))
    assert not wrong
