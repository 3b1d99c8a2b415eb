"""What somebody has seen and sends again, later, elsewhere or as somebody else, opens nothing."""

from tests.factories import ARTICLE
from tests.web.device import Device
from tests.web.person import PASSWORD, offered, set_up

COOKIE = "folkmoot"


def stolen(person, app):
    """Another browser with a copy of a person's session."""
    client = app.test_client()
    client.set_cookie(COOKIE, person.client.get_cookie(COOKIE).value)
    return client


def test_a_stolen_session_ends_with_signing_out(ines, app):
    thief = stolen(ines, app)
    assert thief.get("/review/account").status_code == 200
    ines.post("sign-out")
    assert thief.get("/review/account").status_code == 303


def test_a_session_before_a_second_sign_in_is_another_one(ines, elsewhere, app):
    first = ines.client.get_cookie(COOKIE).value
    other = elsewhere()
    other.sign_in()
    assert other.client.get_cookie(COOKIE).value != first


def test_a_passkeys_answer_is_taken_once(core, ines, elsewhere):
    device = Device(core.public_url)
    options = ines.post("account/passkeys/options", password=PASSWORD).json
    made = device.make(options)
    kept = ines.post("account/passkeys", credential=made, label="Laptop", password=PASSWORD)
    assert kept.status_code == 200
    thief = elsewhere()
    signed = device.sign(thief.get("sign-in/passkey").json)
    assert thief.post("sign-in/passkey", credential=signed).status_code == 303
    again = elsewhere()
    again.get("sign-in/passkey")
    assert again.post("sign-in/passkey", credential=signed).status_code == 401


def test_a_removed_apps_secret_is_not_set_up_again_by_its_old_digits(ines):
    _, typed = offered(ines.get("account"))
    assert ines.post("account/app", **typed, password=PASSWORD).status_code == 200
    ines.post("account/app/remove", password=PASSWORD)
    assert ines.post("account/app", **typed, password=PASSWORD).status_code == 401


def test_a_new_app_makes_the_old_recovery_codes_worthless(ines, elsewhere):
    _, old = set_up(ines)
    ines.post("account/app/remove", password=PASSWORD)
    set_up(ines)
    other = elsewhere()
    other.sign_in()
    assert other.post("second-factor", code=old[0]).status_code == 401


def test_a_receipt_opens_no_other_comment(client, news, submit):
    mine, other = submit().json, submit(body="Another one of somebody.").json
    as_me = {"Folkmoot-Receipt": mine["receipt"]}
    address = f"/api/v1/sites/news/comments/{other['id']}"
    assert client.patch(address, json={"body": "Mine now."}, headers=as_me).status_code == 403
    assert client.delete(address, headers=as_me).status_code == 403


def test_a_readers_token_of_one_site_is_none_on_another(client, guarded, reader, publish):
    answer = client.put(
        f"/api/v1/sites/guarded/vote?thread={ARTICLE}", json={"direction": "up"}, headers=reader
    )
    assert answer.status_code == 401


def test_a_code_buys_one_comment_whatever_else_is_changed(guarded, submit, answered):
    code = answered()
    assert submit(site="guarded", captcha=code).status_code == 202
    for change in ({"body": "Something else."}, {"thread": f"{ARTICLE}-2"}, {"name": "Bo"}):
        assert submit(site="guarded", captcha=code, **change).status_code == 422
