"""No name can be taken for the newsroom's, and nearly every other name can be had."""

import pytest

from service.domain.names import is_reserved, looks
from service.domain.reserved import RESERVED_NAMES


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
        "Moderation-free zone?"[:3],
        "A reader of the Ferry Post",
        "Админа",
        "عادل",
        "小李",
        "たろう",
        "👩‍🚀",
        "T. Brandvold",
        "Mill Street 9",
        "!!!",
    ],
)
def test_other_names_can_be_had(name):
    assert not is_reserved(name, RESERVED_NAMES, own="ferry-post")


@pytest.mark.parametrize("other", ["Jаnе  Dоe", "JANE-D0E", "jane doe", "Jane Doé"])
def test_names_that_look_alike_share_a_look(other):
    assert looks("Jane Doe") & looks(other)
    assert not looks("John Doe") & looks(other)


def test_a_site_may_reserve_what_it_wants():
    assert is_reserved("Night desk", ("night desk",))
    assert not is_reserved("Editor", ("night desk",))
    assert not is_reserved("Editor", ("", "  "))
