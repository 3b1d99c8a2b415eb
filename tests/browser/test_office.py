"""The office half of the desk in a real browser: policy, appeals, numbers, people, factors."""

import json
import re
import secrets
from dataclasses import replace

import pyotp
import pytest
from playwright.sync_api import Page, expect

from service.core import utc_now
from service.domain.decision import Action
from service.domain.moderator import Moderator, Role
from service.domain.site import Mode
from service.readers import appealing
from service.staff import accounts
from service.store import sites
from tests.browser.axe import DESKTOP, PHONE_AT_NIGHT, check
from tests.past import Past

pytestmark = pytest.mark.browser
PASSWORD = "four good words here"


@pytest.fixture
def enter(running, contexts):
    """Bring somebody in by his link, at a browser of his own; `localhost` has passkeys."""

    def enter(role=Role.OWNER, *, sites=(), at=None, name="") -> Page:
        who = Moderator(name=name or f"{role.value}-{secrets.token_hex(3)}", role=role, sites=sites)
        page = at or contexts().new_page()
        page.goto(named(accounts.invite(running.core, who)))
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Open the review desk").click()
        page.wait_for_url(re.compile(r"/review/(account|[^/]*)$"))
        return page

    return enter


def named(url: str) -> str:
    return url.replace("127.0.0.1", "localhost")


def office(daily, page: str) -> str:
    return named(f"{daily.core.public_url}/review/{daily.site.name}/{page}")


def desk(daily, page: str = "") -> str:
    return named(f"{daily.core.public_url}/review/{page}")


@pytest.fixture
def busy(paper):
    """A newspaper with a past."""
    daily = paper(mode=Mode.MACHINE)
    Past(daily.core, daily.site).happen(600, 3)
    return daily


def appeal(daily, body: str, words: str):
    """A comment that a moderator refused, and its author's appeal."""
    comment = daily.hold(body)
    daily.decide(comment.id, Action.REJECT)
    core, site = daily.core, sites.get(daily.core.redis, daily.site.name)
    receipt = core.signer.receipt(site.name, comment.id)
    appealing.lodge(core, site, comment.id, receipt, words)
    return comment


def test_thresholds_are_tried_then_saved(enter, busy):
    page = enter()
    page.goto(office(busy, "policy"))
    level = page.get_by_label("hold from, Hurtful", exact=True)
    page.get_by_label("hold from, Hurtful, as a slider").fill("0.9")
    expect(level).to_have_value("0.9")
    page.get_by_role("button", name="Try on the last 600 comments").click()
    tried = page.locator("#tried")
    expect(tried).to_contain_text("of the last 600 comments")
    expect(tried).to_contain_text("would be published; of these your moderators rejected")
    expect(level).to_have_value("0.9")
    page.get_by_role("button", name="Save the policy").click()
    expect(page.get_by_role("status").first).to_contain_text("Saved: 1 line changed")
    assert sites.get(busy.core.redis, busy.site.name).policy.thresholds["TOXICITY"].hold == 0.9
    page.get_by_role("link", name="every change").click()
    expect(page.locator(".log")).to_contain_text("0.6 → 0.9")


def test_words_are_tried_on_a_text(enter, paper):
    daily = paper()
    page = enter()
    page.goto(office(daily, "policy"))
    page.get_by_role("textbox", name="Blocked words").fill("boats\n/v[i1]agra/")
    page.get_by_label("Try them on a text").fill("Cheap Boats here")
    page.get_by_role("button", name="Which words match?").click()
    expect(page.locator("#tried mark")).to_have_text("Boats")
    page.get_by_role("textbox", name="Blocked words").fill("/(broken/")
    page.get_by_role("button", name="Save the policy").click()
    expect(page.get_by_role("alert").first).to_contain_text("/(broken/: missing )")
    expect(page.get_by_role("textbox", name="Blocked words")).to_have_value("/(broken/")


def test_of_two_owners_the_second_is_told(enter, paper):
    daily = paper()
    ines, dee = enter(name=f"ines-{secrets.token_hex(3)}"), enter()
    for page in (ines, dee):
        page.goto(office(daily, "policy"))
    ines.get_by_label("Links to strangers allowed").fill("7")
    ines.get_by_role("button", name="Save the policy").click()
    expect(ines.get_by_role("status").first).to_contain_text("Saved")
    dee.get_by_label("Links to strangers allowed").fill("9")
    dee.get_by_role("button", name="Save the policy").click()
    expect(dee.get_by_role("heading", level=1)).to_have_text("Somebody else changed the policy")
    expect(dee.get_by_role("main")).to_contain_text("ines-")
    assert sites.get(daily.core.redis, daily.site.name).policy.max_links == 7


def test_an_appeal_is_upheld_and_readers_see_the_comment(enter, paper, contexts):
    daily = paper()
    comment = appeal(daily, "I only asked who pays.", "Please look again, I insulted nobody.")
    page = enter()
    page.goto(office(daily, "appeals"))
    card = page.locator(f"#comment-{comment.id}")
    expect(card).to_contain_text("I only asked who pays.")
    expect(card).to_contain_text("Decided by tester")
    expect(card).to_contain_text("Please look again")
    card.get_by_label("Your answer").fill("You are right; it stands now.")
    card.get_by_role("button", name="Uphold and publish").click()
    expect(page.get_by_role("status")).to_contain_text("Upheld")
    expect(page.get_by_text("No appeal waits")).to_be_visible()
    reader = contexts().new_page()
    reader.goto(daily.frame)
    expect(reader.get_by_text("I only asked who pays.")).to_be_visible()
    page.goto(office(daily, "log?what=appeal"))
    expect(page.locator(".log")).to_contain_text("appeal upheld")


def test_who_decided_himself_is_warned(enter, paper, running):
    daily = paper()
    comment = appeal(daily, "Once more.", "Why?")
    page = enter(name="tester")
    page.goto(office(daily, "appeals"))
    expect(page.locator(f"#comment-{comment.id}")).to_contain_text("You decided this yourself")
    accounts.remove(running.core, "tester")


def test_an_answer_without_words_keeps_the_page(enter, paper):
    daily = paper()
    comment = appeal(daily, "Once more.", "Why?")
    page = enter()
    page.goto(office(daily, "appeals"))
    card = page.locator(f"#comment-{comment.id}")
    card.get_by_label("Your answer").fill("\u200b ")
    card.get_by_role("button", name="Decline").click()
    expect(card.get_by_role("alert")).not_to_be_empty()


def test_the_dashboard_and_the_report_show_the_same_past(enter, busy):
    page = enter()
    page.goto(office(busy, "dashboard"))
    expect(page.locator(".figures")).to_contain_text("600")
    page.locator("figure summary").first.click()
    assert page.locator("figure").first.locator("tbody tr").count() == 7
    expect(page.get_by_role("heading", name="Decisions of each moderator")).to_be_visible()
    today = utc_now().date()
    page.goto(office(busy, f"report?from={today.replace(year=today.year - 1)}&to={today}"))
    expect(page.locator(".figures")).to_contain_text("600")
    given = page.request.get(office(busy, f"report.json?from={today.year - 1}-12-01&to={today}"))
    assert json.loads(given.text())["comments"] == 600
    other = enter(Role.MODERATOR)
    other.goto(office(busy, "dashboard"))
    expect(other.get_by_role("heading", name="Decisions of each moderator")).to_have_count(0)


def test_the_log_is_filtered_and_taken_along(enter, busy):
    page = enter()
    page.goto(office(busy, "log"))
    page.get_by_label("Who").fill("jonas")
    page.get_by_role("button", name="Find").click()
    for cell in page.locator(".log tbody td:nth-child(2)").all_text_contents():
        assert cell == "jonas"
    with page.expect_download() as download:
        page.get_by_role("button", name="CSV").click()
    lines = download.value.path().read_text().splitlines()
    assert lines[0] == "at,what,who,about,old,new,why"
    assert all(",jonas," in line for line in lines[1:])


def test_a_telephone_proves_itself_and_is_asked_for(enter, contexts, running):
    page = enter(name=(name := f"cai-{secrets.token_hex(3)}"))
    page.goto(named(f"{running.url}/review/account"))
    secret = page.locator(".setup code.secret").inner_text()
    page.locator(".setup").get_by_label("Your password").fill(PASSWORD)
    page.get_by_label("Six digits").fill(pyotp.TOTP(secret).now())
    page.get_by_role("button", name="Begin to use it").click()
    codes = page.locator(".codes code").all_text_contents()
    assert len(codes) == 10
    other = contexts().new_page()
    other.goto(named(f"{running.url}/review/demo/log"))
    other.get_by_label("Name").fill(name)
    other.get_by_label("Password").fill(PASSWORD)
    other.get_by_role("button", name="Sign in").click()
    expect(other.get_by_role("heading", level=1)).to_contain_text("One more step")
    other.get_by_label("Six digits").fill("000000")
    other.get_by_role("button", name="Go on").click()
    expect(other.get_by_role("alert")).to_contain_text("does not fit")
    other.get_by_label("Six digits").fill(codes[3])
    other.get_by_role("button", name="Go on").click()
    expect(other.get_by_role("heading", level=1)).to_have_text("Log")


def test_a_passkey_is_set_up_and_opens_the_desk(enter, contexts, running):
    context = contexts()
    page = context.new_page()
    device = context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    enter(at=page)
    page.goto(named(f"{running.url}/review/account"))
    page.get_by_label("Name of this device").fill("My laptop")
    form = page.locator("form[data-passkey=create]")
    form.get_by_label("Your password").fill("somebody else's guess")
    page.get_by_role("button", name="Set up a passkey").click()
    expect(form.get_by_role("status")).to_have_text("This is not your password.")
    form.get_by_label("Your password").fill(PASSWORD)
    form.get_by_label("Your password").press("Enter")
    expect(page.locator(".codes code")).to_have_count(10)
    page.get_by_role("link", name="I have kept them").click()
    expect(page.get_by_text("My laptop", exact=True)).to_be_visible()
    page.get_by_role("button", name="Sign out").first.click()
    page.get_by_role("button", name="Use a passkey").click()
    expect(page).to_have_url(re.compile(r"/review/(?!sign-in)[^/]*$"))
    # The password alone opens nothing from now on.
    page.goto(named(f"{running.url}/review/account"))
    row = page.locator(".rows li", has_text="My laptop")
    row.locator("summary").click()
    row.get_by_label("Your password").fill("somebody else's guess")
    row.get_by_role("button", name="Remove it").click()
    expect(row.get_by_role("alert")).to_have_text("This is not your password.")
    row.get_by_label("Your password").fill(PASSWORD)
    row.get_by_role("button", name="Remove it").click()
    expect(page.get_by_role("status").first).to_contain_text("no longer accepted")


def test_a_passkey_of_a_false_page_opens_nothing(running, contexts):
    page = contexts().new_page()
    page.goto(named(f"{running.url}/review/sign-in"))
    for credential in ("", "{}", json.dumps({"id": "x", "response": {"clientDataJSON": "e30"}})):
        answer = page.request.post(
            named(f"{running.url}/review/sign-in/passkey"),
            form={"credential": credential},
            headers={"Origin": named(running.url)},
        )
        assert answer.status == 401


def test_everywhere_else_is_signed_out_at_once(enter, contexts, running, paper):
    paper()  # Beside the demo, so that there is a site to choose.
    page = enter(name=(name := f"ann-{secrets.token_hex(3)}"))
    other = contexts().new_page()
    other.goto(named(f"{running.url}/review/sign-in"))
    other.get_by_label("Name").fill(name)
    other.get_by_label("Password").fill(PASSWORD)
    other.get_by_role("button", name="Sign in").click()
    expect(other.get_by_role("heading", level=1)).to_have_text("Choose a site")
    page.goto(named(f"{running.url}/review/account"))
    page.get_by_role("button", name="Sign out everywhere else").click()
    expect(page.get_by_role("status").first).to_contain_text("over")
    other.reload()
    expect(other.get_by_role("heading", level=1)).to_have_text("Sign in to review")


def test_an_owner_invites_and_takes_rights_away_in_an_open_session(enter, contexts, paper):
    daily = paper()
    owner, name = enter(), f"ben-{secrets.token_hex(3)}"
    owner.goto(desk(daily, "people"))
    owner.get_by_label("Name").fill(name)
    owner.get_by_role("button", name="Make the link").click()
    link = owner.locator(".link code").inner_text()
    ben = contexts().new_page()
    ben.goto(named(link))
    ben.get_by_label("Password").fill(PASSWORD)
    ben.get_by_role("button", name="Open the review desk").click()
    ben.goto(office(daily, "appeals"))
    expect(ben.get_by_role("heading", level=1)).to_have_text("Appeals")
    owner.goto(desk(daily, "people"))
    owner.locator("summary", has_text=name).click()
    row = owner.locator("li", has_text=name)
    row.get_by_label("demo").check()
    row.get_by_role("button", name=re.compile("^Change")).click()
    expect(owner.get_by_role("status").first).to_contain_text("Changed")
    ben.reload()
    expect(ben.get_by_role("heading", level=1)).to_have_text("Your role does not cover this")


def test_the_office_works_without_javascript(enter, contexts, busy):
    page = enter(at=contexts(java_script_enabled=False).new_page())
    page.goto(office(busy, "policy"))
    page.get_by_label("hold from, Hurtful", exact=True).fill("0.9")
    page.get_by_role("button", name="Try on the last").click()
    expect(page.locator("#tried")).to_contain_text("would be published")
    page.get_by_role("button", name="Save the policy").click()
    expect(page.get_by_role("status").first).to_contain_text("Saved")


@pytest.mark.parametrize("seen", [DESKTOP, PHONE_AT_NIGHT], ids=["desktop", "phone at night"])
def test_axe_has_nothing_to_object_to(enter, contexts, busy, seen):
    appeal(busy, "I only asked who pays.", "Please look again.")
    page = enter(at=contexts(**seen, bypass_csp=True).new_page())
    for path in ("policy", "appeals", "dashboard?period=24h", "log", "report", "alerts"):
        page.goto(office(busy, path))
        for details in page.locator("summary").all()[:2]:
            details.click()
        check(page)
    page.goto(office(busy, "policy"))
    page.get_by_label("hold from, Hurtful", exact=True).fill("0.9")
    page.get_by_role("button", name="Try on the last").click()
    expect(page.locator("#tried")).to_be_visible()
    check(page)
    page.get_by_label("Links to strangers allowed").fill("many")
    page.get_by_role("button", name="Save the policy").click()
    expect(page.get_by_role("alert").first).to_be_visible()
    check(page)
    for path in ("account", "people"):
        page.goto(desk(busy, path))
        check(page)
    page.locator("summary").first.click()
    check(page)
    site = sites.get(busy.core.redis, busy.site.name)
    analyst = enter(Role.ANALYST, at=contexts(**seen, bypass_csp=True).new_page())
    sites.put(busy.core.redis, replace(site))
    for path in ("policy", "appeals"):
        analyst.goto(office(busy, path))
        check(analyst)
