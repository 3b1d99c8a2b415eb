"""Every Redis key this project owns. A key that is not here does not exist.

The site is the hash tag: all the keys of a site share one Cluster slot, so one script may touch
several of them. docs/keys.md describes the fields.
"""

from dataclasses import dataclass

from service.domain.comment import Status

SCHEMA = "fm:schema"
"""string: the version of this key schema."""
SITES = "fm:sites"
"""hash: site name -> settings and policy as JSON."""
MODERATORS = "fm:moderators"
"""hash: moderator name -> account as JSON."""
WORKERS = "fm:workers"
"""hash: worker name -> "ms,model" of its last sign of life."""


def session(digest: str) -> str:
    """Name the string that holds a signed-in moderator; TTL 12 hours."""
    return f"fm:session:{digest}"


def invitation(digest: str) -> str:
    """Name the string that holds whom a one-time link is for; TTL 7 days."""
    return f"fm:invitation:{digest}"


def allowance(what: str, who: str) -> str:
    """Name the string that limits something that belongs to no site (see `Keys.allowance`)."""
    return f"fm:rate:{what}:{who}"


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys of one site."""

    site: str

    def _key(self, *parts: str) -> str:
        return ":".join((f"fm:{{{self.site}}}", *parts))

    def comment(self, comment: str) -> str:
        """hash: the comment's short fields and its tally."""
        return self._key("c", comment)

    def body(self, comment: str) -> str:
        """string: the comment's text; apart, so that the hash stays a listpack."""
        return self._key("b", comment)

    def thread(self, thread: str) -> str:
        """hash: the article's address, title and tally."""
        return self._key("t", thread)

    def thread_new(self, thread: str) -> str:
        """zset: approved comment -> created_at in ms."""
        return self._key("t", thread, "new")

    def thread_best(self, thread: str) -> str:
        """zset: approved comment -> lower bound of its Wilson interval."""
        return self._key("t", thread, "best")

    def thread_roots(self, thread: str) -> str:
        """zset: comment at the top of an exchange -> created_at in ms; see lib/exchange.lua."""
        return self._key("t", thread, "roots")

    def thread_roots_best(self, thread: str) -> str:
        """zset: comment at the top of an exchange -> lower bound of its Wilson interval."""
        return self._key("t", thread, "roots", "best")

    def answers(self, root: str) -> str:
        """zset: approved answer in the exchange that begins with `root` -> created_at in ms."""
        return self._key("r", root)

    def votes(self, target: str) -> str:
        """hash: voter -> "1" or "-1"; of a comment or of a thread."""
        return self._key("v", target)

    def flags(self, comment: str) -> str:
        """hash: reader -> "ms reason note"."""
        return self._key("f", comment)

    def author(self, author: str) -> str:
        """hash: status -> how many of the author's comments stand there; `first` in ms."""
        return self._key("a", author)

    def unjudged(self) -> str:
        """zset: comment -> when it is next due in ms; what no worker has judged yet."""
        return self._key("unjudged")

    def tries(self) -> str:
        """hash: comment -> how often workers have claimed it; only while unjudged."""
        return self._key("tries")

    def bell(self) -> str:
        """string: a drain job is on its way; TTL 5 s."""
        return self._key("bell")

    def home(self, status: Status) -> str:
        """zset: comment -> created_at in ms; every comment of the site in that status."""
        return self._key("s", status.value)

    def flagged(self) -> str:
        """zset: approved comment -> how many readers flag it."""
        return self._key("flagged")

    def claim(self, comment: str) -> str:
        """string: the moderator who has it before him; TTL 5 min."""
        return self._key("claim", comment)

    def log(self) -> str:
        """stream: every change of status, who made it and why."""
        return self._key("log")

    def fingerprints(self) -> str:
        """stream: the latest texts' MinHash signatures, capped."""
        return self._key("fingerprints")

    def captcha(self, nonce: str) -> str:
        """string: "used", or how many wrong answers; lives as long as the captcha."""
        return self._key("captcha", nonce)

    def idempotency(self, digest: str) -> str:
        """string: "comment fingerprint"; TTL 24 h."""
        return self._key("idem", digest)

    def allowance(self, what: str, who: str) -> str:
        """string: when the caller's allowance is whole again, in ms (GCRA)."""
        return self._key("rate", what, who)

    def search_next(self) -> str:
        """string: the first free column of the search index."""
        return self._key("search", "next")

    def search_ids(self, block: int) -> str:
        """string: the ids of a block's columns, 26 bytes each."""
        return self._key("search", "ids", str(block))

    def search_bits(self, block: int) -> str:
        """string: the bit-sliced signatures of a block's comments."""
        return self._key("search", "bits", str(block))
