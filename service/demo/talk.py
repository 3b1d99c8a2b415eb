"""What the people of the demo's town say under its articles: invented, every word of it."""

from dataclasses import dataclass

from service.domain.comment import Badge


@dataclass(frozen=True, slots=True)
class Remark:
    """What somebody says, and how many vote it up and down.

    `answers` is the number of what it answers, counted from the first under its article.
    """

    name: str
    body: str
    up: int = 0
    down: int = 0
    answers: int | None = None
    badge: Badge | None = None


@dataclass(frozen=True, slots=True)
class Talk:
    """What is said under one article, the oldest first, and its votes.

    `flagged` is the number of what a reader reports.
    """

    slug: str
    remarks: tuple[Remark, ...]
    up: int = 0
    down: int = 0
    flagged: int | None = None


TRAM_BRIDGE = Talk(
    "",
    (
        Remark(
            "Henrik Sol",
            "My grandmother voted for the bridge of 1968, which was never built either. "
            "I will believe it when the first pillar is wet.",
            up=6,
            down=1,
        ),
        Remark(
            "Adaobi",
            "Then take her along to the opening. The trams are already ordered, says the annual "
            "report (page 31).",
            up=3,
            answers=0,
        ),
        Remark(
            "T. Brandvold",
            "> The trams are already ordered\n\nOrdered, yes, but for Line 2. See "
            "https://transport.example/reports/annual-report.pdf",
            up=2,
            down=1,
            answers=1,
        ),
        Remark(
            "Marta Lindqvist",
            "Both are right: ten for Line 2, and an option on six more. It stands in the annex.",
            up=5,
            answers=2,
            badge=Badge.AUTHOR,
        ),
        Remark(
            "Grumpy",
            "Whoever voted for this is a fool, and the mayor is the biggest one of them all.",
        ),
        Remark(
            "Mill Street 9",
            "We are one of the four houses. Nobody has asked us, and the drawing on page 12 shows "
            "our kitchen as “open area”.",
            up=4,
            down=2,
        ),
        Remark("عادل", "جسر جميل، لكن أين سيجلس الصيادون؟", up=1),
        Remark(
            "Cheap boats",
            "BUY CHEAP BOATS!!! https://boats.example https://more-boats.example "
            "https://still-more-boats.example best price, click now",
        ),
        Remark(
            "Lena",
            "Twenty-two against twenty-three is no mandate, you stupid cowards. Vote again, this "
            "time with the ferrymen in the room.",
        ),
        Remark(
            "Rower",
            "Half a century of landing stage against eleven minutes to the hospital. I row, and I "
            "would still choose the hospital.",
            up=9,
            down=1,
        ),
    ),
    up=12,
    down=3,
    flagged=6,
)
NIGHT_MARKET = Talk(
    "night-market",
    (
        Remark(
            "Stall 14",
            "Eleven is when the soup is best. But eleven it is, and thank you for the tram times "
            "in the article.",
            up=4,
        ),
        Remark(
            "Light sleeper",
            "I asked for ten and can live with eleven, if the generators go off at eleven too.",
            up=3,
            down=1,
            answers=0,
        ),
    ),
    up=5,
)
AL_JISR = Talk(
    "al-jisr",
    (
        Remark(
            "سلمى",
            "سأصدّق حين أرى أول عمود في الماء. جدّتي صوّتت لجسر قبل خمسين سنة ولم يُبنَ.",
            up=5,
            down=1,
        ),
        Remark("يوسف", "خذيها معك إلى الافتتاح! عربات الترام مطلوبة منذ الربيع.", up=3, answers=0),
        Remark(
            "هدى",
            "مطلوبة، نعم، لكن للخط الثاني. انظر https://transport.example/report.pdf",
            up=2,
            down=1,
            answers=1,
        ),
        Remark(
            "Jonas",
            "I read this with a dictionary, and it was worth it. Greetings from the ferry.",
            up=2,
        ),
        Remark(
            "عادل", "المهم أن تبقى العبّارة. لا أحد يرى المدينة من الجسر كما يراها من الماء.", up=7
        ),
    ),
    up=9,
    down=2,
)
TALKS = (TRAM_BRIDGE, NIGHT_MARKET, AL_JISR)
