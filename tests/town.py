"""The people of the demo's town: what they say under its articles, and what is held."""

import secrets
from dataclasses import replace

from service import demo
from service.core import Core
from service.domain.comment import Badge, Status
from service.domain.flag import FlagReason
from service.domain.site import CaptchaStrategy, Mode, Site
from service.domain.vote import Direction
from service.readers import flagging, intake, voting
from service.store import comments, sites
from tests.crowd import Said, speak

# (what is said, votes up, votes down), the oldest first.
ENGLISH = (
    (
        Said(
            "My grandmother voted for the bridge of 1968, which was never built either. "
            "I will believe it when the first pillar is wet.",
            "Henrik Sol",
        ),
        14,
        1,
    ),
    (
        Said(
            "Then take her along to the opening. The trams are already ordered, says the annual "
            "report (page 31).",
            "Adaobi",
            0,
        ),
        5,
        0,
    ),
    (
        Said(
            "> The trams are already ordered\n\nOrdered, yes, but for Line 2. See "
            "https://transport.example/reports/annual-report.pdf",
            "T. Brandvold",
            1,
        ),
        3,
        2,
    ),
    (
        Said(
            "Both are right: ten for Line 2, and an option on six more. It stands in the annex.",
            "Marta Lindqvist",
            2,
            Badge.AUTHOR,
        ),
        8,
        0,
    ),
    (
        Said(
            "We are one of the four houses. Nobody has asked us, and the drawing on page 12 shows "
            "our kitchen as “open area”.",
            "Mill Street 9",
        ),
        9,
        4,
    ),
    (Said("جسر جميل، لكن أين سيجلس الصيادون؟", "عادل"), 2, 0),
    (
        Said(
            "Half a century of landing stage against eleven minutes to the hospital. I row, and I "
            "would still choose the hospital.",
            "Rower",
        ),
        21,
        3,
    ),
)
ARABIC = (
    (Said("سأصدّق حين أرى أول عمود في الماء. جدّتي صوّتت لجسر قبل خمسين سنة ولم يُبنَ.", "سلمى"), 12, 1),
    (Said("خذيها معك إلى الافتتاح! عربات الترام مطلوبة منذ الربيع.", "يوسف", 0), 6, 0),
    (
        Said("مطلوبة، نعم، لكن للخط الثاني. انظر https://transport.example/report.pdf", "هدى", 1),
        3,
        1,
    ),
    (
        Said(
            "I read this with a dictionary, and it was worth it. Greetings from the ferry.", "Jonas"
        ),
        4,
        0,
    ),
    (Said("المهم أن تبقى العبّارة. لا أحد يرى المدينة من الجسر كما يراها من الماء.", "عادل"), 17, 2),
)
HELD = (
    ("Grumpy", "Whoever voted for this is a fool, and the mayor is the biggest one of them all."),
    (
        "Cheap boats",
        "BUY CHEAP BOATS!!! https://boats.example https://more-boats.example "
        "https://still-more-boats.example best price, click now",
    ),
    (
        "Lena",
        "Twenty-two against twenty-three is no mandate, you stupid cowards. Vote again, this time "
        "with the ferrymen in the room.",
    ),
)
A_WHILE = 1500


class Town:
    """The people who comment on the demo's articles."""

    def __init__(self, core: Core, article: str) -> None:
        site = sites.get(core.redis, demo.NAME)
        self._core, self._article = core, article
        self._site = replace(site, policy=replace(site.policy, comments_per_minute=6000))
        sites.put(core.redis, self._site)

    def speak(self) -> None:
        """Write and vote under both articles, flag, and leave something for a moderator."""
        self._talk(self._article, ENGLISH)
        self._talk(f"{self._article}al-jisr", ARABIC)
        for name, body in HELD:
            self._submit(name, body)

    def _talk(self, article: str, said: tuple[tuple[Said, int, int], ...]) -> None:
        core, site = self._core, self._site
        made = speak(core, site, article, [one for one, _, _ in said], apart=A_WHILE)
        for comment, (_, up, down) in zip(made, said, strict=True):
            for way, reader in self._voters(up, down):
                voting.vote_on_comment(core, site, comment.id, reader, way, secrets.token_hex(4))
        for way, reader in self._voters(31, 6):
            voting.vote_on_article(core, site, article, reader, way, secrets.token_hex(4))
        flagging.flag(core, site, made[-2].id, self._reader(), FlagReason.OTHER, "Look.", "x")

    def _voters(self, up: int, down: int) -> list[tuple[Direction, str | None]]:
        ways = [Direction.UP] * up + [Direction.DOWN] * down
        return [(way, self._reader()) for way in ways]

    def _submit(self, name: str, body: str) -> None:
        open_: Site = replace(self._site, captcha=CaptchaStrategy.OFF, mode=Mode.PRE)
        sent = intake.Submission(
            thread=self._article,
            title="Council votes for the tram bridge, by one voice",
            name=name,
            body=body,
            reader=self._reader(),
            address=secrets.token_hex(4),
        )
        held = intake.submit(self._core, open_, sent).comment.id
        keys = self._core.keys(self._site.name)
        # The worker looks first, so that a moderator sees its scores and reasons.
        while comments.get(self._core.redis, keys, held).status is Status.PENDING:
            pass

    def _reader(self) -> str | None:
        token = self._core.signer.reader_token(self._site.name, self._core.random(12))
        return self._core.signer.reader(self._site.name, token)
