"""Names of groups of people share one mark, so that no group is flagged for its name."""

import re
from typing import Final

IDENTITY_MARK: Final = "\ua66e"  # one rare letter, so that it has no inner n-grams


def _listed(words: str) -> tuple[str, ...]:
    return tuple(words.split())


# Terms that fit the same place in a sentence, so that one can be swapped for another.
ADJECTIVES: Final[dict[str, tuple[str, ...]]] = {
    "orientation": _listed("gay lesbian bisexual homosexual heterosexual queer straight"),
    "gender": _listed("transgender trans female male nonbinary intersex cisgender"),
    "race": _listed(
        "black white asian african hispanic latino latina latinx arab caucasian native roma "
        "indigenous aboriginal"
    ),
    "religion": _listed(
        "muslim jewish christian catholic protestant hindu buddhist sikh mormon atheist "
        "islamic orthodox evangelical taoist"
    ),
    "nation": _listed(
        "american mexican canadian chinese japanese indian russian german iranian israeli "
        "palestinian pakistani turkish polish syrian korean vietnamese nigerian somali cuban "
        "brazilian italian spanish french british irish greek european afghan iraqi ukrainian "
        "haitian filipino australian egyptian"
    ),
    "origin": _listed("immigrant foreign migrant refugee"),
    "ability": _listed("disabled handicapped blind deaf autistic paralyzed"),
    "age": _listed("old older young younger elderly teenage millennial"),
}
PEOPLE: Final[dict[str, tuple[str, ...]]] = {
    "orientation": _listed("gays lesbians bisexuals homosexuals heterosexuals queers"),
    "gender": _listed("women men females males girls boys transsexuals"),
    "race": _listed(
        "blacks whites asians africans hispanics latinos latinas arabs caucasians gypsies"
    ),
    "religion": _listed(
        "muslims jews christians catholics protestants hindus buddhists sikhs mormons atheists"
    ),
    "nation": _listed(
        "americans mexicans canadians indians russians germans iranians israelis palestinians "
        "pakistanis turks poles syrians koreans nigerians somalis cubans brazilians italians "
        "spaniards greeks europeans afghans iraqis ukrainians haitians filipinos australians "
        "egyptians"
    ),
    "origin": _listed("immigrants foreigners migrants refugees"),
    "age": _listed("elders pensioners teenagers teens millennials boomers"),
}
SINGLE: Final[tuple[str, ...]] = _listed(
    "woman man girl boy lesbian jew homosexuality heterosexuality lgbt lgbtq islam "
    "judaism christianity hinduism buddhism catholicism foreigner turk pole spaniard "
    "gypsy transsexual dwarf muslimah muslims"
)

IDENTITY_TERMS: Final[frozenset[str]] = frozenset(
    term for terms in (*ADJECTIVES.values(), *PEOPLE.values(), SINGLE) for term in terms
)
_WORD: Final = re.compile(r"[a-z]+")


def names_a_group(text: str) -> bool:
    """Say whether a text names a group of people."""
    return not IDENTITY_TERMS.isdisjoint(_WORD.findall(text.lower()))
