"""People, passkeys, authenticator apps and sessions, in a real browser."""

import json
import re
import secrets
from datetime import timedelta

import pyotp
import pytest
from playwright.sync_api import expect

from service.store.accounts import sessions
from tests.browser.entrance import PASSWORD, desk, enter, named, office

__all__ = ["enter"]
pytestmark = pytest.mark.browser


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
    # From now on the password alone is not enough.
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
    paper()  # A second site next to the demo, so that there is a choice.
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


def test_who_was_away_proves_who_they_are_and_goes_on_with_what_they_did(enter, running, paper):
    daily = paper()
    owner = enter(name=(name := f"ann-{secrets.token_hex(3)}"))
    core, long_ago = running.core, running.core.now() - timedelta(minutes=6)
    for session in sessions.every(core.redis, name):
        sessions.prove(core.redis, session, long_ago)
    owner.goto(desk(daily, "people"))
    owner.get_by_label("Name").fill(invited := f"cai-{secrets.token_hex(3)}")
    owner.get_by_label("Role").last.select_option("owner")
    owner.get_by_role("button", name="Make the link").click()
    expect(owner.get_by_role("heading", level=1)).to_have_text(f"Is it still you, {name}?")
    owner.get_by_label("Your password").fill("guess number x")
    owner.get_by_role("button", name="Go on").click()
    expect(owner.get_by_role("alert")).to_have_text("This is not your password.")
    owner.get_by_label("Your password").fill(PASSWORD)
    owner.get_by_role("button", name="Go on").click()
    expect(owner.locator(".link")).to_contain_text(f"the account {invited}")
    expect(owner.locator("summary", has_text=invited)).to_contain_text("owner, all sites")
