"""Reports of comments in the frame, including notices of illegal content."""

from flask import Blueprint, Response, make_response, render_template, request

from service.domain.comment import Comment
from service.domain.errors import Fault, Invalid, TooMany
from service.domain.flag import FlagReason, Notice
from service.domain.sentences import N_
from service.domain.thread import Thread
from service.readers import report
from service.web.frame import guard, identity, parts
from service.web.http import caller, language, pages

bp = Blueprint("report", __name__)
guard.register(bp)

REASONS = {
    FlagReason.ABUSE: N_("It is hurtful or hateful"),
    FlagReason.SPAM: N_("It is advertising"),
    FlagReason.OFF_TOPIC: N_("It has nothing to do with the article"),
    FlagReason.FALSE: N_("It says something that is not true"),
    FlagReason.OTHER: N_("Something else"),
    FlagReason.ILLEGAL: N_("It is illegal"),
}
FIELDS = ("reason", "note", "place", "name", "email", "good_faith", "minors")


@bp.get("/frame/<site>/comments/<comment>/flag")
def get_flag(site: str, comment: str) -> str:
    """Show the form for a report."""
    return _form(_reported(comment), {})


@bp.post("/frame/<site>/comments/<comment>/flag")
def post_flag(site: str, comment: str) -> Response:
    """Store the report and show its reference."""
    typed = {name: request.form.get(name, "") for name in FIELDS}
    try:
        token = identity.token()
        reference = _flag(comment, identity.pseudonym(token), typed)
    except Invalid as wrong:
        form = _form(_reported(comment), typed, parts.faults(wrong))
        return make_response(form, 422)
    except TooMany as early:
        wait = pages.explain(early)
        faults = {"form": f"{wait.title}. {wait.detail}"}
        return make_response(_form(_reported(comment), typed, faults), wait.status)
    page = render_template(
        "frame/flagged.html", reference=reference, thread=request.form.get("thread", "")
    )
    response = make_response(page)
    identity.keep_reader(response, token)
    return response


def _flag(comment: str, reader: str | None, typed: dict[str, str]) -> str:
    notice = Notice(
        place=typed["place"],
        name=typed["name"],
        email=typed["email"],
        good_faith=bool(typed["good_faith"]),
        minors=bool(typed["minors"]),
    )
    return report.flag_comment(
        caller.core(),
        caller.site(),
        comment,
        reader,
        _reason(typed["reason"]),
        typed["note"],
        caller.address(),
        notice,
    )


def _reason(typed: str) -> FlagReason:
    if typed not in list(FlagReason):
        raise Invalid(Fault("reason", "missing", "Please choose a reason."))
    return FlagReason(typed)


def _form(reported: tuple[Comment, Thread], typed: dict[str, str], faults: object = None) -> str:
    comment, thread = reported
    return render_template(
        "frame/flag.html",
        comment=comment,
        thread=thread.url,
        place=typed.get("place") or f"{thread.url}#comment-{comment.id}",
        reasons=[(reason.value, language.gettext(text)) for reason, text in REASONS.items()],
        typed=typed,
        faults=faults or {},
    )


def _reported(comment: str) -> tuple[Comment, Thread]:
    return report.find_reported(caller.core(), caller.site(), comment)
