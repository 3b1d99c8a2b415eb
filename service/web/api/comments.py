"""The API of comments, votes, flags, counts and search, for the widget and for programs."""

from flask import Blueprint, Response, request, url_for
from pydantic import BaseModel
from spectree import Response as Answers

from service.domain.flag import Notice
from service.domain.key import Scope
from service.domain.submission import Submission
from service.readers import authorship, discussion, introduction, own_comment
from service.readers.intake.submit import submit
from service.readers.report import flag_comment
from service.readers.vote import vote_on_article, vote_on_comment
from service.web.api import present, request_shapes, shapes
from service.web.api.openapi import spec
from service.web.http import caller, guard

bp = Blueprint("api", __name__, url_prefix="/api/v1/sites/<site>")
bp.before_request(guard.check_api_call)
bp.after_request(guard.allow_site)

COUNTS_FRESH = "public, max-age=10, stale-while-revalidate=60"
COUNTS_NOW = "private, no-cache"
THREAD_FRESH = "public, max-age=2, stale-while-revalidate=10"
PROBLEM = shapes.Problem


@bp.post("/readers")
@spec.validate(
    resp=Answers(HTTP_201=shapes.ReaderShape, HTTP_404=PROBLEM, HTTP_429=PROBLEM), tags=["readers"]
)
def post_reader(site: str) -> tuple[shapes.ReaderShape, int]:
    """Issue a token to a new reader."""
    token = introduction.introduce(caller.core(), caller.site(), caller.address())
    return shapes.ReaderShape(token=token), 201


@bp.post("/comments")
@spec.validate(
    resp=Answers(
        HTTP_202=shapes.SubmittedShape, HTTP_403=PROBLEM, HTTP_413=PROBLEM, HTTP_429=PROBLEM
    ),
    tags=["comments"],
)
def post_comment(
    site: str, json: request_shapes.NewComment
) -> tuple[shapes.SubmittedShape, int, dict[str, str]]:
    """Submit a comment; with an Idempotency-Key header the request can be repeated safely."""
    answer = json.captcha or request_shapes.CaptchaAnswer()
    trusted = caller.is_trusted()
    submitted = submit(
        caller.core(),
        caller.site(),
        Submission(
            thread=json.thread,
            title=json.title,
            parent=json.parent,
            name=json.name,
            email=json.email,
            body=json.body,
            captcha_id=answer.id,
            captcha_answer=answer.answer,
            captcha_work=answer.work,
            trap=json.homepage,
            reader=caller.reader(),
            address=caller.address(),
            idempotency=request.headers.get("Idempotency-Key", "")[:200],
            insist=json.insist or trusted,
            trusted=trusted,
            badge=json.badge,
            language=json.language,
        ),
        caller.foresight().of(caller.site(), json.language),
        caller.foresight().spam_of(caller.site(), json.language),
    )
    headers = {"Location": url_for("api.get_comment", site=site, comment=submitted.comment.id)}
    if submitted.repeated:
        headers["Idempotent-Replayed"] = "true"
    return present.submitted(submitted), 202, headers


@bp.get("/comments")
@spec.validate(resp=Answers(HTTP_200=shapes.ThreadPage, HTTP_404=PROBLEM), tags=["comments"])
def get_comments(site: str, query: request_shapes.ThreadQuery) -> Response:
    """Read one page of an article's approved comments."""
    page = discussion.read_thread(
        caller.core(),
        caller.site(),
        query.thread,
        query.sort,
        limit=query.limit,
        cursor=query.cursor,
    )
    shown = shapes.ThreadPage(
        thread=present.thread(page.thread),
        comments=[present.comment(comment) for comment in page.comments],
        next=page.next or None,
    )
    return _cacheable(shown, THREAD_FRESH)


@bp.get("/comments/<comment>")
@spec.validate(resp=Answers(HTTP_200=shapes.CommentShape, HTTP_404=PROBLEM), tags=["comments"])
def get_comment(site: str, comment: str) -> shapes.CommentShape:
    """Read one comment; its author, identified by the receipt, sees it in any status."""
    core, site_, receipt = caller.core(), caller.site(), caller.receipt()
    if core.signer.is_receipt(site_.name, comment, receipt):
        return present.own_comment(own_comment.look(core, site_, comment, receipt))
    return present.comment(discussion.read_comment(core, site_, comment))


@bp.patch("/comments/<comment>")
@spec.validate(
    resp=Answers(HTTP_200=shapes.CommentShape, HTTP_403=PROBLEM, HTTP_409=PROBLEM),
    tags=["comments"],
)
def patch_comment(site: str, comment: str, json: request_shapes.Edit) -> shapes.CommentShape:
    """Edit one's own comment within the site's edit window; it is judged again."""
    core, receipt = caller.core(), caller.receipt()
    authorship.edit(core, caller.site(), comment, receipt, json.body)
    return present.own_comment(own_comment.look(core, caller.site(), comment, receipt))


@bp.delete("/comments/<comment>")
@spec.validate(resp=Answers("HTTP_204", HTTP_403=PROBLEM, HTTP_409=PROBLEM), tags=["comments"])
def delete_comment(site: str, comment: str) -> tuple[str, int]:
    """Withdraw one's own comment within the site's edit window."""
    authorship.withdraw(caller.core(), caller.site(), comment, caller.receipt())
    return "", 204


@bp.put("/comments/<comment>/vote")
@spec.validate(
    resp=Answers(HTTP_200=shapes.TallyShape, HTTP_401=PROBLEM, HTTP_409=PROBLEM), tags=["votes"]
)
def put_vote(site: str, comment: str, json: request_shapes.NewVote) -> shapes.TallyShape:
    """Set, change or withdraw the reader's vote on a comment."""
    direction = present.DIRECTIONS[json.direction]
    tally = vote_on_comment(
        caller.core(), caller.site(), comment, caller.reader(), direction, caller.address()
    )
    return present.tally(tally, direction)


@bp.put("/vote")
@spec.validate(resp=Answers(HTTP_200=shapes.TallyShape, HTTP_401=PROBLEM), tags=["votes"])
def put_article_vote(
    site: str, query: request_shapes.ArticleQuery, json: request_shapes.NewVote
) -> shapes.TallyShape:
    """Set, change or withdraw the reader's vote on the article itself."""
    direction = present.DIRECTIONS[json.direction]
    _, tally = vote_on_article(
        caller.core(), caller.site(), query.thread, caller.reader(), direction, caller.address()
    )
    return present.tally(tally, direction)


@bp.put("/comments/<comment>/flag")
@spec.validate(
    resp=Answers(HTTP_200=shapes.Flagged, HTTP_401=PROBLEM, HTTP_409=PROBLEM), tags=["flags"]
)
def put_flag(site: str, comment: str, json: request_shapes.NewFlag) -> shapes.Flagged:
    """Report a comment; a second report by the same reader replaces the first."""
    reference = flag_comment(
        caller.core(),
        caller.site(),
        comment,
        caller.reader(),
        json.reason,
        json.note,
        caller.address(),
        Notice(**json.notice.model_dump()) if json.notice else None,
    )
    return shapes.Flagged(reference=reference)


@bp.get("/counts")
@spec.validate(
    resp=Answers(
        HTTP_200=shapes.Counts,
        HTTP_401=PROBLEM,
        HTTP_403=PROBLEM,
        HTTP_404=PROBLEM,
        HTTP_429=PROBLEM,
    ),
    tags=["counts"],
)
def get_counts(site: str, query: request_shapes.CountsQuery) -> Response:
    """Count the approved comments and the votes of up to 100 articles.

    With `Authorization: Bearer KEY` of scope `counts` or `manage` the use is charged to the key,
    and the answer never comes from a cache.
    """
    key = caller.recognise(Scope.COUNTS)
    counted = discussion.count(caller.core(), caller.site(), query.thread)
    return _cacheable(present.counts(counted), COUNTS_NOW if key else COUNTS_FRESH)


@bp.get("/search")
@spec.validate(resp=Answers(HTTP_200=shapes.Found, HTTP_429=PROBLEM), tags=["search"])
def get_search(site: str, query: request_shapes.SearchQuery) -> shapes.Found:
    """Search the approved comments of the site, or of one article, by words."""
    matches = discussion.search_comments(
        caller.core(),
        caller.site(),
        query.q,
        address=caller.address(),
        url=query.thread,
        limit=query.limit,
        cursor=query.cursor,
    )
    return shapes.Found(
        comments=[present.comment(comment) for comment in matches.comments],
        threads={id_: thread.url for id_, thread in matches.threads.items()},
        next=matches.next or None,
    )


def _cacheable(shown: BaseModel, fresh: str) -> Response:
    response = Response(shown.model_dump_json(), content_type="application/json")
    response.headers["Cache-Control"] = fresh
    response.add_etag()
    response.make_conditional(request)
    return response
