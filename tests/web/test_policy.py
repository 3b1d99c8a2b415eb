"""The policy page: every error is named, no input is lost, and a second save warns."""

from dataclasses import replace

import pytest

from service.domain.moderator import Role
from service.domain.policy import Threshold
from service.store.desk import acts
from service.store.site import sites
from service.web.desk.office import policy_form
from tests.past import Past
from tests.web.person import Person, field, shown


def form(person, act="save", **changes):
    """The form of the page, with a person's input."""
    page = person.get("news/policy")
    typed = policy_form.show(sites.get(person.core.redis, "news"))
    return {"seen": field(page, "seen"), **typed, "act": act} | changes


def test_a_policy_is_saved_line_by_line_and_logged(ines, record):
    changes = {"max_links": "5", "hold-INSULT": "0.5", "blocked_words": "boats\n/v[i1]agra/\nboats"}
    assert ines.post("news/policy", **form(ines, **changes)).location.endswith("changed=3")
    site = sites.get(record.redis, "news")
    assert site.policy.max_links == 5
    assert site.policy.thresholds["INSULT"].hold == 0.5
    assert site.policy.blocked_words == ("boats", "/v[i1]agra/")
    logged = {act.about: (act.by, act.old, act.new) for act in acts.before(record, "+", "-", 9)}
    assert logged["max_links"] == ("ines", "2", "5")
    assert logged["INSULT hold"] == ("ines", "0.75", "0.5")
    assert logged["blocked_words"][2] == "boats, /v[i1]agra/"


def test_a_form_that_was_not_touched_changes_nothing(ines, redis):
    before = sites.get(redis, "news")
    assert ines.post("news/policy", **form(ines)).location.endswith("changed=0")
    assert sites.get(redis, "news") == before


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("max_links", "many"),
        ("max_links", "-1"),
        ("max_length", "0"),
        ("rejection_share", "2"),
        ("retention_days", ""),
        ("hold-THREAT", "nan"),
        ("hold-THREAT", "high"),
        ("reject-THREAT", "0.1"),
        ("blocked_words", "fine\n/(/"),
        ("blocked_words", "/(a{1000}){1000}/"),
        ("blocked_words", "x" * 300),
        ("mode", "sometimes"),
        ("captcha", ""),
        ("language", "xx"),
    ],
)
def test_a_fault_is_named_and_what_was_typed_stays(ines, redis, name, typed):
    before = sites.get(redis, "news")
    sent = form(ines, min_length="7", **{name: typed})
    answer = ines.post("news/policy", **sent)
    assert answer.status_code == 422
    line = name.partition("-")[2] or name
    assert f'href="#{line}"' in answer.text
    assert 'name="min_length" inputmode="decimal" value="7"' in answer.text
    assert sites.get(redis, "news") == before


@pytest.mark.parametrize("typed", ["75", "nan", "inf", "-1", "abc", "1_0", "1.005", "٠٫٧"])
@pytest.mark.parametrize("edge", ["hold", "reject"])
def test_a_threshold_that_is_none_switches_no_check_off(ines, redis, edge, typed):
    answer = ines.post("news/policy", **form(ines, **{f"{edge}-INSULT": typed}))
    assert answer.status_code == 422
    assert "A number from 0 to 1, or nothing for never." in shown(answer)
    assert f'value="{typed}"' in answer.text
    assert sites.get(redis, "news").policy.thresholds["INSULT"].hold == 0.75


@pytest.mark.parametrize("typed", ["", " ", "1.01"])
def test_nothing_is_never(ines, redis, typed):
    assert ines.post("news/policy", **form(ines, **{"hold-INSULT": typed})).status_code == 303
    assert sites.get(redis, "news").policy.thresholds["INSULT"].hold == 1.01


def test_an_attribute_that_is_newer_than_the_site_shows_its_default(ines, redis, record):
    site = sites.get(redis, "news")
    older = {name: t for name, t in site.policy.thresholds.items() if name != "SPAM"}
    odd = older | {"BOREDOM": Threshold(0.5)}
    sites.put(redis, replace(site, policy=replace(site.policy, thresholds=odd)))
    page = ines.get("news/policy")
    assert field(page, "hold-SPAM") == "0.6"
    assert ines.post("news/policy", **form(ines)).location.endswith("changed=0")
    assert sites.get(redis, "news").policy.thresholds == odd
    assert ines.post("news/policy", **form(ines, **{"hold-SPAM": "0.7"})).status_code == 303
    [act] = acts.before(record, "+", "-", 9)
    assert (act.about, act.old, act.new) == ("SPAM hold", "0.6", "0.7")


def test_every_fault_is_named_at_once(ines):
    sent = form(ines, max_links="x", repeats="y", blocked_words="/(/")
    assert "3 lines are not right" in shown(ines.post("news/policy", **sent))


def test_who_saves_second_is_told_and_nothing_is_overwritten(ines, core, app, redis):
    dee = Person(core, app.test_client(), "dee").join()
    first, second = form(ines, max_links="5"), form(dee, max_links="9")
    assert ines.post("news/policy", **first).status_code == 303
    answer = dee.post("news/policy", **second)
    assert answer.status_code == 409
    assert "ines has changed it" in shown(answer)
    assert sites.get(redis, "news").policy.max_links == 5


def test_a_policy_without_a_version_is_not_saved(ines, redis):
    assert ines.post("news/policy", **form(ines, seen="")).status_code == 409


def test_others_read_it_and_cannot_change_it(core, app, ines):
    ben = Person(core, app.test_client(), "ben", Role.MODERATOR).join()
    page = ben.get("news/policy")
    assert "Owners set this" in shown(page)
    assert "Save the policy" not in shown(page)
    assert ben.post("news/policy", **form(ines)).status_code == 403


def test_words_are_tried_on_a_text_and_patterns_that_fail_are_named(ines, redis):
    sent = form(ines, "words", blocked_words="boats\n/(/", sample="Cheap <b>BOATS</b> here")
    answer = ines.post("news/policy", **sent)
    assert "Cheap &lt;b&gt;<mark>BOATS</mark>&lt;/b&gt; here" in answer.text
    assert "These patterns cannot be used" in shown(answer)
    assert sites.get(redis, "news").policy.blocked_words == ()


def test_a_pattern_that_would_take_for_ever_elsewhere_takes_no_time(ines):
    sent = form(ines, "words", blocked_words="/(a+)+$/", sample="a" * 9_999 + "!")
    assert ines.post("news/policy", **sent).status_code == 200


def test_thresholds_are_tried_without_saving(ines, core, redis, news):
    Past(core, news).happen(500, 2)
    before = sites.get(redis, "news")
    answer = ines.post("news/policy", **form(ines, "try", **{"hold-TOXICITY": "0.9"}))
    text = shown(answer)
    assert "of the last 500 comments" in text
    assert "would be published; of these your moderators rejected" in text
    assert sites.get(redis, "news") == before
    same = shown(ines.post("news/policy", **form(ines, "try")))
    assert "Nothing would change" in same


def test_lines_that_the_page_does_not_show_stay(ines, redis):
    site = sites.get(redis, "news")
    sites.put(redis, replace(site, accent="#a3231b"))
    ines.post("news/policy", **form(ines, max_links="4"))
    saved = sites.get(redis, "news")
    assert (saved.accent, saved.origins, saved.policy.max_links) == ("#a3231b", site.origins, 4)


def without(redis, attribute):
    """Store a policy without a certain attribute, like one from before the attribute existed."""
    site = sites.get(redis, "news")
    thresholds = {
        name: level for name, level in site.policy.thresholds.items() if name != attribute
    }
    sites.put(redis, replace(site, policy=replace(site.policy, thresholds=thresholds)))


def test_an_attribute_that_the_policy_does_not_name_has_a_line_with_its_default(ines, redis):
    without(redis, "INSULT")
    assert field(ines.get("news/policy"), "hold-INSULT") == "0.75"
    assert ines.post("news/policy", **form(ines)).location.endswith("changed=0")
    assert "INSULT" not in sites.get(redis, "news").policy.thresholds


def test_an_attribute_that_the_policy_does_not_name_can_be_set(ines, redis, record):
    without(redis, "INSULT")
    assert ines.post("news/policy", **form(ines, **{"hold-INSULT": "0.4"})).status_code == 303
    assert sites.get(redis, "news").policy.thresholds["INSULT"].hold == 0.4
    logged = {act.about: (act.old, act.new) for act in acts.before(record, "+", "-", 9)}
    assert logged == {"INSULT hold": ("0.75", "0.4")}


def test_a_threshold_that_the_form_does_not_send_stays(ines, redis):
    sent = {name: text for name, text in form(ines).items() if "INSULT" not in name}
    assert ines.post("news/policy", **sent).location.endswith("changed=0")
    assert sites.get(redis, "news").policy.thresholds["INSULT"].hold == 0.75
