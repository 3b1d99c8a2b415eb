"""Mails to a real mail server; nothing waits for them."""

import socket
import time
from dataclasses import replace
from datetime import timedelta

import pytest

from service.desk.office import alerts
from service.domain.alert import Alert, Way
from service.domain.errors import NotAllowed
from service.domain.moderator import Letters, Role
from service.domain.verdict import Outcome
from service.store.accounts import moderators
from service.store.site import letters
from service.store.site.letters import BACK_OFF
from tests.factories import a_verdict
from tests.workers.outbox import INES, a_letter, limits


def test_a_long_queue_is_told_once_with_counts_and_a_link(core, record, held, inbox, a_delivery):
    limits(record, depth=3)
    delivery = a_delivery(smtp_url=inbox.url, mail_from="desk@news.example")
    held(2)
    delivery.write(core)
    assert letters.waiting(record.redis) == 0
    held(1)
    delivery.write(core), delivery.write(core)
    delivery.send(core)
    [mail] = inbox.mails
    text = mail.content.decode()
    assert mail.rcpt_tos == ["ines@news.example"]
    assert "Subject: news: 3 comments wait" in text
    assert "http://comments.example/review/news" in text
    assert "the oldest for 120 minutes" in text
    assert "secret" not in text
    assert "Content-Type: text/plain" in text
    assert letters.waiting(record.redis) == 0


def test_an_old_comment_is_enough_and_a_short_queue_may_be_told_again(
    core, record, held, inbox, a_delivery
):
    limits(record, minutes=60)
    delivery = a_delivery(smtp_url=inbox.url)
    held(1)
    delivery.write(core)
    assert letters.waiting(record.redis) == 1
    record.redis.delete(record.keys.home(a_verdict(Outcome.HOLD).outcome.status))
    delivery.write(core)
    held(1)
    delivery.write(core)
    assert letters.waiting(record.redis) == 2


def test_only_who_wants_it_and_may_see_the_site_is_told(core, record, held, inbox, a_delivery):
    limits(record, depth=1)
    moderators.add(record.redis, replace(INES, name="off", letters=()))
    moderators.add(
        record.redis, replace(INES, name="other", sites=("other",), email="o@news.example")
    )
    held(1)
    delivery = a_delivery(smtp_url=inbox.url)
    delivery.write(core)
    delivery.send(core)
    assert [mail.rcpt_tos for mail in inbox.mails] == [["ines@news.example"]]


def test_the_daily_mail_comes_once_a_day(core, record, held, inbox, a_delivery):
    moderators.add(record.redis, replace(INES, letters=(Letters.DAILY,)))
    held(2)
    delivery = a_delivery(smtp_url=inbox.url, digest_hour=core.now().hour)
    delivery.write(core), delivery.write(core)
    delivery.send(core)
    [mail] = inbox.mails
    assert "news: 2 wait, the oldest for 2 hours" in mail.content.decode()
    alerts.summarise(replace(core, now=lambda: core.now().replace(hour=3)), 7)
    assert letters.waiting(record.redis) == 0


def test_a_mail_that_is_refused_is_tried_again_later(core, later, record, held, inbox, a_delivery):
    limits(record, depth=1)
    held(1)
    delivery = a_delivery(smtp_url=inbox.url)
    inbox.refusing = True
    delivery.write(core)
    delivery.send(core)
    assert (len(inbox.mails), letters.waiting(record.redis)) == (0, 1)
    delivery.send(later(seconds=30))
    inbox.refusing = False
    delivery.send(later(seconds=30))
    assert inbox.mails == []
    delivery.send(later(seconds=70))
    assert (len(inbox.mails), letters.waiting(record.redis)) == (1, 0)


def test_after_enough_failures_a_letter_is_given_up(core, redis, news, a_delivery):
    delivery = a_delivery(smtp_url="smtp://127.0.0.1:1")
    letters.post(redis, a_letter(way=Way.MAIL, to="a@b.example"), core.now())
    moment = core.now()
    for wait in (timedelta(), *BACK_OFF):
        assert letters.waiting(redis) == 1
        moment += wait + timedelta(seconds=1)
        delivery.send(replace(core, now=lambda at=moment: at))
    assert letters.waiting(redis) == 0


def test_a_letter_is_in_one_hand_and_comes_back_if_that_hand_dies(core, later, redis):
    letters.post(redis, a_letter(), core.now())
    assert letters.take(redis, core.now())
    assert letters.take(redis, core.now()) is None
    assert letters.take(redis, later(minutes=3).now())


def test_only_owners_set_limits(core, news):
    with pytest.raises(NotAllowed):
        alerts.set_limits(core, replace(INES, role=Role.MODERATOR), news, Alert(depth=1))


def test_a_server_that_hangs_keeps_nothing_waiting(core, redis, news, a_delivery):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        delivery = a_delivery(smtp_url=f"smtp://127.0.0.1:{silent.getsockname()[1]}")
        letters.post(redis, a_letter(way=Way.MAIL, to="a@b.example"), core.now())
        began = time.monotonic()
        delivery.deliver(core)
        delivery.deliver(core)
        assert time.monotonic() - began < 5
        connection, _ = silent.accept()
        connection.close()
        delivery._sending.join(10)
