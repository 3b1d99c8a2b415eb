"""Articles: whose title they have, whether they take comments, and where they have moved."""

from dataclasses import replace

import pytest

from service.clients import keyring
from service.domain.comment import Status
from service.domain.key import ApiKey, Scope
from service.domain.site import Mode
from service.store.comments import comments, threads, titles
from service.store.comments.titles import Fitness
from service.store.site import sites
from tests.factories import ARTICLE, NOON, a_verdict

ELSEWHERE = "https://news.example/tram-2"
THREAD = "/api/v1/sites/news/thread"
CASINO = "FREE CASINO BONUS www.casino.example"


@pytest.fixture
def key(core, news):
    """The header of a program with a key of scope `manage`."""

    def key(scope=Scope.MANAGE, site="news"):
        token = keyring.issue(core, ApiKey(id="", scope=scope, site=site, label="CMS"))
        return {"Authorization": f"Bearer {token}"}

    return key


@pytest.fixture
def put(client, key):
    """Change an article as the newsroom's program does."""

    def put(thread=ARTICLE, headers=None, **change):
        headers = key() if headers is None else headers
        return client.put(THREAD, query_string={"thread": thread}, json=change, headers=headers)

    return put


@pytest.fixture
def everywhere(client):
    """Everything that readers can see of an article, in one text."""

    def everywhere(article=ARTICLE):
        places = ("comments", "feed.atom", "counts", "search?q=tram")
        paths = [f"/api/v1/sites/news/{place}" for place in places]
        seen = [client.get(path, query_string=None if "?" in path else {"thread": article})
                for path in paths]  # fmt: skip
        seen += [client.get("/api/v1/sites/news/feed.atom")]
        seen += [client.get("/frame/news", query_string={"thread": article, **more})
                 for more in ({}, {"q": "tram", "in": "site"})]  # fmt: skip
        assert {answer.status_code for answer in seen} == {200}
        return "\n".join(answer.get_data(as_text=True) for answer in seen)

    return everywhere


@pytest.fixture
def judge(record):
    """Judge a comment that was sent, as a worker does, with the fitness of its title."""

    def judge(answer, *verdict, fitness=Fitness.FIT):
        comment = comments.get(record, answer.json["id"])
        for id_, title in titles.proposed(record, [comment.id]).items():
            titles.rate(record, {id_: (title, fitness)})
        comments.judge(record, comment, a_verdict(*verdict), now=NOON)
        return comment

    return judge


def test_a_title_of_a_stranger_waits_until_its_comment_is_approved(submit, news, judge, everywhere):
    sent = submit(title="The tram is back")
    assert "The tram is back" not in everywhere()
    judge(sent)
    assert "The tram is back" in everywhere()


@pytest.mark.parametrize("status", [Status.HELD, Status.REJECTED])
def test_a_title_of_a_refused_comment_is_seen_nowhere(submit, news, judge, everywhere, status):
    from service.domain.verdict import Outcome

    outcome = Outcome.HOLD if status is Status.HELD else Outcome.REJECT
    judge(submit(title=CASINO), outcome)
    judge(submit(body="The tram again."))
    assert "CASINO" not in everywhere()


@pytest.mark.parametrize("fitness", [Fitness.WAITS, Fitness.FOR_PERSONS])
def test_a_doubtful_title_waits_though_its_comment_is_approved(
    submit, news, judge, everywhere, fitness
):
    judge(submit(title=CASINO), fitness=fitness)
    assert "CASINO" not in everywhere()


def test_a_title_that_the_machine_cannot_judge_follows_a_persons_decision(
    submit, news, judge, record, everywhere
):
    from service.domain.verdict import Outcome

    sent = submit(title="El tranvía")
    comment = judge(sent, Outcome.HOLD, fitness=Fitness.FOR_PERSONS)
    held = comments.get(record, comment.id)
    comments.change_status(record, held, Status.APPROVED, by="ines", now=NOON)
    assert "El tranvía" in everywhere()


def test_a_later_comment_does_not_rename_an_article(submit, news, judge, everywhere):
    judge(submit(title="The tram is back"))
    judge(submit(title="Something else", body="Another one."))
    assert "Something else" not in everywhere()


def test_a_frames_address_names_no_article(client, submit, judge, news):
    judge(submit())
    asked = {"thread": ARTICLE, "title": "Free casino"}
    page = client.get("/frame/news", query_string=asked).get_data(as_text=True)
    assert "casino" not in page.split("</title>")[0]


def test_in_mode_post_a_title_waits_for_the_verdict(submit, news, redis, core, judge, everywhere):
    sites.put(redis, replace(news, mode=Mode.POST))
    sent = submit(title="The tram is back")
    assert "The tram is back" not in everywhere()
    judge(sent)
    assert "The tram is back" in everywhere()


def test_the_newsrooms_key_names_an_article_at_any_time(submit, judge, put, key, everywhere):
    judge(submit(title="The trm"))
    assert put(title="The tram").json["title"] == "The tram"
    assert "The trm" not in everywhere()
    submit(title="The tram, again", headers=key())
    assert "The tram, again" in everywhere()
    assert put(title="").json["title"] == ""


@pytest.mark.parametrize(
    ("title", "kept"),
    [
        ("The\u202etram\u202c", "Thetram"),
        ("The\x00 tram\x07\n is \u200bback", "The tram is back"),
        ("  <b>Tram</b>  ", "<b>Tram</b>"),
    ],
)
def test_a_title_is_one_clean_line(put, title, kept):
    assert put(title=title).json["title"] == kept


@pytest.mark.parametrize("title", ["x" * 301, "x" * 10_000])
def test_a_title_that_is_too_long_is_a_fault(put, title, faults):
    assert faults(put(title=title)) == {"title": "too-long"}


@pytest.mark.parametrize("title", ["", "  ", "\u3164", "\u200b\u202e"])
def test_a_title_of_which_nothing_can_be_seen_is_none(put, title):
    put(title="The tram")
    assert put(title=title).json["title"] == ""


def test_a_long_title_of_a_stranger_is_cut(submit, news, judge, client):
    judge(submit(title="tram " * 2000))
    page = client.get("/api/v1/sites/news/comments", query_string={"thread": ARTICLE})
    assert len(page.json["thread"]["title"]) <= 300


def test_only_a_key_of_the_site_with_the_scope_changes_an_article(put, key, other):
    assert put(headers={}, title="x").status_code == 401
    assert put(headers=key(scope=Scope.COUNTS), title="x").status_code == 403
    assert put(headers=key(site="other"), title="x").status_code == 403
    assert put(thread="https://evil.example/x", title="x").status_code == 422
    assert put(state="ajar").status_code == 422
    assert put(colour="red").status_code == 422


def test_a_closed_article_takes_no_comments_and_says_so(submit, put, client, faults, publish):
    comment = publish()
    assert put(state="closed").json["state"] == "closed"
    assert faults(submit())["thread"] == "closed"
    page = client.get("/frame/news", query_string={"thread": ARTICLE}).get_data(as_text=True)
    assert "Comments on this article are closed." in page
    assert comment.id in page
    assert not any(part in page for part in ("<textarea", 'name="reply"'))
    posted = client.post(
        "/frame/news/comments",
        data={"thread": ARTICLE, "name": "Ann", "body": "Still?"},
        headers={"Sec-Fetch-Site": "same-origin"},
    )
    assert posted.status_code == 422
    assert "Comments on this article are closed." in posted.get_data(as_text=True)
    assert put(state="open").json["state"] == "open"
    assert submit().status_code == 202


def test_under_a_premoderated_article_nothing_is_published_at_once(submit, put, redis, news, core):
    sites.put(redis, replace(news, mode=Mode.POST))
    put(state="premoderated")
    assert submit().json["status"] == "pending"
    assert submit(thread=ELSEWHERE).json["status"] == "approved"


def test_an_article_moves_and_every_old_address_follows(
    submit, put, client, publish, reader, record
):
    comment = publish()
    vote = {"json": {"direction": "up"}, "headers": reader}
    client.put("/api/v1/sites/news/vote", query_string={"thread": ARTICLE}, **vote)
    moved = put(moved_to=ELSEWHERE).json
    assert (moved["thread"], moved["comments"], moved["up"]) == (ELSEWHERE, 1, 1)

    def get(path, **query):
        return client.get(path, query_string={"thread": ARTICLE, **query})

    page = get("/api/v1/sites/news/comments").json
    assert (page["thread"]["thread"], len(page["comments"])) == (ELSEWHERE, 1)
    [count] = get("/api/v1/sites/news/counts").json["threads"]
    assert (count["thread"], count["comments"], count["up"]) == (ARTICLE, 1, 1)
    assert f"{ELSEWHERE}#comment-{comment.id}" in get("/api/v1/sites/news/feed.atom").text
    frame = get("/frame/news", comment=comment.id).text
    assert f"{ELSEWHERE}#comment-{comment.id}" in frame
    assert "no longer here" not in frame
    assert get("/api/v1/sites/news/search", q="said").json["comments"]
    again = {"json": {"direction": "down"}, "headers": reader}
    tally = client.put("/api/v1/sites/news/vote", query_string={"thread": ARTICLE}, **again)
    assert (tally.json["up"], tally.json["down"]) == (0, 1)
    answer = submit(parent=comment.id)
    assert answer.json["comment"]["thread"] == threads.get(record, ELSEWHERE).id
    assert put(moved_to=ELSEWHERE).status_code == 200


@pytest.mark.parametrize(
    ("target", "code"),
    [
        (ARTICLE, "same"),
        (f"{ARTICLE}#top", "same"),
        ("https://evil.example/x", "foreign"),
        ("nowhere", "not-an-address"),
        ("", "not-an-address"),
    ],
)
def test_an_article_moves_nowhere_else(put, faults, target, code):
    answer = put(title="Not this one", moved_to=target)
    assert faults(answer) == {"moved_to": code}
    assert put().json["title"] == ""


def test_a_queue_of_the_old_article_shows_the_new_one(ines, hold, put):
    held = hold()
    put(moved_to=ELSEWHERE)
    page = ines.get(f"news?thread={held.thread}").text
    assert held.id in page
    assert ELSEWHERE in page


def test_an_article_that_has_moved_does_not_move_elsewhere(put, faults):
    put(moved_to=ELSEWHERE)
    assert faults(put(moved_to="https://news.example/third")) == {"moved_to": "elsewhere"}


def test_the_desk_names_closes_and_moves_an_article(ines, submit, judge, record, everywhere):
    comment = judge(submit(title=CASINO), fitness=Fitness.WAITS)
    page = ines.get(f"news/articles?thread={comment.thread}")
    assert CASINO in page.text
    form = {"thread": ARTICLE, "title": "The tram", "state": "closed"}
    assert ines.post("news/articles", **form).status_code == 303
    assert "The tram" in everywhere()
    assert submit().status_code == 422
    move = {"thread": ARTICLE, "moved_to": ELSEWHERE}
    assert ines.post("news/articles/move", **move).status_code == 303
    assert threads.get(record, ARTICLE).url == ELSEWHERE
    log = ines.get("news/log?what=article").text
    assert all(part in log for part in ("The tram", "closed", ELSEWHERE, "ines"))


@pytest.mark.parametrize(
    ("path", "form", "sentence"),
    [
        ("articles", {"thread": ARTICLE, "title": "x" * 301}, "At most 300 characters"),
        ("articles/move", {"thread": ARTICLE, "moved_to": ARTICLE}, "one and the same"),
        ("articles/move", {"thread": ARTICLE, "moved_to": "https://evil.example/"}, "belong"),
    ],
)
def test_the_desk_says_what_is_wrong_next_to_the_field(ines, path, form, sentence):
    answer = ines.post(f"news/{path}", **form)
    assert (answer.status_code, sentence in answer.text) == (422, True)


@pytest.mark.parametrize("place", ["https://evil.example/x", "nowhere", "0" * 20])
def test_the_desk_finds_only_the_sites_articles(ines, place):
    answer = ines.get(f"news/articles?thread={place}")
    assert answer.status_code == 422
    assert "address" in answer.text
