"""Due letters, the servers that receive them, and their recipients."""

from dataclasses import replace
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest
from aiosmtpd.controller import Controller

from service import settings
from service.domain.alert import Alert, Letter, Way
from service.domain.moderator import Letters, Moderator, Role
from service.domain.verdict import Outcome
from service.store.accounts import moderators
from service.store.comments import comments, intakes
from service.store.site import alerts
from service.supervisor import free_port
from tests.factories import a_comment, a_verdict, an_intake
from workers.outbox.delivery import Delivery

INES = Moderator(name="ines", role=Role.OWNER, email="ines@news.example", letters=(Letters.ALERTS,))


class Inbox:
    """The mails that a server received; it may refuse them."""

    def __init__(self):
        self.mails, self.refusing = [], False

    async def handle_DATA(self, server, session, envelope):
        if self.refusing:
            return "451 later, please"
        self.mails.append(envelope)
        return "250 OK"


@pytest.fixture
def inbox():
    mailbox = Inbox()
    server = Controller(mailbox, hostname="127.0.0.1", port=free_port("127.0.0.1"))
    server.start()
    mailbox.url = f"smtp://127.0.0.1:{server.port}"
    yield mailbox
    server.stop()


@pytest.fixture
def hook():
    """A web server that stores posted requests and answers with `status`."""

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
def held(record, news, core):
    def held(count):
        for _ in range(count):
            comment = a_comment(created_at=core.now() - timedelta(hours=2), body="A secret text.")
            intakes.accept(record, an_intake(comment))
            comments.judge(record, comment, a_verdict(Outcome.HOLD), now=core.now())

    return held


@pytest.fixture
def a_delivery(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return lambda **wishes: Delivery(settings.read(**wishes))


def limits(record, **more):
    alerts.put(record, Alert(**more))
    moderators.add(record.redis, INES)


def a_letter(**changes):
    letter = Letter(id="l", way=Way.WEBHOOK, to="x", subject="", body="{}", site="news")
    return replace(letter, **changes)
