"""Webhooks to a real web server: signed, without redirects, never into our own network."""

import hashlib
import hmac
import json
import socket
from contextlib import suppress
from threading import Event, Thread

import pytest

from service.desk.office.alerts import set_limits, webhook_secret
from service.domain.alert import Alert
from service.domain.errors import Invalid
from service.store.site import alerts, letters
from tests.workers.outbox import INES, a_letter, limits
from workers.outbox import webhook


def test_a_webhook_is_called_with_a_signature_that_holds(
    core, record, held, hook, a_delivery, news
):
    limits(record, depth=1, webhook=hook.url)
    held(1)
    delivery = a_delivery(webhook_private=True)
    delivery.write(core)
    delivery.send(core)
    [(headers, body)] = hook.got
    sent = json.loads(body)
    assert (sent["site"], sent["waiting"], sent["oldest_minutes"]) == ("news", 1, 120)
    stamp, digest = (part.split("=")[1] for part in headers["Folkmoot-Signature"].split(","))
    secret = webhook_secret(core, news).encode()
    expected = hmac.new(secret, f"{stamp}.".encode() + body, hashlib.sha256).hexdigest()
    assert digest == expected
    assert "delivered" in alerts.get(record).said


@pytest.mark.parametrize("status", [301, 404, 500])
def test_a_webhook_that_does_not_say_yes_is_called_again_and_nobody_is_followed(
    core, record, held, hook, a_delivery, status
):
    limits(record, depth=1, webhook=hook.url)
    held(1)
    hook.status = status
    delivery = a_delivery(webhook_private=True)
    delivery.write(core)
    delivery.send(core)
    assert (len(hook.got), letters.waiting(record.redis)) == (1, 1)
    assert f"answered {status}" in alerts.get(record).said


def test_a_webhook_into_our_own_network_is_not_called(core, record, held, hook, a_delivery):
    limits(record, depth=1, webhook=hook.url.replace("127.0.0.1", "localhost"))
    held(1)
    delivery = a_delivery()
    delivery.write(core)
    delivery.send(core)
    assert (hook.got, letters.waiting(record.redis)) == ([], 0)
    assert "private address" in alerts.get(record).said


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://[::1]/",
        "http://10.1.2.3/",
        "http://169.254.169.254/latest/meta-data",
        "http://[::ffff:10.0.0.1]/",
        "http://[fd00::1]/",
        "http://0.0.0.0/",
        "http://2130706433/",
        "http://100.64.0.1/",
        "http://192.0.0.192/",
        "http://[::127.0.0.1]/",
        "http://[64:ff9b::7f00:1]/",
        "http://[fec0::1]/",
        "http://[2002:7f00:1::]/",
        "http://0x7f.1/",
        "ftp://news.example/",
        "file:///etc/passwd",
        "http://user:secret@news.example/",
    ],
)
def test_addresses_that_are_never_called(url):
    with pytest.raises((webhook.AddressRefused, webhook.CallFailed)):
        webhook.call(url, "{}", ["s"], 1)


@pytest.mark.parametrize("address", ["ftp://x.example", "javascript:alert(1)", "https://", "x"])
def test_an_address_that_is_none_is_refused_when_it_is_typed(core, news, address):
    with pytest.raises(Invalid):
        set_limits(core, INES, news, Alert(webhook=address))


@pytest.fixture
def dripping():
    """A server that sends its answer byte by byte, without end."""
    stop = Event()

    def drip(listening):
        with suppress(OSError):
            while not stop.is_set():
                line, _ = listening.accept()
                with line:
                    while not stop.wait(0.05):
                        line.send(b"H")

    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = Thread(target=drip, args=(listening,), daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/"
        stop.set()
    thread.join(5)


def test_a_server_that_drips_does_not_keep_the_next_letter(
    core, redis, a_delivery, hook, dripping, monkeypatch
):
    monkeypatch.setattr(webhook, "TIMEOUT", 2.0)
    letters.post(redis, a_letter(id="a", to=dripping), core.now())
    letters.post(redis, a_letter(id="b", to=hook.url), core.now())
    a_delivery(webhook_private=True).send(core)
    assert len(hook.got) == 1
    assert letters.waiting(redis) == 1, "the first one is tried again later"
