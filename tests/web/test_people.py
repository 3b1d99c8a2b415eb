"""Owners invite, change, reset and remove accounts; the installation always has an owner."""

import re
from dataclasses import replace

import pytest

from service.app import create_app
from service.domain.actor import Actor
from service.domain.moderator import Role
from service.store.accounts import factors, moderators
from service.store.desk import acts
from service.store.site import sites
from tests.web.person import OURS, PASSWORD, Person, shown


@pytest.fixture
def app(core, news, redis):
    sites.put(redis, replace(news, name="other"))
    return create_app(core)


@pytest.fixture
def ben(core, app):
    return Person(core, app.test_client(), "ben", Role.MODERATOR).join()


def test_an_invited_person_comes_in_with_his_role_and_sites(ines, app, core, redis):
    answer = ines.post("people", name="cai", role="analyst", sites="news")
    link = re.search(r"(/review/welcome/[\w-]+)", answer.text)[1]
    cai = Person(core, app.test_client(), "cai")
    assert cai.client.post(link, headers=OURS, data={"password": PASSWORD}).status_code == 303
    assert cai.get("news").status_code == 200
    assert cai.get("other").status_code == 403
    assert [act.what for act in acts.before(redis, "+", "-", 3)] == [
        "joined",
        "invited",
        "joined",
    ]


@pytest.mark.parametrize(
    "name", ["", " ", "x" * 51, "a\nb", "ines", *Actor, " Machine", "key Robot", "command line"]
)
def test_a_name_that_is_none_or_taken_is_refused(ines, name):
    assert ines.post("people", name=name, role="analyst").status_code == 422


def test_the_last_owner_stays(ines, core, app, redis):
    assert ines.post("people/remove", name="ines").status_code == 409
    assert ines.post("people/change", name="ines", role="moderator").status_code == 409
    assert ines.post("people/change", name="ines", role="owner", sites="news").status_code == 409
    Person(core, app.test_client(), "dee").join()
    assert ines.post("people/change", name="ines", role="moderator").status_code == 303
    assert moderators.find(redis, "ines").role is Role.MODERATOR


def test_an_owner_of_one_site_rules_there_alone(ines, core, app, redis, ben):
    local = Person(core, app.test_client(), "local", Role.OWNER, ("news",)).join()
    page = local.get("people")
    assert "ben" not in shown(page)
    assert local.post("people", name="x", role="moderator").status_code == 403  # of all sites
    assert local.post("people", name="x", role="moderator", sites="other").status_code == 403
    assert local.post("people", name="x", role="moderator", sites="news").status_code == 200
    for what in ("reset", "remove"):
        assert local.post(f"people/{what}", name="ines").status_code == 403
    assert local.post("people/change", name="local", role="owner").status_code == 403
    assert moderators.find(redis, "local").sites == ("news",)


def test_a_reset_takes_everything_and_gives_a_link(ines, ben, redis):
    factors.put_app(redis, "ben", "nonce")
    factors.put_codes(redis, "ben", ["a"])
    answer = ines.post("people/reset", name="ben")
    assert "/review/welcome/" in answer.text
    assert ben.get("news").status_code == 303
    assert moderators.find(redis, "ben").password is None
    assert factors.app(redis, "ben") is None
    assert factors.codes_left(redis, "ben") == 0


def test_who_is_removed_is_out_at_once(ines, ben):
    assert ben.get("news").status_code == 200
    ines.post("people/remove", name="ben")
    assert ben.get("news").status_code == 303
    assert ben.sign_in().status_code == 401


def test_an_unknown_role_or_account_changes_nothing(ines, ben, redis):
    assert ines.post("people/change", name="ben", role="king").status_code == 422
    assert ines.post("people/change", name="nobody", role="owner").status_code == 404
    assert ines.post("people", name="x", role="analyst", sites="nowhere").status_code == 404
    assert moderators.find(redis, "ben").role is Role.MODERATOR
