"""The language of texts for readers: its choice, and complete catalogues."""

import re
from pathlib import Path

import pytest
from babel import Locale
from babel.messages.pofile import read_po

from service.domain.sentences import counted, said
from service.domain.site import LANGUAGES
from service.store.site import sites
from service.web.frame import sentences
from service.web.http import language
from tests.catalogues import extract
from tests.factories import ARTICLE

TRANSLATED = sorted(LANGUAGES.keys() - {"en"})
PLACE = re.compile(r"%\(\w+\)s")
# A plural form may omit this: "one comment" needs no number.
NUMBERS = {"%(count)s", "%(num)s"}


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    """All current sentences."""
    file = tmp_path_factory.mktemp("said") / "folkmoot.pot"
    extract(Path(file))
    with file.open("rb") as opened:
        return read_po(opened)


def forms(message):
    return message.string if isinstance(message.string, tuple) else (message.string,)


@pytest.mark.parametrize("code", TRANSLATED)
def test_everything_is_said_in_every_language(template, code):
    catalogue = language.catalogue(code)
    missing = [message.id for message in template if message.id and not catalogue.get(message.id)]
    empty = [m.id for m in catalogue if m.id and (m.fuzzy or not all(forms(m)))]
    stale = [m.id for m in catalogue if m.id and m.id not in template]
    assert (missing, empty, stale) == ([], [], []), "`make messages`, then translate"


@pytest.mark.parametrize("code", TRANSLATED)
def test_translations_have_the_places_of_their_originals(code):
    for message in language.catalogue(code):
        if not message.id:
            continue
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        expected = set(PLACE.findall(" ".join(ids)))
        for form in forms(message):
            places = set(PLACE.findall(form))
            optional = NUMBERS if isinstance(message.id, tuple) else set()
            assert places <= expected, message.id
            assert expected - places <= optional, message.id
            assert form.count("%") == len(PLACE.findall(form)), message.id


@pytest.mark.parametrize("code", TRANSLATED)
def test_a_catalogue_has_a_form_for_every_kind_of_number(code):
    catalogue = language.catalogue(code)
    rule, plural = Locale.parse(code).plural_form, language.plural(code)
    for message in catalogue:
        if isinstance(message.id, tuple):
            assert len(message.string) == catalogue.num_plurals, message.id
    # Unicode's rules distinguish no more forms than the catalogue.
    kinds = {(rule(n), plural(n)) for n in range(1000)}
    assert len({kind for kind, _ in kinds}) == len(kinds)


@pytest.mark.parametrize("code", TRANSLATED)
def test_scripts_are_given_what_they_say(code, template):
    in_scripts = {
        message.id if isinstance(message.id, str) else message.id[0]
        for message in template
        if message.id and any("static/" in file for file, _ in message.locations)
    }
    assert in_scripts
    assert sentences._sentences(code)["says"].keys() == in_scripts


@pytest.mark.parametrize(
    ("sentence", "english"),
    [
        (said("Well."), "Well."),
        (said("100 %"), "100 %"),
        (said("%(a)s and %(b)s", a="x", b=2), "x and 2"),
        (counted("%(count)s day", "%(count)s days", 1), "1 day"),
        (counted("%(count)s day", "%(count)s days", 0), "0 days"),
        (counted("%(count)s of %(all)s", "%(count)s of %(all)s", 2, all=9), "2 of 9"),
    ],
)
def test_a_sentence_is_filled_in(sentence, english):
    assert str(sentence) == english


def spoken(answer):
    return re.search(r'<html lang="(\w+)" dir="(\w+)"', answer.text).groups()


@pytest.mark.parametrize(
    ("asked", "of_site", "of_browser", "chosen"),
    [
        ({}, "", "", "en"),
        ({}, "", "uk,de;q=0.5", "uk"),
        ({}, "", "pt-BR, en;q=0.5", "pt"),
        ({}, "", "tlh", "en"),
        ({}, "de", "fr", "de"),
        ({"lang": "es"}, "de", "fr", "es"),
        ({"lang": "zh-Hans-CN"}, "", "", "zh"),
        ({"lang": "nl_BE"}, "", "", "nl"),
        ({"lang": "tlh"}, "de", "", "de"),
        ({"lang": "../../etc"}, "", "", "en"),
        ({"page": "it-CH"}, "", "fr", "it"),
        ({"page": "it"}, "de", "fr", "de"),
    ],
)
def test_the_language_is_chosen(client, redis, news, asked, of_site, of_browser, chosen):
    from dataclasses import replace

    sites.put(redis, replace(news, language=of_site))
    answer = client.get(
        "/frame/news",
        query_string={"thread": ARTICLE, **asked},
        headers={"Accept-Language": of_browser} if of_browser else {},
    )
    assert spoken(answer) == (chosen, "ltr")
    assert answer.headers["Content-Language"] == chosen
    if chosen == of_browser.partition(",")[0]:
        assert "Accept-Language" in answer.headers["Vary"]


def test_arabic_runs_from_right_to_left(client, news):
    answer = client.get("/frame/news", query_string={"thread": ARTICLE, "lang": "ar"})
    assert spoken(answer) == ("ar", "rtl")


def test_the_page_s_wishes_go_along_with_every_address(client, publish):
    publish()
    asked = {"thread": ARTICLE, "lang": "de", "theme": "dark", "accent": "b00020"}
    page = client.get("/frame/news", query_string=asked).text
    links = re.findall(r'href="(/frame/[^"]+)"', page)
    posts = re.findall(r'method="post" action="(/frame/[^"]+)"', page)
    assert links
    assert posts
    for address in (*links, *posts):
        assert all(wish in address for wish in ("lang=de", "theme=dark", "accent=b00020")), address
    # A form that gets a page leaves the query of its address out, and writes its fields there.
    gets = re.findall(r'<form(?![^>]*method="post").*?</form>', page, re.DOTALL)
    assert len(gets) == 2
    for form in gets:
        for name, wish in (("lang", "de"), ("theme", "dark"), ("accent", "b00020")):
            assert f'name="{name}" value="{wish}"' in form, form


def test_the_api_answers_in_the_language_of_the_call(client, news, submit):
    english, german = (
        submit(name=" ", headers={"Accept-Language": tongue}).json for tongue in ("en", "de-AT")
    )
    assert english["errors"][0]["detail"] == "Please give a name."
    assert german["errors"][0]["detail"] == "Bitte geben Sie einen Namen an."
    assert german["title"] != english["title"]
    assert german["errors"][0]["code"] == english["errors"][0]["code"]


def test_what_is_filled_in_cannot_become_markup(client, news):
    evil = "<b>%(x)s</b>"
    page = client.get("/frame/news", query_string={"thread": ARTICLE, "q": evil, "title": evil})
    assert "<b>%" not in page.text
    assert "&lt;b&gt;%(x)s&lt;/b&gt;" in page.text
