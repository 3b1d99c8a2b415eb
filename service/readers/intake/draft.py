"""Drafts: a submission together with the comment it would become."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from service import networks
from service.core import Core
from service.domain import ids, languages, text
from service.domain.comment import Comment, Status
from service.domain.site import Mode, Site
from service.domain.submission import Submission
from service.domain.thread import Thread
from service.domain.thread_state import ThreadState
from service.readers import article
from service.signing import Signer
from service.store.comments import exchanges, threads
from service.store.comments.intakes import Intake, Proof


@dataclass(slots=True, kw_only=True)
class CommentDraft:
    """A comment that is not accepted yet, with its submission.

    `comment` holds the cleaned texts and the author's pseudonym. `thread` is the article's, where
    it is now, with the title that was sent; its id is "" if the address is wrong. The captcha check
    sets `proof`; it stays None where no captcha is required. It also sets `is_bare` if a code came
    without work, and the comment's doubts. `suspect` tells whether a text is probably spam, where a
    model can say so in time.
    """

    sent: Submission
    comment: Comment
    thread: Thread
    proof: Proof | None = None
    is_bare: bool = False
    suspect: Callable[[str], bool] | None = None

    def looks_like_spam(self) -> bool:
        """Return whether the text is probably spam; false if nobody knows."""
        return self.suspect is not None and self.suspect(self.comment.body)


def prepare(
    core: Core, site: Site, sent: Submission, suspect: Callable[[str], bool] | None = None
) -> CommentDraft:
    """Clean a submission and identify its author."""
    located, _ = article.locate(site, sent.thread, sent.title)
    thread, state = threads.placed(core.at(site.name), located)
    is_published = site.mode is Mode.POST and state is not ThreadState.PREMODERATED
    status = Status.APPROVED if is_published else Status.PENDING
    comment = _comment(core, site, sent, thread, status)
    return CommentDraft(sent=sent, comment=comment, thread=thread, suspect=suspect)


def former_authors(core: Core, site: Site, draft: CommentDraft) -> list[tuple[str, str]]:
    """Return the author's pseudonyms, and the person's, under former secrets."""
    _, *former = core.signer.generations
    sent, name = draft.sent, draft.comment.name
    return [(_author(one, site, sent, name), one.person(sent.address, name)) for one in former]


def intake_of(site: Site, draft: CommentDraft) -> Intake:
    """Collect everything the store needs to accept the comment."""
    sent, days = draft.sent, site.policy.closed_after_days
    return Intake(
        comment=draft.comment,
        thread=draft.thread,
        proof=draft.proof,
        idempotency=digest(sent.idempotency) if sent.idempotency else "",
        fingerprint=_fingerprint(sent, draft.comment),
        names_article=sent.trusted,
        closes_after=timedelta(days=days) if days else None,
    )


def digest(value: str) -> str:
    """Hash a key or a submission to 32 characters that do not reveal it."""
    return hashlib.sha256(value.encode("utf-8", "replace")).hexdigest()[:32]


def _comment(core: Core, site: Site, sent: Submission, thread: Thread, status: Status) -> Comment:
    name, now = text.clean_name(sent.name), core.now()
    id_ = ids.new_id(now, core.random(ids.RANDOM_BYTES))
    parent = sent.parent if sent.parent and ids.is_id(sent.parent) else None
    return Comment(
        id=id_,
        thread=thread.id,
        author=_author(core.signer, site, sent, name),
        name=name,
        body=text.clean_body(sent.body),
        created_at=now,
        status=status,
        parent=parent,
        root=exchanges.root_of(core.at(site.name), parent) if parent else None,
        email=(sent.email or "").strip() or None,
        badge=sent.badge if sent.trusted else None,
        person=core.signer.person(sent.address, name),
        named_language=languages.primary(sent.language),
        network=networks.voters(core, site.name, id_, sent.address)[0] if sent.address else "",
    )


def _author(signer: Signer, site: Site, sent: Submission, name: str) -> str:
    if sent.reader:
        return sent.reader
    if sent.trusted:
        return signer.pseudonym(site.name, "newsroom", name.casefold())
    # Without a token an author is identified by address and name. Never by e-mail: anybody could
    # use somebody else's address and profit from, or ruin, their record.
    return signer.pseudonym(site.name, "author", f"{sent.address}\n{name.casefold()}")


def _fingerprint(sent: Submission, comment: Comment) -> str:
    """Hash content and author, so that repeating somebody else's key and text gives no receipt."""
    author = [comment.author, sent.trusted]
    return digest(json.dumps([comment.thread, comment.name, comment.body, sent.parent, *author]))
