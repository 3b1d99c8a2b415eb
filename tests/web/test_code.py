"""The form's confirmation code: readers of other languages learn that the audio is English."""

import re

import pytest

from service.domain.site import LANGUAGES
from service.web.http import language
from tests.factories import ARTICLE

SPOKEN = "The letters and digits are spoken in English."


@pytest.fixture
def form(client, guarded):
    def form(code):
        asked = {"thread": ARTICLE, "lang": code}
        return client.get("/frame/guarded", query_string=asked).text

    return form


@pytest.mark.parametrize("code", sorted(LANGUAGES.keys() - {"en"}))
def test_the_hint_says_that_the_sound_is_english_where_the_page_is_not(form, code):
    hint = re.search(r'<p class="hint" id="answer-hint">(.+?)</p>', form(code))[1]
    assert hint.endswith(" " + language.translations(code).gettext(SPOKEN))
    assert SPOKEN not in hint


def test_an_english_page_says_nothing_of_it(form):
    assert SPOKEN not in form("en")


def test_the_sound_is_english_and_its_name_is_the_pages(form):
    page = form("de")
    sound = re.search(r'<audio id="sound"[^>]*>', page)[0]
    assert ' lang="en"' in sound
    assert "aria-label=" not in sound
    name = re.search(r'aria-labelledby="([\w-]+)"', sound)[1]
    assert f'id="{name}" hidden>Bestätigungscode anhören<' in page
