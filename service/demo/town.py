"""The people of the demo's town write, answer and vote, on the way that every reader takes."""

import secrets
import time
from collections.abc import Sequence
from dataclasses import replace

import structlog

from service import demo
from service.core import Core
from service.demo.newspaper import ARTICLES
from service.demo.talk import TALKS, Remark, Talk
from service.domain.comment import Comment, Status
from service.domain.flag import FlagReason
from service.domain.site import CaptchaStrategy, Site
from service.domain.submission import Submission
from service.domain.vote import Direction
from service.readers.article import find_thread
from service.readers.intake.submit import submit
from service.readers.report import flag_comment
from service.readers.vote import vote_on_article, vote_on_comment
from service.store.comments import comments, threads
from service.store.site import sites

PATIENCE = 5.0
POLL = 0.005

log = structlog.get_logger(__name__)


class Town:
    """People who need no confirmation code; what they say is judged like everybody's."""

    def __init__(self, core: Core, port: int) -> None:
        site = sites.get(core.redis, demo.NAME)
        self._core, self._port = core, port
        # The site as it is kept asks for a code; only for them it does not.
        policy = replace(site.policy, comments_per_minute=0)
        self._site: Site = replace(site, captcha=CaptchaStrategy.OFF, policy=policy)

    def speak(self, talks: Sequence[Talk] = TALKS) -> None:
        """Write, answer, vote and report under the articles; what is not published, is not.

        Gives up, with a line in the log, where no worker judges.
        """
        try:
            for talk in talks:
                self._talk(talk)
        except TimeoutError:
            log.warning("demo left unfinished", after=PATIENCE)

    def _talk(self, talk: Talk) -> None:
        title = next(article.headline for article in ARTICLES if article.slug == talk.slug)
        url = demo.article_url(self._port, talk.slug)
        record, thread = self._core.at(self._site.name), find_thread(self._site, url)
        threads.settle(record, thread, title=title, now=self._core.now())
        made: list[Comment] = []
        for remark in talk.remarks:
            made.append(comment := self._write(remark, url, made))
            if comment.status is Status.APPROVED:
                self._vote(comment, remark)
        for way in _ways(talk.up, talk.down):
            who, where = self._reader(), secrets.token_hex(4)
            vote_on_article(self._core, self._site, url, who, way, where)
        if talk.flagged is not None and made[talk.flagged].status is Status.APPROVED:
            reported, who = made[talk.flagged].id, self._reader()
            flag_comment(self._core, self._site, reported, who, FlagReason.OTHER, "Look.", "x")

    def _write(self, remark: Remark, url: str, made: Sequence[Comment]) -> Comment:
        """Write a comment and give what became of it.

        :raises TimeoutError: it was not judged.
        """
        answered = None if remark.answers is None else made[remark.answers]
        heard = answered is not None and answered.status is Status.APPROVED
        sent = Submission(
            thread=url,
            parent=answered.id if answered and heard else None,
            name=remark.name,
            body=remark.body,
            badge=remark.badge,
            trusted=remark.badge is not None,
            reader=self._reader(),
            address=secrets.token_hex(4),
        )
        taken = submit(self._core, self._site, sent).comment
        return self._judged(taken.id)

    def _judged(self, comment_id: str) -> Comment:
        record = self._core.at(self._site.name)
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            comment = comments.get(record, comment_id)
            if comment.status is not Status.PENDING:
                return comment
            time.sleep(POLL)  # readers, too, look again whether their comment was judged
        raise TimeoutError

    def _vote(self, comment: Comment, remark: Remark) -> None:
        for way in _ways(remark.up, remark.down):
            who, where = self._reader(), secrets.token_hex(4)
            vote_on_comment(self._core, self._site, comment.id, who, way, where)

    def _reader(self) -> str | None:
        token = self._core.signer.reader_token(self._site.name, self._core.random(12))
        return self._core.signer.reader(self._site.name, token)


def _ways(up: int, down: int) -> list[Direction]:
    return [Direction.UP] * up + [Direction.DOWN] * down
