"""Screenshots of the office pages: policy with a dry run, appeals, dashboard, log, account."""

import re
import secrets
from dataclasses import replace
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page

from benchmarks.serving import Running
from service import demo
from service.core import Core
from service.desk.account import accounts
from service.domain.appeal import AppealState
from service.domain.comment import Status
from service.domain.moderator import Moderator, Role
from service.domain.site import Site
from service.readers import appeal
from service.store.comments import comments, intakes
from service.store.people import appeals
from service.store.site import sites
from tests.factories import a_comment, a_verdict, an_intake
from tests.past import Past

OWNER = Moderator(name="marta", role=Role.OWNER)
WIDE = {"width": 1200, "height": 900}
PAPER = "ferry-archive"
COMMENTS, DAYS = 12_000, 34


def take(browser: Browser, running: Running, folder: Path) -> None:
    """Create a newspaper with a history and take its screenshots."""
    site = _found(running.core)
    _appeal(running.core, site)
    page = browser.new_page(viewport=WIDE)
    _enter(page, running)
    where = f"{_named(running.url)}/review"
    page.goto(f"{where}/{PAPER}/policy")
    page.get_by_label("hold from, Hurtful", exact=True).fill("0.75")
    page.get_by_role("button", name="Try on the last").click()
    page.locator("#tried").wait_for()
    page.set_viewport_size({"width": 1200, "height": 1000})
    at_the_end = "e => scrollTo(0, scrollY + e.getBoundingClientRect().bottom - 960)"
    page.locator("#tried").evaluate(at_the_end)
    _keep(page, folder / "policy.png", 1000)
    for path, name, height in (
        (f"{PAPER}/appeals", "appeals", 860),
        (f"{PAPER}/dashboard?period=30d", "dashboard", 1120),
        (f"{PAPER}/log?people=yes", "log", 760),
        ("account", "account", 760),
    ):
        page.goto(f"{where}/{path}")
        _keep(page, folder / f"{name}.png", height)


def _found(core: Core) -> Site:
    site = replace(sites.get(core.redis, demo.NAME), name=PAPER)
    sites.put(core.redis, site)
    Past(core, site).happen(COMMENTS, DAYS)
    return site


def _appeal(core: Core, site: Site) -> None:
    record = core.at(site.name)
    comment = a_comment(
        name="Rower",
        created_at=core.now(),
        body="Half a century of landing stage against eleven minutes to the hospital. You fools.",
    )
    intakes.accept(record, an_intake(comment))
    comments.judge(record, comment, a_verdict(TOXICITY=0.41, SPAM=0.02), now=core.now())
    stored = comments.get(record, comment.id)
    comments.change_status(
        record,
        stored,
        Status.REJECTED,
        by="jonas",
        why="It insults somebody.",
        now=core.now(),
    )
    words = "“Fools” was meant for us rowers, and I am one of them."
    receipt = core.signer.receipt(site.name, comment.id)
    appeal.lodge(core, site, comment.id, receipt, words)
    lodged = appeals.get(record, comment.id)
    assert lodged is not None
    assert lodged.state is AppealState.OPEN


def _enter(page: Page, running: Running) -> None:
    page.goto(_named(accounts.invite(running.core, OWNER)))
    page.get_by_label("Password").fill(secrets.token_urlsafe(12))
    page.get_by_role("button").click()
    page.wait_for_url(re.compile(r"/review/[^/]*$"))


def _named(url: str) -> str:
    # Passkeys need a host name.
    return url.replace("127.0.0.1", "localhost")


def _keep(page: Page, file: Path, height: int) -> None:
    page.set_viewport_size({"width": 1200, "height": height})
    # A secret is not shown, even if it is of no use.
    secrets_shown = [page.locator(".qr"), page.locator("code.secret")]
    page.screenshot(path=file, mask=secrets_shown, mask_color="#dde1e6")
    with Image.open(file) as picture:
        picture.convert("RGB").quantize(160).save(file, optimize=True)
