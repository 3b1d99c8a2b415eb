"""`folkmoot site` during other changes: none is lost, and a removed site is gone."""

import io
import json
from dataclasses import replace

import pytest
from click.testing import CliRunner

from service.cli import main
from service.domain.site import Mode
from service.store.comments import intakes
from service.store.desk import acts
from service.store.site import sites
from tests.conftest import SECRET
from tests.factories import a_comment, an_intake


@pytest.fixture
def folkmoot(store_socket, redis, monkeypatch, tmp_path):
    """Run a command on the store of the test."""
    monkeypatch.chdir(tmp_path)
    for name, value in {
        "REDIS_URL": f"unix://{store_socket}",
        "SECRET_KEY": SECRET,
        "UNSAFE_STORE": "true",
    }.items():
        monkeypatch.setenv(f"FOLKMOOT_{name}", value)
    return lambda *argv, **more: CliRunner().invoke(main, argv, **more)


class Typing(io.BytesIO):
    """Input that is typed slowly, while an owner makes other changes."""

    def __init__(self, text, meanwhile):
        super().__init__(text.encode())
        self.meanwhile = meanwhile

    def read(self, *size):
        # Click first reads nothing, to see whether the stream holds bytes.
        if size != (0,):
            self.meanwhile()
            self.meanwhile = lambda: None
        return super().read(*size)

    read1 = read


def own(redis, **lines):
    """Change lines of the policy as an owner."""
    sites.revise(redis, "news", lambda site: replace(site, policy=replace(site.policy, **lines)))


def test_a_policy_that_an_owner_saves_meanwhile_is_kept(folkmoot, record, news):
    typed = Typing('{"max_links": 1}', lambda: own(record.redis, blocked_words=("pills",)))
    done = folkmoot("site", "policy", "news", "--set", "-", input=typed)
    assert done.exit_code == 0, done.output
    policy = sites.get(record.redis, "news").policy
    assert (policy.max_links, policy.blocked_words) == (1, ("pills",))
    assert json.loads(done.stdout)["blocked_words"] == ["pills"]
    # The owner's change is not logged as one of the command.
    assert [act.about for act in acts.before(record, "+", "-", 10)] == ["max_links"]


def test_a_policy_that_cannot_be_changes_nothing(folkmoot, redis, news):
    done = folkmoot("site", "policy", "news", "--set", "-", input='{"max_links": -1}')
    assert done.exit_code == 1
    assert "max_links" in done.output
    assert sites.get(redis, "news") == news


def test_settings_are_set_on_what_a_site_has_become(redis, news):
    rounds = []

    def change(site):
        rounds.append(site)
        if len(rounds) == 1:
            own(redis, max_links=7)
        return replace(site, mode=Mode.PRE)

    before, after = sites.revise(redis, "news", change)
    assert (before.policy.max_links, before.mode) == (7, news.mode)
    assert after == sites.get(redis, "news")
    assert (after.policy.max_links, after.mode) == (7, Mode.PRE)


def test_what_is_set_at_the_shell_leaves_the_policy_alone(folkmoot, redis, news):
    own(redis, max_links=7)
    assert folkmoot("site", "set", "news", "--mode", "pre").exit_code == 0
    site = sites.get(redis, "news")
    assert (site.mode, site.policy.max_links, site.origins) == (Mode.PRE, 7, news.origins)


def test_a_site_goes_with_all_its_comments(folkmoot, record, news):
    intakes.accept(record, an_intake(a_comment(email="ann@example.org")))
    done = folkmoot("site", "remove", "news", "--with-comments", "--yes")
    assert done.output == "removed news and all of it; comments: 1\n"
    assert list(record.redis.scan_iter("*{news}*")) == []
    assert sites.every(record.redis) == []


def test_a_site_that_went_alone_is_followed_by_its_comments(folkmoot, record, news):
    intakes.accept(record, an_intake())
    done = folkmoot("site", "remove", "news", "--yes")
    assert "`folkmoot site remove news --with-comments` deletes them" in done.output
    assert record.redis.exists(record.keys.unjudged())
    done = folkmoot("site", "remove", "news", "--with-comments", input="y\n")
    assert "Delete the site with all its comments" in done.output
    assert list(record.redis.scan_iter("*{news}*")) == []
    again = folkmoot("site", "remove", "news", "--with-comments", "--yes")
    assert again.exit_code == 1
    assert "there is no site 'news'" in again.output


@pytest.mark.parametrize("name", ["*", "n?ws", "nobody"])
def test_a_name_that_is_none_deletes_nothing(folkmoot, record, news, name):
    intakes.accept(record, an_intake())
    done = folkmoot("site", "remove", name, "--with-comments", "--yes")
    assert done.exit_code == 1
    assert "there is no site" in done.output
    assert record.redis.exists(record.keys.unjudged())


def test_who_does_not_confirm_keeps_all(folkmoot, record, news):
    intakes.accept(record, an_intake())
    done = folkmoot("site", "remove", "news", "--with-comments", input="n\n")
    assert done.exit_code == 1
    assert sites.get(record.redis, "news") == news
    assert record.redis.exists(record.keys.unjudged())
