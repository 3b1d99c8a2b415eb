"""The office half of the desk: its pages, and the guard that stands before every page of both."""

from flask import Blueprint, g

from service.domain.session import Step
from service.web.desk.account import account, people, rights, second, sessions
from service.web.desk.office import alerts, appeals, audit, dashboard, policy, report
from service.web.desk.queue import page as showing

PAGES = (
    sessions.bp,
    second.bp,
    account.bp,
    people.bp,
    policy.bp,
    alerts.bp,
    appeals.bp,
    dashboard.bp,
    audit.bp,
    report.bp,
)


def register(bp: Blueprint) -> None:
    """Put guard and pages into the desk's blueprint, before its first view is asked."""
    bp.before_request(rights.admit)
    bp.context_processor(around)
    for page in PAGES:
        bp.register_blueprint(page)


def around() -> dict[str, object]:
    """Give every page its ways; who owes a second factor has none yet."""
    if "present" not in g:
        return {}
    moderator, session = g.present
    return {"ways": showing.ways(moderator) if session.step is Step.INSIDE else []}
