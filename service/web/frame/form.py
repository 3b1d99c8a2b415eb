"""The form for a new comment: what was typed, what is wrong with it, and its confirmation code."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from flask import request, url_for

from service import captcha as captchas
from service.captcha.token import NONCE_BYTES
from service.domain.comment import Comment
from service.domain.errors import CommentNotFound, Invalid, KeyReused, MayBeHeld, TooMany
from service.domain.sentences import N_, counted
from service.domain.site import CaptchaStrategy
from service.readers import threads
from service.readers.intake import submit as intake
from service.web.http import caller, language

# Which field of the form shows what the intake says of which field.
PLACES = {"captcha": "answer", "captcha.id": "answer", "captcha.answer": "answer", "thread": "form"}
# After these the same code can never be right.
SPENT = frozenset({"used", "exhausted", "expired", "unknown"})
REFUSALS = (Invalid, TooMany, KeyReused, MayBeHeld)
SILENT = (CaptchaStrategy.POW, CaptchaStrategy.ADAPTIVE)
USED = N_("This form was used for another comment before. Please check it and send it again.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What stands in the form; `key` lets it be sent twice and kept once."""

    thread: str = ""
    title: str = ""
    parent: str = ""
    name: str = ""
    email: str = ""
    body: str = ""
    captcha_id: str = ""
    answer: str = ""
    insist: bool = False
    key: str = field(default_factory=lambda: secrets.token_urlsafe(12))

    def submission(self, reader: str | None) -> intake.Submission:
        """Hand the draft to the intake."""
        return intake.Submission(
            thread=self.thread,
            title=self.title,
            parent=self.parent or None,
            name=self.name,
            email=self.email or None,
            body=self.body,
            captcha_id=self.captcha_id,
            captcha_answer=self.answer,
            reader=reader,
            address=caller.address(),
            idempotency=self.key,
            insist=self.insist,
        )

    def with_new_code(self) -> "Draft":
        """Forget the code, so that the form shows another one."""
        return replace(self, captcha_id="", answer="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """A confirmation code that can be seen and heard."""

    id: str
    picture: str
    sound: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """The form as it is shown; `faults` by field, "form" for what concerns all of it.

    `code_for_all` is false where a browser with JavaScript proves itself by work instead. `nudge`
    asks whether the text is meant as it is.
    """

    draft: Draft
    faults: Mapping[str, str] = field(default_factory=dict)
    code: Code | None = None
    code_for_all: bool = True
    answered: Comment | None = None
    nudge: bool = False


@dataclass(frozen=True, slots=True)
class Refused:
    """A form that says why it was not taken, and HTTP's word for that."""

    form: Form
    status: int


def fresh() -> Draft:
    """Begin a draft as the address asks: for an article, perhaps as an answer."""
    return Draft(
        thread=request.args.get("thread", ""),
        title=request.args.get("title", "")[:300],
        parent=request.args.get("reply", ""),
    )


def sent() -> Draft:
    """Read the draft that a form sent."""
    names = ("thread", "title", "parent", "name", "email", "body", "captcha_id", "answer")
    typed: dict[str, Any] = {name: request.form.get(name, "") for name in names}
    draft = Draft(**typed, insist="insist" in request.form)
    return replace(draft, key=request.form.get("key", "")[:200] or draft.key)


def show(draft: Draft, faults: Mapping[str, str] | None = None) -> Form:
    """Show a draft with what is wrong with it, and with a code where the site wants one."""
    code = _code(draft)
    wants_work = caller.site().captcha in SILENT
    return Form(
        draft=replace(draft, captcha_id=code.id if code else ""),
        faults=faults or {},
        code=code,
        code_for_all=not wants_work or request.method == "POST" or "code" in request.args,
        answered=_answered(draft),
    )


def submit(draft: Draft, reader: str | None) -> intake.Submitted | Refused:
    """Submit a draft; what is not taken is shown again, with everything that was typed."""
    try:
        foresee = caller.foresight().of(caller.site())
        return intake.submit(caller.core(), caller.site(), draft.submission(reader), foresee)
    except REFUSALS as refusal:
        return Refused(*_refuse(draft, refusal))


def _refuse(draft: Draft, refusal: Exception) -> tuple[Form, int]:
    match refusal:
        case Invalid(faults=faults):
            texts = {PLACES.get(f.field, f.field): language.say(f.sentence) for f in faults}
            spent = any(f.field.startswith("captcha") and f.code in SPENT for f in faults)
            return show(_next_try(draft, spent=spent, wrong="answer" in texts), texts), 422
        case TooMany(retry_after=seconds):
            return show(draft, {"form": _wait(seconds)}), 429
        case MayBeHeld():
            return replace(show(draft), nudge=True), 422
        case _:
            again = replace(draft.with_new_code(), key=Draft().key)
            return show(again, {"form": language.gettext(USED)}), 409


def _wait(seconds: float) -> str:
    sentence = counted(
        "That was quick. Please wait %(count)s second, then send it again.",
        "That was quick. Please wait %(count)s seconds, then send it again.",
        max(1, round(seconds)),
    )
    return language.say(sentence)


def _next_try(draft: Draft, *, spent: bool, wrong: bool) -> Draft:
    if spent:
        return draft.with_new_code()
    return replace(draft, answer="") if wrong else draft


def _code(draft: Draft) -> Code | None:
    if caller.site().captcha is CaptchaStrategy.OFF:
        return None
    id_ = draft.captcha_id or _mint()
    return Code(
        id=id_,
        picture=url_for("captcha.get_picture", captcha=id_),
        sound=url_for("captcha.get_clip", captcha=id_),
    )


def _mint() -> str:
    # Always a picture: without JavaScript no work can be proved, and the intake takes either.
    core = caller.core()
    return captchas.mint(
        core.signer.derive("captcha"),
        caller.site().name,
        captchas.Kind.IMAGE,
        now=core.now(),
        nonce=core.random(NONCE_BYTES),
    ).id


def _answered(draft: Draft) -> Comment | None:
    if not draft.parent:
        return None
    try:
        return threads.read_comment(caller.core(), caller.site(), draft.parent)
    except CommentNotFound:
        return None
