"""The form for a new comment: its entries, its faults and its confirmation code."""

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from flask import request
from markupsafe import Markup

from service.captcha.strategies import STRATEGIES
from service.domain.comment import Comment
from service.domain.errors import (
    CaptchaOff,
    CommentNotFound,
    Invalid,
    KeyReused,
    MayBeHeld,
    TooMany,
)
from service.domain.sentences import N_, counted
from service.domain.submission import Submission
from service.readers import confirmation, discussion
from service.readers.article import MAX_TITLE
from service.readers.intake.submit import Submitted, submit
from service.readers.standing import Caller
from service.web.api import captcha
from service.web.frame import identity
from service.web.frame.kept import holes
from service.web.frame.kept.holes import Holes
from service.web.http import caller, language

# The form's fields that show the faults of the intake's fields.
PLACES = {"captcha": "answer", "captcha.id": "answer", "captcha.answer": "answer", "thread": "form"}
# After one of these faults the same code can never be right.
SPENT = frozenset({"used", "exhausted", "expired", "unknown", "moved"})
REFUSALS = (Invalid, TooMany, KeyReused, MayBeHeld)
USED = N_("This form was used for another comment before. Please check it and send it again.")


@dataclass(frozen=True, slots=True, kw_only=True)
class FormEntries:
    """The content of the form; `key` makes sending it twice safe."""

    thread: str = ""
    title: str = ""
    parent: str = ""
    name: str = ""
    email: str = ""
    body: str = ""
    captcha_id: str = ""
    answer: str = ""
    homepage: str = ""
    insist: bool = False
    key: str = field(default_factory=lambda: secrets.token_urlsafe(12))

    def submission(self, reader: str | None) -> Submission:
        """Return the entries as a submission."""
        return Submission(
            thread=self.thread,
            title=self.title,
            parent=self.parent or None,
            name=self.name,
            email=self.email or None,
            body=self.body,
            captcha_id=self.captcha_id,
            captcha_answer=self.answer,
            trap=self.homepage,
            reader=reader,
            address=caller.address(),
            idempotency=self.key,
            insist=self.insist,
            language=language.of_page(),
        )

    def with_new_code(self) -> "FormEntries":
        """Return the entries without the code, so that the form shows another one."""
        return replace(self, captcha_id="", answer="")


@dataclass(frozen=True, slots=True, kw_only=True)
class FormCode:
    """A code to see or hear, or the HTML of another captcha, and the work beside it in JSON."""

    id: str
    picture: str | None
    sound: str | None
    work: str | None
    html: Markup


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """The form as shown; `faults` by field, with "form" for the whole form.

    `code_for_all` is false where browsers with JavaScript do silent work instead. `nudge` asks the
    author whether to rephrase.
    """

    entries: FormEntries
    faults: Mapping[str, str] = field(default_factory=dict)
    code: FormCode | None = None
    code_for_all: bool = True
    answered: Comment | None = None
    nudge: bool = False


@dataclass(frozen=True, slots=True)
class RefusedForm:
    """A form with the reasons why it was refused, and the HTTP status."""

    form: Form
    status: int


def begin() -> FormEntries:
    """Start entries from the address: for an article, perhaps as an answer."""
    entries = FormEntries(
        thread=request.args.get("thread", ""),
        title=request.args.get("title", "")[:MAX_TITLE],
        parent=request.args.get("reply", ""),
    )
    open_ = holes.of_request()
    return replace(entries, key=open_.mark(holes.KEY)) if open_ else entries


def read() -> FormEntries:
    """Read the entries of a sent form."""
    names = ("thread", "title", "parent", "name", "email", "body", "captcha_id", "answer")
    typed: dict[str, Any] = {name: request.form.get(name, "") for name in (*names, "homepage")}
    entries = FormEntries(**typed, insist="insist" in request.form)
    key = request.form.get("key", "")[:200] or entries.key
    return replace(entries, key=key, title=entries.title[:MAX_TITLE])


def show(entries: FormEntries, faults: Mapping[str, str] | None = None) -> Form:
    """Return the form with its entries and faults, and with a code if the site requires one."""
    code = _code(entries)
    is_same = code is not None and code.id == entries.captcha_id
    return Form(
        entries=replace(
            entries, captcha_id=code.id if code else "", answer=entries.answer if is_same else ""
        ),
        faults=faults or {},
        code=code,
        code_for_all=not _is_silent() or request.method == "POST" or "code" in request.args,
        answered=_answered(entries),
    )


def send(entries: FormEntries, reader: str | None) -> Submitted | RefusedForm:
    """Submit a form; a refused one is returned with everything that was typed."""
    try:
        core, site, foresight = caller.core(), caller.site(), caller.foresight()
        sent = entries.submission(reader)
        named = sent.language
        return submit(core, site, sent, foresight.of(site, named), foresight.spam_of(site, named))
    except REFUSALS as refusal:
        return RefusedForm(*_refuse(entries, refusal))


def _refuse(entries: FormEntries, refusal: Exception) -> tuple[Form, int]:
    match refusal:
        case Invalid(faults=faults):
            texts = {PLACES.get(f.field, f.field): language.say(f.sentence) for f in faults}
            spent = any(f.field.startswith("captcha") and f.code in SPENT for f in faults)
            return show(_next_try(entries, spent=spent, wrong="answer" in texts), texts), 422
        case TooMany(retry_after=seconds):
            return show(entries, {"form": _wait(seconds)}), 429
        case MayBeHeld():
            return replace(show(entries), nudge=True), 422
        case _:
            again = replace(entries.with_new_code(), key=FormEntries().key)
            return show(again, {"form": language.gettext(USED)}), 409


def _wait(seconds: float) -> str:
    sentence = counted(
        "That was quick. Please wait %(count)s second, then send it again.",
        "That was quick. Please wait %(count)s seconds, then send it again.",
        max(1, round(seconds)),
    )
    return language.say(sentence)


def _next_try(entries: FormEntries, *, spent: bool, wrong: bool) -> FormEntries:
    if spent:
        return entries.with_new_code()
    return replace(entries, answer="") if wrong else entries


def _is_silent() -> bool:
    providers = STRATEGIES.get(caller.site().captcha)
    return providers is not None and providers.silent is not None


def _open_code(open_: Holes) -> FormCode | None:
    if caller.site().captcha not in STRATEGIES:
        return None
    code = open_.mark(holes.CAPTCHA)
    return FormCode(
        id=code,
        picture=captcha.picture_path(code),
        sound=captcha.sound_path(code),
        work=open_.mark(holes.WORK),
        html=Markup(),
    )


def _code(entries: FormEntries) -> FormCode | None:
    if open_ := holes.of_request():
        return _open_code(open_)
    # Never a silent one: without JavaScript no work can be done, and the intake accepts both kinds.
    try:
        who = Caller(address=caller.address(), reader=identity.known())
        question = confirmation.ask_for_page(caller.core(), caller.site(), who, entries.captcha_id)
    except CaptchaOff:
        return None
    work = question.offer.fields.get("altcha")
    return FormCode(
        id=question.captcha.id,
        picture=captcha.picture_url(question),
        sound=captcha.sound_url(question),
        work=json.dumps(work) if work else None,
        html=Markup(question.offer.html),  # noqa: S704  # a provider escapes what it did not write
    )


def _answered(entries: FormEntries) -> Comment | None:
    if not entries.parent:
        return None
    try:
        return discussion.read_comment(caller.core(), caller.site(), entries.parent)
    except CommentNotFound:
        return None
