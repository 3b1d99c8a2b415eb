"""Say whether a comment is spam as Akismet does, and take in what people say it was."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

from service.analysis import verdicts
from service.analysis.analyst import Analyst
from service.analysis.correcting import correct
from service.analysis.markup import plain
from service.domain.errors import NotScored
from service.domain.key import ApiKey
from service.domain.label import Label

# What is read of a request; WordPress sends its visitors' whole environment, which is dropped.
FIELDS = (
    "blog",
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
SPAM = "SPAM"
ALWAYS_SPAM = "viagra-test-123"
ALWAYS_HAM = "administrator"


class Finding(StrEnum):
    """What a comment is; blatant spam need not be shown to anybody."""

    HAM = "ham"
    SPAM = "spam"
    BLATANT = "blatant"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Sent:
    """What we read of a request: the allow-list, and whether a hidden field was filled in."""

    fields: Mapping[str, str]
    fell_for_honeypot: bool = False

    @classmethod
    def of(cls, given: Mapping[str, str]) -> "Sent":
        """Keep what is on the allow-list."""
        honeypot = given.get("honeypot_field_name", "")
        caught = bool(honeypot and honeypot not in FIELDS and given.get(honeypot))
        return cls({name: given[name] for name in FIELDS if given.get(name)}, caught)

    @property
    def text(self) -> str:
        """The comment without its markup; where there is none, its author and his link."""
        content = plain(self.fields.get("comment_content", "")[:LONGEST])
        who = ("comment_author", "comment_author_url")
        return content or " ".join(self.fields.get(name, "") for name in who).strip()

    @property
    def is_endless(self) -> bool:
        """Whether there is more to read than anybody would."""
        return len(self.fields.get("comment_content", "")) > LONGEST

    @property
    def is_test(self) -> bool:
        """Whether nobody is to learn from it."""
        return self.fields.get("is_test", "").lower() not in ("", "0", "false")

    @property
    def host(self) -> str:
        """The web site that asks, "-" where it does not say."""
        blog = self.fields.get("blog", "")
        try:
            return (urlsplit(blog if "//" in blog else f"//{blog}").hostname or "-")[:253]
        except ValueError:
            return "-"


def check(analyst: Analyst, key: ApiKey, sent: Sent) -> Finding:
    """Say what a comment is."""
    found = _found(analyst, key, sent)
    known = "ham" if found is Finding.HAM else "spam"
    analyst.meter.called(key, sent.host, found if found is Finding.UNKNOWN else known)
    return found


def report(analyst: Analyst, key: ApiKey, sent: Sent, *, is_spam: bool) -> None:
    """Keep what a person says a comment was; a test teaches nothing."""
    if sent.is_test or not sent.text:
        return
    analyst.meter.called(key, sent.host, "missed" if is_spam else "false")
    label = Label(
        community=f"Akismet:{sent.host}",
        text=sent.text,
        scores={SPAM: float(is_spam)},
    )
    correct(analyst, key, label)


def _found(analyst: Analyst, key: ApiKey, sent: Sent) -> Finding:
    if sent.fields.get("user_role") == ALWAYS_HAM:
        return Finding.HAM
    if sent.fields.get("comment_author") == ALWAYS_SPAM or sent.fell_for_honeypot:
        return Finding.SPAM
    score = None if sent.is_endless else _score(analyst, key, sent.text)
    if score is None:
        return Finding.UNKNOWN
    threshold = verdicts.threshold(analyst.keyring.policy(key), SPAM)
    if score >= threshold.reject:
        return Finding.BLATANT
    return Finding.SPAM if score >= threshold.hold else Finding.HAM


def _score(analyst: Analyst, key: ApiKey, text: str) -> float | None:
    try:
        return None if not text else analyst.scorers.of(key.site).score([text])[0].get(SPAM)
    except NotScored:
        return None
