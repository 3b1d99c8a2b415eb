"""Akismet's questions: whether a comment is spam, and corrections by people."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

from service.analysis.advice import advise
from service.analysis.analyst import Analyst
from service.analysis.corrections import correct
from service.analysis.markup import plain
from service.domain.attribute import Attribute
from service.domain.errors import NotScored
from service.domain.key import ApiKey
from service.domain.label import Label
from service.domain.policy import Policy
from service.domain.verdict import Outcome
from service.judging.phases.spam import spam
from service.scoring import Scores

# The fields read from a request; WordPress sends the visitor's whole environment, which is dropped.
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
ALWAYS_SPAM = "viagra-test-123"
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


@dataclass(frozen=True, slots=True)
class SentComment:
    """The allowed fields of a request, and whether its hidden field was filled in."""

    fields: Mapping[str, str]
    fell_for_honeypot: bool = False

    @classmethod
    def of(cls, given: Mapping[str, str]) -> "SentComment":
        """Keep the fields on the allow-list."""
        honeypot = given.get("honeypot_field_name", "")
        caught = bool(honeypot and honeypot not in FIELDS and given.get(honeypot))
        return cls({name: given[name] for name in FIELDS if given.get(name)}, caught)

    @property
    def text(self) -> str:
        """The comment without markup; if it is empty, its author and their link."""
        content = plain(self.fields.get("comment_content", "")[:LONGEST])
        author = ("comment_author", "comment_author_url")
        return content or " ".join(self.fields.get(name, "") for name in author).strip()

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


def classify(policy: Policy, scores: Scores) -> Finding:
    """Classify a text by its scores: held as spam means spam, rejected means blatant spam."""
    verdict = advise(policy, scores, [spam])
    if any(opinion.lacks_score for opinion in verdict.opinions):
        return Finding.UNKNOWN
    return FINDINGS[verdict.outcome]


def stand_in(policy: Policy, unscored: float) -> Finding:
    """Classify a text without a score by `unscored`, the key's score for such texts."""
    return classify(policy, {Attribute.SPAM: unscored})


def _finding(analyst: Analyst, key: ApiKey, sent: SentComment) -> Finding:
    if sent.fields.get("user_role") == ALWAYS_HAM:
        return Finding.HAM
    if sent.fields.get("comment_author") == ALWAYS_SPAM or sent.fell_for_honeypot:
        return Finding.SPAM
    return classify(analyst.keyring.policy(key), _scores(analyst, key, sent))


def _scores(analyst: Analyst, key: ApiKey, sent: SentComment) -> Scores:
    if sent.is_endless or not sent.text:
        return {}
    try:
        return analyst.scorers.of(key.site).score([sent.text])[0]
    except NotScored:
        return {}
