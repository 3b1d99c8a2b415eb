"""The articles of the demo's newspaper, of our own writing."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Article:
    """One article: its place in the address, and what the lists say of it."""

    slug: str
    section: str
    headline: str
    teaser: str
    byline: str
    date: str
    lang: str = "en"


ARTICLES = (
    Article(
        "",
        "City",
        "Council votes for the tram bridge, by one voice",
        "After nine hours and forty-one speeches, Line 4 may cross the river. The decision is as "
        "narrow as the old bridge that it shall stand beside.",
        "Marta Lindqvist",
        "21 November",
    ),
    Article(
        "night-market",
        "Neighbourhoods",
        "The night market stays open until eleven",
        "Stallholders wanted midnight, neighbours wanted ten. Both say that they can live with it.",
        "Jonas Okafor",
        "20 November",
    ),
    Article(
        "library-seeds",
        "Culture",
        "A library that lends tomatoes",
        "At the harbour branch, readers borrow seeds in spring and bring back others in autumn.",
        "Ines Duarte",
        "18 November",
    ),
    Article(
        "al-jisr",
        "المدينة",
        "المجلس يقرّ جسر الترام بفارق صوت واحد",
        "بعد تسع ساعات وإحدى وأربعين كلمة، صار للخط الرابع أن يعبر النهر.",
        "مارتا ليندكفيست",
        "21 نوفمبر",
        lang="ar",
    ),
)
