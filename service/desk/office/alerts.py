"""Tell people that a queue is long or old, and once a day how much waits: counts and links."""

import json
import secrets
from collections.abc import Iterator
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from service.core import Core
from service.desk.office import statistics
from service.domain.alert import Alert, Letter, Way
from service.domain.counts import Count, CountKind
from service.domain.errors import Fault, Invalid, NotAllowed
from service.domain.moderator import Letters, Moderator
from service.domain.site import Site
from service.store.accounts import moderators
from service.store.desk import acts, backlog
from service.store.site import alerts, letters, sites

# While a queue stays too long, nobody is told again before this.
AGAIN = timedelta(hours=4)
MAX_URL = 500
LARGEST = 1_000_000


def watch(core: Core, *, by_mail: bool) -> None:
    """Write about every queue that is over its limits, once until it is short again."""
    for site in sites.every(core.redis):
        record = core.at(site.name)
        alert = alerts.get(record)
        waiting, oldest = backlog.depth(record, core.now())
        if not alert.is_over(waiting, oldest):
            alerts.forget(core.redis, f"queue {site.name}")
        elif alerts.tell_once(core.redis, f"queue {site.name}", AGAIN):
            for letter in _letters(core, site, alert, waiting, oldest, by_mail):
                letters.post(core.redis, letter, core.now())


def summarise(core: Core, hour: int) -> None:
    """Write a summary to those who want it, once a day from that hour (UTC) on."""
    now = core.now()
    if now.hour < hour:
        return
    for moderator in _subscribers(core, Letters.DAILY):
        if alerts.tell_once(core.redis, f"daily {now.date()} {moderator.name}", 2 * timedelta(1)):
            letters.post(core.redis, _summary(core, moderator, now), now)


def set_limits(core: Core, by: Moderator, site: Site, alert: Alert) -> None:
    """Set when people are told that the queue is long.

    :raises NotAllowed: the site is not for this moderator to set.
    :raises Invalid: a number is out of bounds, or this is no address that we may call.
    """
    if not by.may_own(site.name):
        raise NotAllowed(site.name)
    if faults := tuple(_faults(alert)):
        raise Invalid(*faults)
    record = core.at(site.name)
    old = alerts.get(record)
    alerts.put(record, alert)
    for line in ("depth", "minutes", "webhook"):
        before, after = str(getattr(old, line)), str(getattr(alert, line))
        if before != after:
            # Of an address the host is enough: some carry a secret in their path.
            shown = (_host(before), _host(after)) if line == "webhook" else (before, after)
            about = f"alert {line}"
            acts.write(record, "policy", by=by.name, about=about, old=shown[0], new=shown[1])


def limits(core: Core, site: Site) -> Alert:
    """Read when people are told that the queue of a site is long."""
    return alerts.get(core.at(site.name))


def webhook_secret(core: Core, site: Site) -> str:
    """Give the secret by which a site's webhook knows our calls."""
    return core.signer.derive(site.name, "webhook").hex()


def _letters(
    core: Core, site: Site, alert: Alert, waiting: int, oldest: timedelta | None, by_mail: bool
) -> Iterator[Letter]:
    link = f"{core.public_url}/review/{site.name}"
    minutes = int((oldest or timedelta()).total_seconds() // 60)
    if alert.webhook:
        event = {
            "event": "queue",
            "site": site.name,
            "waiting": waiting,
            "oldest_minutes": minutes,
            "limits": {"waiting": alert.depth, "minutes": alert.minutes},
            "url": link,
            "at": core.now().isoformat(),
        }
        yield _letter(Way.WEBHOOK, alert.webhook, "", json.dumps(event), site.name)
    subject = f"{site.name}: {waiting} comments wait"
    body = f"{waiting} comments wait on {site.name}; the oldest for {minutes} minutes."
    for moderator in _subscribers(core, Letters.ALERTS) if by_mail else ():
        if moderator.may_see(site.name):
            yield _letter(Way.MAIL, moderator.email, subject, f"{body}\n\n{link}\n")


def _subscribers(core: Core, kind: Letters) -> list[Moderator]:
    accounts = moderators.every(core.redis)
    return [account for account in accounts if kind in account.letters and account.email]


def _summary(core: Core, moderator: Moderator, now: datetime) -> Letter:
    visible = [site for site in sites.every(core.redis) if moderator.may_see(site.name)]
    parts = [_paragraph(core, site, now) for site in visible]
    body = "\n\n".join(parts) + f"\n\nNo more of these: {core.public_url}/review/account\n"
    return _letter(Way.MAIL, moderator.email, "The desk today", body)


def _paragraph(core: Core, site: Site, now: datetime) -> str:
    waiting, oldest = backlog.depth(core.at(site.name), now)
    hours = statistics.between(core, site, now - timedelta(days=1), now).values()
    came = sum(hour[Count(CountKind.ARRIVED)] for hour in hours)
    decisions = [Count(CountKind.PERSON, s) for s in ("approved", "rejected", "removed")]
    decided = sum(hour[decision] for hour in hours for decision in decisions)
    age = f", the oldest for {int(oldest.total_seconds() // 3600)} hours" if oldest else ""
    return (
        f"{site.name}: {waiting} wait{age}; since yesterday {came} came in and people decided "
        f"{decided}.\n{core.public_url}/review/{site.name}"
    )


def _letter(way: Way, to: str, subject: str, body: str, site: str = "") -> Letter:
    id_ = secrets.token_urlsafe(12)
    return Letter(id=id_, way=way, to=to, subject=subject, body=body, site=site)


def _faults(alert: Alert) -> Iterator[Fault]:
    for line in ("depth", "minutes"):
        if not 0 <= getattr(alert, line) <= LARGEST:
            yield _wrong(line, f"From 0 to {LARGEST}; 0 is no limit.")
    if alert.webhook and not _host(alert.webhook):
        yield _wrong("webhook", "An address that begins with https:// or http://, please.")


def _host(url: str) -> str:
    try:
        parts = urlsplit(url)
        fits = parts.scheme in ("http", "https") and len(url) <= MAX_URL and url.isprintable()
        return (parts.hostname or "") if fits and "@" not in parts.netloc else ""
    except ValueError:
        return ""


def _wrong(field: str, sentence: str) -> Fault:
    return Fault(field, "wrong", sentence)
