"""The list of comments as templates draw it; what all of its lines share is made once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from flask import Flask, current_app
from markupsafe import Markup, escape

from service.domain.comment import Comment
from service.domain.sentences import N_
from service.web.api import present
from service.web.frame import appearance
from service.web.frame.branches import Branch
from service.web.frame.conversation import Conversation
from service.web.http import caller, language
from service.web.http.cache import SegmentedCache

# Room for drawn comments, in bytes, and what Python needs beside their text.
ROOM = 8 * 1024 * 1024
OVERHEAD = 3000
# Stands for how long ago a comment was written, which changes while the comment does not; no text
# of ours or of readers contains it.
MOMENT = "\x00"
SAYS = {
    "you": N_("You"),
    "staff": N_("Newsroom"),
    "author": N_("Author of the article"),
    "edited": N_("edited"),
    "fold": N_("Fold or unfold"),
}
# As browsers write queries, and shorter than with all signs escaped.
PLAIN = "!$'()*,/:;?@"

Article = Callable[..., Markup]
EXTENSION = "folkmoot.fragments"


@dataclass(frozen=True, slots=True)
class Fragment:
    """A comment as it is drawn for everybody, before and after how long ago it was written."""

    comment: Comment
    before: Markup
    after: Markup


@dataclass(frozen=True, slots=True)
class Listing:
    """The list of a page: what it shows, to whom, and when; `home` is the frame's path.

    `base` and `wishes` are the parts of the query that all addresses of this article share.
    """

    shown: Conversation
    reader: str | None
    now: datetime
    home: str
    base: str
    wishes: str
    says: Mapping[str, str]

    def there(self, more: Mapping[str, str], anchor: str = "thread") -> str:
        """Return an address of this article's frame, with more parameters."""
        asked = {name: value for name, value in more.items() if value}
        query = "&".join(filter(None, (self.base, _query(asked), self.wishes)))
        return f"{self.home}?{query}#{anchor}"

    def html(self, body: str) -> Markup:
        """Convert a comment's text."""
        return present.html(body)

    def draw(self, article: Article, branch: Branch, level: int) -> Markup:
        """Draw a comment with a template's macro, or take what was drawn for everybody before."""
        comment = branch.comment
        if comment is None:
            return Markup()
        ago = escape(language.ago(comment.created_at, self.now))
        yours, is_own = self.shown.votes.get(comment.id), comment.author == self.reader
        if yours or is_own or branch.article or comment.id == self.shown.marked:
            return article(branch, self, level, ago, is_own, yours)
        fragment = self._fragment(article, branch, comment, level)
        if fragment is None:
            return article(branch, self, level, ago)
        return Markup(f"{fragment.before}{ago}{fragment.after}")  # noqa: S704  # drawn by templates

    def _fragment(
        self, article: Article, branch: Branch, comment: Comment, level: int
    ) -> Fragment | None:
        cache, url = _cache(), self.shown.address(branch)
        to = (branch.answers_to, branch.is_near)
        key = (comment.id, language.chosen(), self.home, url, self.shown.is_closed, level, *to)
        fragment = cache.get(key)
        if fragment is None or fragment.comment != comment:
            before, moment, after = article(branch, self, level, MOMENT).partition(MOMENT)
            if not moment or MOMENT in after:
                return None
            fragment = Fragment(comment, before, after)
            size = OVERHEAD + 4 * (len(before) + len(after) + len(comment.body))
            cache.put(key, fragment, size)
        return fragment


def of(shown: Conversation, title: str, reader: str | None) -> Listing:
    """Return the list of a part of an article's conversation."""
    return Listing(
        shown=shown,
        reader=reader,
        now=caller.core().now(),
        home=f"/frame/{caller.site().name}",
        base=_query({"thread": shown.thread.url, "title": title}),
        wishes=_query(appearance.wishes()),
        says={name: language.gettext(text) for name, text in SAYS.items()},
    )


def register(app: Flask) -> None:
    """Keep drawn comments in the process."""
    app.extensions[EXTENSION] = SegmentedCache[tuple[object, ...], Fragment](ROOM)


def _cache() -> SegmentedCache[tuple[object, ...], Fragment]:
    cache: SegmentedCache[tuple[object, ...], Fragment] = current_app.extensions[EXTENSION]
    return cache


def _query(asked: Mapping[str, str]) -> str:
    return urlencode(asked, safe=PLAIN)
