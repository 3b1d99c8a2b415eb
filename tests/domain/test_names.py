"""No name can be mistaken for the newsroom's, and nearly every other name is allowed."""

import pytest

from service.domain.names import is_reserved, looks
from service.domain.reserved import RESERVED_NAMES
from service.domain.site import LANGUAGES
from service.web.http import language

BADGES = ("Newsroom", "Author of the article")


@pytest.mark.parametrize(
    "name",
    [
        "Moderator",
        "MODERATOR",
        "m o d e r a t o r",
        "Mod-erator",
        "Moderator7",
        "The Moderator Team",
        "Anna (editor)",
        "Editor!",
        "Еditоr",  # Cyrillic
        "Ｅｄｉｔｏｒ",
        "𝓔𝓭𝓲𝓽𝓸𝓻",
        "Ed1tor",
        "@dmin",
        "St@ff",
        "Moderatör",
        "Mödératrice",
        "rnoderator",
        "Модератор",
        "هيئة التحرير",
        "某某编辑部",
        "運営",
        "Henrik ✔",
        "Ferry Post",
        "ferry-p0st",
        "Mod",
        "ModTeam",
        "M0d T3am",
        "Mоdteаm",  # Cyrillic
        "rnodteam",
        "Team-Mod 2",
        "Redaktionsteam",
        "Moderatorenteam",
        "Équipe de modération",
        "Anna, author of the article",
        "Autorin des Artikels",
    ],
)
def test_the_newsrooms_names_are_its_own(name):
    assert is_reserved(name, RESERVED_NAMES, own="ferry-post")


@pytest.mark.parametrize(
    "name",
    [
        "Ann",
        "Ada Modena",
        "Editha",
        "Stafford",
        "A reader of the Ferry Post",
        "Админа",
        "عادل",
        "小李",
        "たろう",
        "👩‍🚀",
        "T. Brandvold",
        "Mill Street 9",
        "!!!",
        "Modesta",
        "Modest",
        "Mode",
        "Mo D.",
        "Maud Team-Larsen",
        "Adminah",
        "Teamster",
    ],
)
def test_other_names_can_be_had(name):
    assert not is_reserved(name, RESERVED_NAMES, own="ferry-post")


@pytest.mark.parametrize(
    ("own", "name"),
    [
        ("gazette", "The Gazette"),
        ("gazette", "Gazette Team"),
        ("gazette", "gazetteteam"),
        ("gazette", "Gаzеtte Tе4m"),  # Cyrillic
        ("gazette", "The G a z e t t e Team"),
        ("gazette", "The Gazette’s Support"),
        ("gazette", "Gazette (official)"),
        ("gazette", "Anna (Gazette)"),
        ("gazette", "Anna (G@zette)"),
        ("gazette", "Anna – the Gaz\u200bette desk"),
        ("gazette", "Anna【Gazette】"),
        ("gazette", "Das Gazette-Team"),
        ("gazette", "L’équipe de la Gazette"),
        ("gazette", "فريق Gazette"),
        ("gazette", "Gazette官方"),
        ("courier", "Couriernews"),
        ("ferry-post", "FerryPost staff"),
        ("ferrypost", "The Ferry Post"),
        ("le-monde", "Le Monde"),
        ("le-monde", "Équipe Monde"),
    ],
)
def test_the_site_speaks_under_its_own_name_alone(own, name):
    assert is_reserved(name, (), own)


@pytest.mark.parametrize(
    ("own", "name"),
    [
        ("gazette", "Maud Gazette-Larsen"),
        ("hamburg", "Karl M., Hamburg"),
        ("gazette", "A gazette reader"),
        ("gazette", "Gazetteer"),
        ("gazette", "The Team"),
        ("team-larsen", "Larsen"),
        ("larsen", "Maud Team-Larsen"),
        ("ann", "Leann"),
        ("mark", "Marks"),
        ("", "The Team"),
    ],
)
def test_a_name_that_says_more_than_the_sites_can_be_had(own, name):
    assert not is_reserved(name, (), own)


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("badge", BADGES)
def test_what_a_badge_says_is_no_name_in_any_language_of_the_widget(code, badge):
    assert is_reserved(language.translations(code).gettext(badge), ())


@pytest.mark.parametrize("other", ["Jаnе  Dоe", "JANE-D0E", "jane doe", "Jane Doé"])
def test_names_that_look_alike_share_a_look(other):
    assert looks("Jane Doe") & looks(other)
    assert not looks("John Doe") & looks(other)


def test_a_site_may_reserve_what_it_wants():
    assert is_reserved("Night desk", ("night desk",))
    assert not is_reserved("Editor", ("night desk",))
    assert not is_reserved("Editor", ("", "  "))
