"""Alerts about long or old queues, and daily summaries; they hold only counts and links."""

import json
import secrets
from collections.abc import Iterator
from datetime import datetime, timedelta

from service.core import Core
from service.desk.office import statistics
from service.domain.alert import Alert, Letter, Way
from service.domain.counts import Count, CountKind
from service.domain.errors import Fault, Invalid, NotAllowed
from service.domain.hosts import host_of, is_openable
from service.domain.moderator import Letters, Moderator
from service.domain.site import Site
from service.store.accounts import moderators
from service.store.desk import acts, backlog
from service.store.site import alerts, letters, sites

# While a queue stays over its limits, alerts are at least this far apart.
AGAIN = timedelta(hours=4)
MAX_URL = 500
LARGEST = 1_000_000


def watch(core: Core, *, by_mail: bool) -> None:
    """Send alerts about queues over their limits, repeated at most every four hours."""
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
    """Send each subscriber one summary a day, from the given hour (UTC) on."""
    now = core.now()
    if now.hour < hour:
        return
    for moderator in _subscribers(core, Letters.DAILY):
        if alerts.tell_once(core.redis, f"daily {now.date()} {moderator.name}", 2 * timedelta(1)):
            letters.post(core.redis, _summary(core, moderator, now), now)


def set_limits(core: Core, by: Moderator, site: Site, alert: Alert) -> None:
    """Set the limits at which a site's queue raises an alert.

    :raises NotAllowed: the moderator does not own the site.
    :raises Invalid: a number is out of range, or the webhook's address is not allowed.
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
            # Only the host of an address is logged: some carry a secret in their path.
            shown = (_host(before), _host(after)) if line == "webhook" else (before, after)
            about = f"alert {line}"
            acts.write(record, "policy", by=by.name, about=about, old=shown[0], new=shown[1])


def limits(core: Core, site: Site) -> Alert:
    """Return the limits at which a site's queue raises an alert."""
    return alerts.get(core.at(site.name))


def webhook_secret(core: Core, site: Site) -> str:
    """Return the secret with which a site's webhook verifies our calls."""
    return webhook_secrets(core, site.name)[0]


def webhook_secrets(core: Core, site: str) -> list[str]:
    """Return the secrets that sign our calls: the present one, then those of former keys."""
    return [signer.derive(site, "webhook").hex() for signer in core.signer.generations]


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
    arrived = sum(hour[Count(CountKind.ARRIVED)] for hour in hours)
    decisions = [Count(CountKind.PERSON, s) for s in ("approved", "rejected", "removed")]
    decided = sum(hour[decision] for hour in hours for decision in decisions)
    age = f", the oldest for {int(oldest.total_seconds() // 3600)} hours" if oldest else ""
    return (
        f"{site.name}: {waiting} wait{age}; since yesterday {arrived} came in and people decided "
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
        yield _wrong("webhook", "Please give an address that begins with https:// or http://.")


def _host(url: str) -> str:
    is_valid = len(url) <= MAX_URL and url.isprintable() and is_openable(url)
    return host_of(url) if is_valid else ""


def _wrong(field: str, sentence: str) -> Fault:
    return Fault(field, "wrong", sentence)
