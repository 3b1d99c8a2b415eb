"""Clients that send slowly, oddly or nothing hold up nobody, and are sent away."""

import http.client
import json
import socket
from contextlib import ExitStack, suppress
from urllib.parse import urlsplit

import pytest

DEEP = "[" * 20_000
FORM = "Content-Type: application/x-www-form-urlencoded\r\n"
JSON = "Content-Type: application/json\r\n"
HALF = "POST /1.1/verify-key HTTP/1.1\r\nHost: x\r\n" + FORM + "Content-Length: 1000\r\n\r\nkey="
CHUNKED = "POST /api/v1/sites/demo/comments HTTP/1.1\r\nHost: x\r\n" + JSON
CHUNKED += "Transfer-Encoding: chunked\r\n\r\n"
FRAME = "POST /frame/demo/comments?lang=de HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nb"
PHASE = "POST /coral/moderate HTTP/1.1\r\nHost: x\r\n" + JSON + "Content-Length: 9\r\n\r\n{"
PAGE = "GET /healthz HTTP/1.1\r\nHost: x\r\n"
CLOSE = "Connection: close\r\n\r\n"
HEADERS = "".join(f"x-{number}: y\r\n" for number in range(300))


@pytest.fixture
def dial(running):
    at = urlsplit(running.url)

    def dial(sent: str) -> socket.socket:
        # From an address of their own: what one address may ask at the same time is limited.
        client = socket.create_connection((at.hostname, at.port), 30, ("127.0.0.2", 0))
        client.sendall(sent.encode("latin-1"))
        return client

    with ExitStack() as opened:
        yield lambda sent: opened.enter_context(dial(sent))


@pytest.fixture
def ask(running):
    at = urlsplit(running.url)

    def ask(method: str, path: str, body: str = "", **headers: str) -> tuple[int, bytes]:
        connection = http.client.HTTPConnection(at.hostname, at.port, timeout=30)
        try:
            connection.request(method, path, body or None, headers)
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()

    return ask


def drip(clients: list[socket.socket]) -> None:
    for client in clients:
        # Some have been sent away.
        with suppress(ConnectionError):
            client.sendall(b"a")


def told(client: socket.socket) -> bytes:
    """Everything that the server says until it hangs up."""
    return b"".join(iter(lambda: client.recv(65_536), b""))


def status(answer: bytes) -> int:
    return int(answer.split()[1])


@pytest.mark.parametrize(
    "sent",
    ["", PAGE, HALF, CHUNKED, CHUNKED + "5\r\n{", PAGE + "\r\n" + HALF],
    ids=["silent", "half a head", "half a body", "no chunk", "half a chunk", "pipelined"],
)
def test_others_are_answered_beside_three_hundred_slow_clients(dial, ask, sent):
    slow = [dial(sent) for _ in range(300)]
    for _ in range(3):
        assert ask("GET", "/healthz")[0] == 200
        assert ask("GET", "/readyz")[0] == 200
        verified = ask("POST", "/1.1/verify-key", "key=x", **dict([FORM.strip().split(": ")]))
        assert verified == (200, b"invalid")
        drip(slow)


def test_whoever_does_not_finish_is_told_and_sent_away(dial):
    words = {
        HALF: (408, b"invalid"),
        CHUNKED + "5\r\n{": (408, b'"title": "Request Timeout"'),
        FRAME: (408, "Gehen Sie zurück".encode()),
        # Coral publishes what is answered with an error.
        PHASE: (200, b'{"status": "PREMOD"}'),
    }
    clients = {sent: dial(sent) for sent in words}
    for sent, (code, said) in words.items():
        answer = told(clients[sent])
        assert status(answer) == code
        assert said in answer


def test_silent_and_idle_connections_end(dial):
    clients = [dial(sent) for sent in ("", PAGE, PAGE + "\r\n")]
    silent, half, idle = map(told, clients)
    assert (silent, half) == (b"", b"")
    assert status(idle) == 200


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        ("GET /healthz HTTP/1.0\r\n\r\n", 200),
        ("GET http://other.example/healthz HTTP/1.1\r\nHost: x\r\n" + CLOSE, 200),
        ("GET /frame/de%00mo?thread=%00 HTTP/1.1\r\nHost: x\r\n" + CLOSE, 404),
        ("GET /frame/%E9%FF HTTP/1.1\r\nHost: x\r\n" + CLOSE, 404),
        ("OPTIONS * HTTP/1.1\r\nHost: x\r\n" + CLOSE, 404),
        ("NON-SENSE /healthz HTTP/1.1\r\nHost: x\r\n" + CLOSE, 405),
        ("G@T /healthz HTTP/1.1\r\nHost: x\r\n" + CLOSE, 400),
        ("GET /healthz\r\n\r\n", 400),
        ("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n", 400),
        ("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab", 400),
        ("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip\r\n\r\n", 400),
        (CHUNKED + "zz\r\n\r\n", 400),
        (PAGE + HEADERS + CLOSE, 431),
        (PAGE + "X: " + "a" * 1_000_000 + "\r\n" + CLOSE, 431),
        (HALF.replace("1000", "100000000").replace("1.1/verify-key", "api/v1/analyze"), 401),
        (CHUNKED.replace("chunked\r\n\r\n", "chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n"), 422),
        (PAGE + "Cookie: a=\xe9\r\n" + CLOSE, 200),
    ],
)
def test_odd_requests_are_answered(dial, sent, code):
    client = dial("")
    try:
        client.sendall(sent.encode("latin-1"))
        answer = client.recv(65_536)
    except ConnectionError:
        # Refused before all of it was sent.
        assert code == 431
        return
    assert status(answer) == code


def test_http_2_is_declined(dial):
    assert told(dial("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")) == b""


@pytest.mark.parametrize("path", ["sites/demo/comments", "sites/demo/comments/x/flag", "analyze"])
@pytest.mark.parametrize("is_chunked", [True, False], ids=["chunked", "whole"])
def test_json_nested_without_end_is_a_problem_of_the_client(ask, path, is_chunked):
    headers = {"Content-Type": "application/json"}
    body = iter([DEEP.encode()]) if is_chunked else DEEP
    method = "PUT" if path.endswith("flag") else "POST"
    code, answer = ask(method, f"/api/v1/{path}", body, **headers)
    assert code in (401, 422)
    assert json.loads(answer)["status"] == code


def test_a_chunked_body_is_as_good_as_any_other(ask):
    body = iter([b'{"thread": "https://other', b'.example/", "body": "x"}'])
    code, answer = ask(
        "POST", "/api/v1/sites/demo/comments", body, **{"Content-Type": "application/json"}
    )
    assert code == 422
    assert "not-json" not in {fault["code"] for fault in json.loads(answer)["errors"]}


def test_a_body_that_is_too_large_is_refused_however_it_comes(ask):
    for body in ("x" * 2_000_000, iter([b"x" * 65_536] * 32)):
        try:
            code, _ = ask("POST", "/frame/demo/comments", body, **{"Sec-Fetch-Site": "same-origin"})
        except ConnectionError:
            continue
        assert code == 413
