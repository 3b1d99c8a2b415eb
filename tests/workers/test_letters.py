"""Mails and webhooks, against a real mail server and a real web server; nothing waits for them."""

import hashlib
import hmac
import json
import socket
import time
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Event, Thread

import pytest
from aiosmtpd.controller import Controller

from service import settings
from service.domain.alert import Alert, Letter, Way
from service.domain.errors import Invalid, NotAllowed
from service.domain.moderator import Letters, Moderator, Role
from service.domain.verdict import Outcome
from service.office import alerting
from service.store import alerts, comments, intakes, letters, moderators
from service.supervisor import free_port
from tests.factories import a_comment, a_verdict, an_intake
from workers import hooking
from workers.postman import BACK_OFF, Postman

INES = Moderator(name="ines", role=Role.OWNER, email="ines@news.example", letters=(Letters.ALERTS,))


class Inbox:
    """What a mail server was given; it may refuse."""

    def __init__(self):
        self.mails, self.refusing = [], False

    async def handle_DATA(self, server, session, envelope):
        if self.refusing:
            return "451 later, please"
        self.mails.append(envelope)
        return "250 OK"


@pytest.fixture
def inbox():
    found = Inbox()
    server = Controller(found, hostname="127.0.0.1", port=free_port("127.0.0.1"))
    server.start()
    found.url = f"smtp://127.0.0.1:{server.port}"
    yield found
    server.stop()


@pytest.fixture
def hook():
    """A web server that keeps what it was posted; `status` is what it answers."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            size = int(self.headers["Content-Length"])
            server.got.append((self.headers, self.rfile.read(size)))
            self.send_response(server.status)
            self.send_header("Location", "http://127.0.0.1:1/elsewhere")
            self.end_headers()

        def log_message(self, *_):
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    server.got, server.status = [], 200
    server.url = f"http://127.0.0.1:{server.server_port}/queue?key=1"
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def later(core):
    """The core at another time."""
    return lambda **by: replace(core, now=lambda: core.now() + timedelta(**by))


@pytest.fixture
def held(redis, keys, news, core):
    def held(count):
        for _ in range(count):
            comment = a_comment(created_at=core.now() - timedelta(hours=2), body="A secret text.")
            intakes.accept(redis, keys, an_intake(comment))
            comments.judge(redis, keys, comment, a_verdict(Outcome.HOLD), now=core.now())

    return held


@pytest.fixture
def postman(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return lambda **wishes: Postman(settings.read(**wishes))


def limits(redis, keys, **more):
    alerts.put(redis, keys, Alert(**more))
    moderators.add(redis, INES)


def test_a_long_queue_is_told_once_with_counts_and_a_link(core, redis, keys, held, inbox, postman):
    limits(redis, keys, depth=3)
    carrier = postman(smtp_url=inbox.url, mail_from="desk@news.example")
    held(2)
    carrier.write(core)
    assert letters.waiting(redis) == 0
    held(1)
    carrier.write(core), carrier.write(core)
    carrier.go_round(core)
    [mail] = inbox.mails
    text = mail.content.decode()
    assert mail.rcpt_tos == ["ines@news.example"]
    assert "Subject: news: 3 comments wait" in text
    assert "http://comments.example/review/news" in text
    assert "the oldest for 120 minutes" in text
    assert "secret" not in text
    assert "Content-Type: text/plain" in text
    assert letters.waiting(redis) == 0


def test_an_old_comment_is_enough_and_a_short_queue_may_be_told_again(
    core, redis, keys, held, inbox, postman
):
    limits(redis, keys, minutes=60)
    carrier = postman(smtp_url=inbox.url)
    held(1)
    carrier.write(core)
    assert letters.waiting(redis) == 1
    redis.delete(keys.home(a_verdict(Outcome.HOLD).outcome.status))
    carrier.write(core)
    held(1)
    carrier.write(core)
    assert letters.waiting(redis) == 2


def test_only_who_wants_it_and_may_see_the_site_is_told(core, redis, keys, held, inbox, postman):
    limits(redis, keys, depth=1)
    moderators.add(redis, replace(INES, name="off", letters=()))
    moderators.add(redis, replace(INES, name="other", sites=("other",), email="o@news.example"))
    held(1)
    carrier = postman(smtp_url=inbox.url)
    carrier.write(core)
    carrier.go_round(core)
    assert [mail.rcpt_tos for mail in inbox.mails] == [["ines@news.example"]]


def test_the_daily_mail_comes_once_a_day(core, redis, keys, held, inbox, postman):
    moderators.add(redis, replace(INES, letters=(Letters.DAILY,)))
    held(2)
    carrier = postman(smtp_url=inbox.url, digest_hour=core.now().hour)
    carrier.write(core), carrier.write(core)
    carrier.go_round(core)
    [mail] = inbox.mails
    assert "news: 2 wait, the oldest for 2 hours" in mail.content.decode()
    alerting.summarise(replace(core, now=lambda: core.now().replace(hour=3)), 7)
    assert letters.waiting(redis) == 0


def test_a_mail_that_is_refused_is_tried_again_later(
    core, later, redis, held, keys, inbox, postman
):
    limits(redis, keys, depth=1)
    held(1)
    carrier = postman(smtp_url=inbox.url)
    inbox.refusing = True
    carrier.write(core)
    carrier.go_round(core)
    assert (len(inbox.mails), letters.waiting(redis)) == (0, 1)
    carrier.go_round(later(seconds=30))
    inbox.refusing = False
    carrier.go_round(later(seconds=30))
    assert inbox.mails == []
    carrier.go_round(later(seconds=70))
    assert (len(inbox.mails), letters.waiting(redis)) == (1, 0)


def test_after_enough_failures_a_letter_is_given_up(core, redis, news, postman):
    carrier = postman(smtp_url="smtp://127.0.0.1:1")
    letters.post(redis, a_letter(way=Way.MAIL, to="a@b.example"), core.now())
    moment = core.now()
    for wait in (timedelta(), *BACK_OFF):
        assert letters.waiting(redis) == 1
        moment += wait + timedelta(seconds=1)
        carrier.go_round(replace(core, now=lambda at=moment: at))
    assert letters.waiting(redis) == 0


def test_a_letter_is_in_one_hand_and_comes_back_if_that_hand_dies(core, later, redis):
    letters.post(redis, a_letter(), core.now())
    assert letters.take(redis, core.now())
    assert letters.take(redis, core.now()) is None
    assert letters.take(redis, later(minutes=3).now())


def test_a_webhook_is_called_with_a_signature_that_holds(
    core, redis, keys, held, hook, postman, news
):
    limits(redis, keys, depth=1, webhook=hook.url)
    held(1)
    carrier = postman(webhook_private=True)
    carrier.write(core)
    carrier.go_round(core)
    [(headers, body)] = hook.got
    told = json.loads(body)
    assert (told["site"], told["waiting"], told["oldest_minutes"]) == ("news", 1, 120)
    stamp, digest = (part.split("=")[1] for part in headers["Folkmoot-Signature"].split(","))
    secret = alerting.secret(core, news).encode()
    expected = hmac.new(secret, f"{stamp}.".encode() + body, hashlib.sha256).hexdigest()
    assert digest == expected
    assert "delivered" in alerts.get(redis, keys).said


@pytest.mark.parametrize("status", [301, 404, 500])
def test_a_webhook_that_does_not_say_yes_is_called_again_and_nobody_is_followed(
    core, redis, keys, held, hook, postman, status
):
    limits(redis, keys, depth=1, webhook=hook.url)
    held(1)
    hook.status = status
    carrier = postman(webhook_private=True)
    carrier.write(core)
    carrier.go_round(core)
    assert (len(hook.got), letters.waiting(redis)) == (1, 1)
    assert f"answered {status}" in alerts.get(redis, keys).said


def test_a_webhook_into_our_own_network_is_not_called(core, redis, keys, held, hook, postman):
    limits(redis, keys, depth=1, webhook=hook.url.replace("127.0.0.1", "localhost"))
    held(1)
    carrier = postman()
    carrier.write(core)
    carrier.go_round(core)
    assert (hook.got, letters.waiting(redis)) == ([], 0)
    assert "private address" in alerts.get(redis, keys).said


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
        "ftp://news.example/",
        "file:///etc/passwd",
        "http://user:secret@news.example/",
    ],
)
def test_addresses_that_are_never_called(url):
    with pytest.raises((hooking.Refused, hooking.Failed)):
        hooking.call(url, "{}", "s", 1)


@pytest.mark.parametrize("webhook", ["ftp://x.example", "javascript:alert(1)", "https://", "x"])
def test_an_address_that_is_none_is_refused_when_it_is_typed(core, news, webhook):
    with pytest.raises(Invalid):
        alerting.set_limits(core, INES, news, Alert(webhook=webhook))


def test_only_owners_set_limits(core, news):
    with pytest.raises(NotAllowed):
        alerting.set_limits(core, replace(INES, role=Role.MODERATOR), news, Alert(depth=1))


def test_a_server_that_hangs_keeps_nothing_waiting(core, redis, news, postman):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        carrier = postman(smtp_url=f"smtp://127.0.0.1:{silent.getsockname()[1]}")
        letters.post(redis, a_letter(way=Way.MAIL, to="a@b.example"), core.now())
        began = time.monotonic()
        carrier.deliver(core)
        carrier.deliver(core)
        assert time.monotonic() - began < 5
        connection, _ = silent.accept()
        connection.close()
        carrier._round.join(10)


@pytest.fixture
def dripping():
    """A server that says its answer byte by byte, and never comes to an end."""
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
    core, redis, postman, hook, dripping, monkeypatch
):
    monkeypatch.setattr(hooking, "TIMEOUT", 2.0)
    letters.post(redis, a_letter(id="a", to=dripping), core.now())
    letters.post(redis, a_letter(id="b", to=hook.url), core.now())
    postman(webhook_private=True).go_round(core)
    assert len(hook.got) == 1
    assert letters.waiting(redis) == 1, "the first one is tried again later"


def a_letter(**changes):
    letter = Letter(id="l", way=Way.WEBHOOK, to="x", subject="", body="{}", site="news")
    return replace(letter, **changes)
