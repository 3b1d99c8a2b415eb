"""The names of all our Redis keys; we use no others.

Keys of the installation are constants and functions, keys of a site are methods of `Keys`. The site
is the hash tag: its keys share one Cluster slot and one script. docs/keys.md describes the fields.
"""

from dataclasses import dataclass

from service.domain.comment import Status

SCHEMA = "fm:schema"
"""string: the version of this key schema."""
SITES = "fm:sites"
"""hash: site name -> settings and policy as JSON."""
MODERATORS = "fm:moderators"
"""hash: moderator name -> account as JSON."""
INVITED = "fm:invited"
"""hash: moderator name -> digest of their valid one-time link."""
FACTORS = "fm:factors"
"""hash: moderator name -> the nonce that their app's secret is derived from, or NONCE.SEALED."""
RECOVERY = "fm:recovery"
"""hash: "WHO DIGEST" of a moderator's unused recovery code -> 1."""
PASSKEYS = "fm:passkeys"
"""hash: id of a passkey -> its moderator and public key, as JSON."""
WISHES = "fm:wishes"
"""hash: settings of the whole installation; `second_factor` "1" requires one of everybody."""
CHANGES = "fm:changes"
"""stream: every change of an account or of these settings, and who made it."""
OUTBOX = "fm:outbox"
"""zset: letter (mail or webhook call) -> when it is next due in ms."""
LETTERS = "fm:letters"
"""hash: letter -> its address and content, as JSON."""
WORKERS = "fm:workers"
"""hash: worker name -> "ms,model" of its last heartbeat."""
API_KEYS = "fm:keys"
"""hash: id of an API key -> its scope and settings, as JSON."""
AUTHOR_STATUSES = "fm:footings"
"""hash: person, by name and network -> how all sites treat them, as JSON."""
SHADOWS = "fm:shadows"
"""list: our scores and Perspective's of a text, by attribute, as JSON; the latest first."""
REQUESTS = "fm:requests"
"""hash: requests counted by protocol and status; for Prometheus."""


def session(digest: str) -> str:
    """Name the string that holds a session as JSON; TTL 12 hours."""
    return f"fm:session:{digest}"


def sessions(who: str) -> str:
    """Name the zset of a moderator's sessions: digest -> opened at in ms; TTL 12 hours."""
    return f"fm:sessions:{who}"


def spent(digest: str) -> str:
    """Name the string that marks a single-use value as used; lives as long as the value."""
    return f"fm:spent:{digest}"


def notified(what: str) -> str:
    """Name the string that marks a letter as sent recently; TTL hours."""
    return f"fm:told:{what}"


def invitation(digest: str) -> str:
    """Name the string that holds the moderator of a one-time link; TTL 7 days."""
    return f"fm:invitation:{digest}"


def allowance(what: str, around: str, who: str) -> str:
    """Name the string of an allowance of no site; those `around` one network share a slot."""
    return f"fm:rate:{what}:{{{around}}}:{who}"


def usage(key: str) -> str:
    """Name the hash of an API key: day -> how often it was used; TTL 400 days."""
    return f"fm:usage:{key}"


def calls(key: str, month: str) -> str:
    """Name the hash of an API key and a month: "HOST what" -> how often; TTL 400 days."""
    return f"fm:calls:{key}:{month}"


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
        """hash: the article's address, title, state and tally; or where it has moved."""
        return self._key("t", thread)

    def voted(self) -> str:
        """zset: article that only votes are known of, or nothing any more -> expiry in ms."""
        return self._key("voted")

    def moves(self) -> str:
        """zset: article that has moved and still has something to take along -> since, in ms."""
        return self._key("moves")

    def title(self, comment: str) -> str:
        """string: "FITNESS TITLE", the title that a comment proposes; TTL 90 days."""
        return self._key("title", comment)

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
        """hash: voter -> "1" or "-1", and what it weighs less; of a comment or of a thread."""
        return self._key("v", target)

    def apart(self, target: str) -> str:
        """hash: voter -> "direction why ms networks" of a vote that does not count."""
        return self._key("apart", target)

    def aparts(self) -> str:
        """zset: comment or thread with votes set apart -> when it is next looked at in ms."""
        return self._key("aparts")

    def voices(self, target: str) -> str:
        """hash: network -> "votes since"; `*` counts households; TTL 48 h."""
        return self._key("voices", target)

    def flags(self, comment: str) -> str:
        """hash: reader -> "ms reason/network note"."""
        return self._key("f", comment)

    def author(self, author: str) -> str:
        """hash: status -> number of the author's comments in it; `first` in ms."""
        return self._key("a", author)

    def latest(self, author: str) -> str:
        """zset: the author's latest comments, 50 at most -> created_at in ms."""
        return self._key("latest", author)

    def author_statuses(self) -> str:
        """hash: author -> how the site treats them, as JSON."""
        return self._key("footings")

    def notes(self, comment: str) -> str:
        """hash: note -> what a moderator noted for colleagues, as JSON."""
        return self._key("n", comment)

    def sent(self) -> str:
        """hash: comment -> which colleague is asked about it, and by whom, as JSON."""
        return self._key("sent")

    def undo(self, undo: str) -> str:
        """hash: comment -> where it stood before a decision; `by`, `what`; TTL 10 min."""
        return self._key("undo", undo)

    def undos(self, moderator: str) -> str:
        """zset: undo -> when a moderator made that decision, in ms; TTL 10 min."""
        return self._key("undos", moderator)

    def preview(self, preview: str) -> str:
        """string: who looked at which comments before one decision on all, as JSON; TTL 1 h."""
        return self._key("preview", preview)

    def facet(self, name: str) -> str:
        """zset: held comment -> created_at in ms, or a score; see lib/queue.lua."""
        return self._key("q", name)

    def unjudged(self) -> str:
        """zset: unjudged comment -> when it is next due in ms."""
        return self._key("unjudged")

    def tries(self) -> str:
        """hash: unjudged comment -> how often workers have claimed it."""
        return self._key("tries")

    def bell(self) -> str:
        """string: a drain job is on its way; TTL 5 s."""
        return self._key("bell")

    def home(self, status: Status) -> str:
        """zset: every comment of the site in that status -> created_at in ms."""
        return self._key("s", status.value)

    def flagged(self) -> str:
        """zset: approved comment -> number of unanswered flags."""
        return self._key("flagged")

    def claim(self, comment: str) -> str:
        """string: the moderator who is looking at it; TTL 5 min."""
        return self._key("claim", comment)

    def claims(self) -> str:
        """zset: comment -> when its claim ends in ms; the claim itself is the string."""
        return self._key("claims")

    def log(self) -> str:
        """stream: every change of status, with its cause and reason."""
        return self._key("log")

    def acts(self) -> str:
        """stream: what people did besides deciding: policies, notices, appeals, answers."""
        return self._key("acts")

    def hour(self, hour: str) -> str:
        """hash: what happened in one hour (UTC, e.g. 2026-11-22T09), counted from the streams."""
        return self._key("hour", hour)

    def rolled(self) -> str:
        """string: the first hour that is not counted yet."""
        return self._key("rolled")

    def alert(self) -> str:
        """hash: the limits of the queue for alerts, and the webhook."""
        return self._key("alert")

    def fingerprints(self) -> str:
        """stream: the latest texts' MinHash signatures, capped."""
        return self._key("fingerprints")

    def labels(self) -> str:
        """hash: label -> text and scores from another system, as JSON."""
        return self._key("labels")

    def labels_new(self) -> str:
        """zset: label -> when it arrived in ms."""
        return self._key("labels", "new")

    def appeal(self, comment: str) -> str:
        """hash: the author's appeal against the decision on a comment, and its answer."""
        return self._key("appeal", comment)

    def appeals_open(self) -> str:
        """zset: comment with an open appeal -> when its author appealed in ms."""
        return self._key("appeals", "open")

    def appeals_answered(self) -> str:
        """zset: comment -> when its appeal was answered in ms."""
        return self._key("appeals", "answered")

    def badged(self) -> str:
        """hash: skeleton of a name that was used with a badge -> 1."""
        return self._key("badged")

    def lately(self, what: str, who: str) -> str:
        """string: number of recent comments of one kind, e.g. from a network; TTL 10 min."""
        return self._key("lately", what, who)

    def captcha(self, nonce: str) -> str:
        """string: "used", or the number of wrong answers; lives as long as the captcha."""
        return self._key("captcha", nonce)

    def idempotency(self, digest: str) -> str:
        """string: "comment fingerprint"; TTL 24 h."""
        return self._key("idem", digest)

    def allowance(self, what: str, who: str) -> str:
        """string: "owed since", what a caller or their network has used, in ms (GCRA)."""
        return self._key("rate", what, who)

    def turn(self) -> str:
        """string: number of changes visible to readers."""
        return self._key("turn")

    def search_next(self) -> str:
        """string: the first free column of the search index."""
        return self._key("search", "next")

    def search_ids(self, block: int | str) -> str:
        """string: the ids of a block's columns, 26 bytes each."""
        return self._key("search", "ids", str(block))

    def search_bits(self, block: int | str) -> str:
        """string: the bit-sliced signatures of a block's comments."""
        return self._key("search", "bits", str(block))
