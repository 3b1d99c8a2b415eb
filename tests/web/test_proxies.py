"""Behind a proxy every reader has an address of their own, however the proxy writes it."""

import pytest
from flask import request

from service.app import create_app

READER = "203.0.114.7"


@pytest.fixture
def seen(core, news):
    """Ask which address, scheme and host a request is taken to come from."""

    def seen(*headers, proxies=1):
        app = create_app(core, trusted_proxies=proxies)
        app.add_url_rule("/seen", view_func=lambda: f"{request.remote_addr} {request.host_url}")
        return app.test_client().get("/seen", headers=list(headers)).text.split()

    return seen


@pytest.mark.parametrize(
    ("sent", "address"),
    [
        ("203.0.114.7", READER),
        ("203.0.114.7:4007", READER),
        (" 203.0.114.7:4007 ", READER),
        ("203.0.114.7,", READER),
        ("6.6.6.6, 203.0.114.7:4007", READER),
        ("2001:db8::1", "2001:db8::1"),
        ("2001:DB8:0:0::1", "2001:db8::1"),
        ("[2001:db8::1]", "2001:db8::1"),
        ("[2001:db8::1]:443", "2001:db8::1"),
        ('"[2001:db8::1]:443"', "2001:db8::1"),
        ("fe80::1%eth0", "fe80::1"),
        ("[fe80::1%25eth0]:443", "fe80::1"),
        ("::ffff:203.0.114.7", READER),
        ("unknown", "unknown"),
        ("_hidden", "unknown"),
        ("6.6.6.6, unknown", "unknown"),
        ("[::1", "unknown"),
        ("203.0.114.7:4007:1", "unknown"),
    ],
)
def test_an_address_is_read_without_port_brackets_and_quotes(seen, sent, address):
    assert seen(("X-Forwarded-For", sent))[0] == address


@pytest.mark.parametrize(
    ("sent", "answer"),
    [
        ("for=203.0.114.7", [READER, "http://localhost/"]),
        ('For="203.0.114.7:4007";proto=https;host=news.example', [READER, "https://news.example/"]),
        ('for=6.6.6.6, for="[2001:db8::1]:443"', ["2001:db8::1", "http://localhost/"]),
        ('for="_a, b", for=203.0.114.7;by="x,y"', [READER, "http://localhost/"]),
        ("for=6.6.6.6, by=10.0.0.1", ["unknown", "http://localhost/"]),
        ("for=unknown", ["unknown", "http://localhost/"]),
    ],
)
def test_the_standard_header_is_read_too(seen, sent, answer):
    assert seen(("Forwarded", sent)) == answer


def test_a_reader_cannot_choose_an_address(seen):
    spoof = ("X-Forwarded-For", f"6.6.6.6, {READER}:1"), ("Forwarded", "for=6.6.6.6")
    assert seen(*spoof)[0] == READER
    assert seen(*spoof, proxies=0)[0] == "127.0.0.1"
    assert seen(("X-Forwarded-For", f"6.6.6.6, {READER}:1, [10.0.0.1]:9"), proxies=2)[0] == READER


def test_readers_behind_a_proxy_that_names_ports_do_not_share_an_allowance(core, news):
    client = create_app(core, trusted_proxies=1).test_client()
    sent = {"thread": "https://news.example/tram", "name": "Marta", "body": "Well said."}

    def statuses(addresses):
        comments = "/api/v1/sites/news/comments"
        answers = [
            client.post(comments, json=sent, headers={"X-Forwarded-For": address})
            for address in addresses
        ]
        return {answer.status_code for answer in answers}

    assert 429 not in statuses(f"203.0.114.{reader}:4007" for reader in range(30))
    assert 429 in statuses(f"203.0.114.7:{4000 + port}" for port in range(30))


def test_a_proxy_that_serves_us_below_a_path_is_reported(seen, capsys):
    seen(("X-Forwarded-Prefix", "/comments"))
    assert "below a path" in capsys.readouterr().out
