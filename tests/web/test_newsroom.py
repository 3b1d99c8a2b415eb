"""The newsroom writes by its key: with a badge, and without a captcha."""

import pytest

from service.clients import keyring
from service.domain.key import ApiKey, Scope


@pytest.fixture
def key(core, guarded):
    def key(scope=Scope.MANAGE, site="guarded"):
        token = keyring.issue(core, ApiKey(id="", scope=scope, site=site))
        return {"Authorization": f"Bearer {token}"}

    return key


def test_a_key_of_the_newsroom_gives_a_badge(submit, key):
    answer = submit("guarded", headers=key(), name="Editor", badge="staff")
    assert answer.status_code == 202
    assert answer.json["comment"]["badge"] == "staff"


def test_without_a_key_there_is_no_badge_and_a_captcha(submit, guarded, faults):
    answer = submit("guarded", name="Editor", badge="author")
    assert faults(answer) == {"name": "reserved", "badge": "not-allowed", "captcha": "missing"}


def test_a_key_for_something_else_is_refused(submit, key, news):
    assert submit("guarded", headers=key(Scope.COUNTS), badge="staff").status_code == 403
    assert submit("news", headers=key(), badge="staff").status_code == 403
    forged = {"Authorization": "Bearer fmk-mforged"}
    assert submit("guarded", headers=forged, badge="staff").status_code == 401


def test_the_badge_is_shown_to_readers(client, publish):
    from service.domain.comment import Badge

    publish(name="Jane Doe", badge=Badge.AUTHOR)
    page = client.get("/frame/news?thread=https://news.example/tram").text
    assert "Author of the article" in page
