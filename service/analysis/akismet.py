"""Akismet's questions: whether a comment is spam, and corrections by people."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

from service.analysis.advice import advise
from service.analysis.analyst import Analyst
from service.analysis.corrections import correct
from service.analysis.markup import plain
from service.domain import languages
from service.domain.attribute import Attribute
from service.domain.errors import NotScored
from service.domain.hosts import host_of
from service.domain.key import ApiKey
from service.domain.label import Label
from service.domain.links import hosts_linked, hosts_named, links_in
from service.domain.policy import Policy
from service.domain.verdict import Outcome
from service.judging.phases.links import links
from service.judging.phases.spam import spam
from service.scoring import UNREAD, ScoredText

# The fields read from a request; WordPress sends the visitor's whole environment, which is dropped.
FIELDS = (
    "blog",
    "blog_lang",
    "permalink",
    "comment_type",
    "comment_author",
    "comment_author_url",
    "comment_content",
    "user_role",
    "is_test",
    "honeypot_field_name",
)
LONGEST = 64 * 1024
ALWAYS_SPAM = "viagra-test-123"
ALWAYS_SPAM_MAIL = "akismet-guaranteed-spam@example.com"
ALWAYS_HAM = "administrator"


class Finding(StrEnum):
    """The classification of a comment; blatant spam need not be shown to anybody."""

    HAM = "ham"
    SPAM = "spam"
    BLATANT = "blatant"
    UNKNOWN = "unknown"


FINDINGS = {
    Outcome.APPROVE: Finding.HAM,
    Outcome.HOLD: Finding.SPAM,
    Outcome.REJECT: Finding.BLATANT,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SentComment:
    """The allowed fields of a request, and what else of it decides.

    `is_caught`: a hidden field was filled in, or it is the test of a client. `is_unreadable`: some
    field is in unknown characters.
    """

    fields: Mapping[str, str]
    is_caught: bool = False
    is_unreadable: bool = False

    @classmethod
    def of(
        cls, given: Mapping[str, str], unreadable: Collection[str] = frozenset()
    ) -> "SentComment":
        """Keep the fields on the allow-list; of an address only that it is the one for tests."""
        honeypot = given.get("honeypot_field_name", "")
        mail = given.get("comment_author_email", "").strip().lower()
        return cls(
            fields={name: given[name] for name in FIELDS if given.get(name)},
            is_caught=given.get("comment_author") == ALWAYS_SPAM
            or mail == ALWAYS_SPAM_MAIL
            or bool(honeypot and honeypot not in FIELDS and given.get(honeypot)),
            is_unreadable=any(name in FIELDS for name in unreadable),
        )

    @property
    def text(self) -> str:
        """The comment without markup; if it is empty, its author and their link."""
        return self._content or self.whole

    @property
    def whole(self) -> str:
        """The author, their link and the comment, as a reader sees them."""
        parts = (self._author, self._author_url, self._content)
        return "\n".join(part for part in parts if part.strip())

    @property
    def readings(self) -> tuple[str, ...]:
        """The texts that are scored: the comment alone and with its author, and a link as name."""
        name = [self._author] if links_in(self._author) else []
        return (self.text, self.whole, *name)

    @property
    def _author(self) -> str:
        return self.fields.get("comment_author", "")

    @property
    def _author_url(self) -> str:
        # It is a link, whether it is written as one or not.
        url = self.fields.get("comment_author_url", "").strip()
        return url if not url or "//" in url else f"https://{url}"

    @property
    def _content(self) -> str:
        return plain(self.fields.get("comment_content", "")[:LONGEST])

    @property
    def pages(self) -> tuple[str, ...]:
        """The addresses of the pages that it is about."""
        return tuple(filter(None, (self.fields.get("blog"), self.fields.get("permalink"))))

    @property
    def language(self) -> str:
        """The language of the web site, "" if it names none or several: `fr_ca`, or `en, fr`."""
        return languages.only(self.fields.get("blog_lang", "").split(","))

    @property
    def is_endless(self) -> bool:
        """Whether the content is too long to be read."""
        return len(self.fields.get("comment_content", "")) > LONGEST

    @property
    def is_test(self) -> bool:
        """Whether this is a test, which must not become a label."""
        return self.fields.get("is_test", "").lower() not in ("", "0", "false")

    @property
    def host(self) -> str:
        """The host of the calling web site, "-" if unknown."""
        blog = self.fields.get("blog", "")
        try:
            return (urlsplit(blog if "//" in blog else f"//{blog}").hostname or "-")[:253]
        except ValueError:
            return "-"


def check(analyst: Analyst, key: ApiKey, sent: SentComment) -> Finding:
    """Classify a comment and count the call."""
    finding = _finding(analyst, key, sent)
    answer = "ham" if finding is Finding.HAM else "spam"
    analyst.meter.called(key, sent.host, finding if finding is Finding.UNKNOWN else answer)
    return finding


def report(analyst: Analyst, key: ApiKey, sent: SentComment, *, is_spam: bool) -> None:
    """Store a person's correction of a comment; tests are ignored."""
    if sent.is_test or not sent.text:
        return
    analyst.meter.called(key, sent.host, "missed" if is_spam else "false")
    label = Label(
        community=f"Akismet:{sent.host}",
        text=sent.text,
        scores={Attribute.SPAM: float(is_spam)},
    )
    correct(analyst, key, label)


def classify(policy: Policy, text: ScoredText, **evidence: tuple[str, ...]) -> Finding:
    """Classify a text by its score and links: held means spam, rejected means blatant spam."""
    verdict = advise(policy, text, [spam, links], **evidence)
    found = [opinion for opinion in verdict.opinions if not opinion.lacks_score]
    if not found and verdict.opinions:
        return Finding.UNKNOWN
    return FINDINGS[verdict.outcome]


def stand_in(policy: Policy, unscored: float) -> Finding:
    """Classify a text without a score by `unscored`, the key's score for such texts."""
    return classify(policy, ScoredText({Attribute.SPAM: unscored}))


def _finding(analyst: Analyst, key: ApiKey, sent: SentComment) -> Finding:
    if sent.fields.get("user_role") == ALWAYS_HAM:
        return Finding.HAM
    if sent.is_caught:
        return Finding.SPAM
    if sent.is_endless or sent.is_unreadable or not sent.text:
        return Finding.UNKNOWN
    site = analyst.keyring.site(key)
    return classify(
        analyst.keyring.policy(key),
        _read(analyst, key, sent),
        domains=hosts_linked(sent.whole),
        mentions=hosts_named(sent.whole),
        own=(*filter(None, map(host_of, sent.pages)), *(site.hosts if site else ())),
    )


def _read(analyst: Analyst, key: ApiKey, sent: SentComment) -> ScoredText:
    """Score a comment alone and with its author, whose name and link may be the advertisement.

    The highest score counts. With a name a text may look like another language: then it has none.
    """
    try:
        scorer = analyst.scorer(key, *sent.pages).naming(sent.language)
        alone, *others = scorer.read(sent.readings)
    except NotScored:
        return UNREAD
    if alone.scores.get(Attribute.SPAM) is None:
        return alone
    return max([alone, *others], key=lambda text: text.scores.get(Attribute.SPAM) or 0.0)
