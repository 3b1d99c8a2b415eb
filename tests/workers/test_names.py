"""Names and titles are judged by the real classifier like texts; honest ones pass."""

from dataclasses import replace

import pytest

from service.domain.comment import Status
from service.domain.policy import Policy
from service.scoring import Scorer, Scorers
from service.store.comments import comments, intakes, threads, titles
from service.store.site import sites
from tests.factories import ARTICLE, a_comment, an_intake
from workers import captions, jobs
from workers.captions import CaptionScores
from workers.runtime import Runtime

HONEST = (
    "O'Brien|Dr. Fuchs|Jean-Paul|王小明|Mad Max|Anna K.|محمد علي|Иван Петров|山田太郎|김철수|"
    "Δημήτρης|משה כהן|राहुल शर्मा|สมชาย|Nguyễn Văn A|Fatima al-Zahra|Dick Cheney|Peter Fox|"
    "João Pinto|Dick|Hans-Jürgen Groß|Killer Bee|Bitcoin Bob|Silly Billy|Gay Dad|Jew from Brooklyn|"
    "Bloody Mary|Oma gegen Rechts|Citoyen en colère|Casino Royale|X|Angry Old Man"
)
HARMLESS = "What a lovely tram that is, thank you."


@pytest.fixture(scope="module")
def scorers():
    return Scorers()


@pytest.fixture
def judged(core, record, news, scorers):
    """Judge a comment as a worker does."""
    here = Runtime(core=core, scorers=scorers)

    def judged(name="Ann", title="", body=HARMLESS, **policy):
        site = replace(news, policy=Policy(**policy))
        sites.put(core.redis, site)
        comment = a_comment(name=name, body=body, created_at=core.now())
        thread = replace(an_intake(comment).thread, title=title)
        intakes.accept(record, an_intake(comment, thread=thread, names_article=False))
        jobs.moderate(here, site, [(comment.id, 1)])
        return comments.get(record, comment.id)

    return judged


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("Kill all the foreigners", "name/hurtful"),
        ("You are all idiots", "name/hurtful"),
        ("All immigrants are rapists", "name/hurtful"),
        ("Ausländer raus ihr Dreckspack", "name/hurtful"),
        ("Женщины тупые шлюхи", "name/hurtful"),
        ("Earn 5000 dollars a week from home", "name/spam"),
        ("Cheap Viagra Online", "name/spam"),
        ("Buy followers cheap", "name/spam"),
        ("Buy cheap pills www.spam.example", "name/link"),
        ("https://spam.example", "name/link"),
    ],
)
def test_a_bad_name_is_held_and_the_reason_says_so(judged, name, reason):
    comment = judged(name)
    assert (comment.status, comment.reasons) == (Status.HELD, (reason,))


@pytest.mark.parametrize(
    ("name", "policy", "reason"),
    [
        ("Pills for all", {"blocked_words": ("pills",)}, "name/blocked-word"),
        ("www.bad.example", {"blocked_domains": ("bad.example",)}, "name/blocked-host"),
    ],
)
def test_a_name_with_what_the_site_blocks_is_rejected(judged, name, policy, reason):
    comment = judged(name, **policy)
    assert (comment.status, comment.reasons) == (Status.REJECTED, (reason,))


def test_a_name_may_hold_a_host_that_the_site_trusts(judged):
    comment = judged("Ann of www.good.example", trusted_domains=("good.example",))
    assert comment.status is Status.APPROVED


@pytest.mark.parametrize("name", HONEST.split("|"))
def test_an_honest_name_is_not_held(judged, name):
    assert judged(name).status is Status.APPROVED


def test_a_name_is_judged_again_with_an_edit(judged, record, core, news, scorers):
    comment = judged("Kill all the foreigners")
    comments.change_status(record, comment, Status.PENDING, by="author", text="Hi.", now=core.now())
    jobs.moderate(Runtime(core=core, scorers=scorers), news, [(comment.id, 1)])
    assert "name/hurtful" in comments.get(record, comment.id).reasons


def test_names_are_scored_once(scorers, monkeypatch):
    scorer, memory, asked = scorers.of(), CaptionScores(kept=2), []
    real = Scorer.score
    monkeypatch.setattr(
        Scorer, "score", lambda self, texts: asked.extend(texts) or real(self, texts)
    )
    for names in (["Ann", "Bob", "Ann"], ["Bob"], ["Cem"], ["Bob", "Ann"]):
        captions.gather(scorer, memory, Policy(), names)
    assert asked == ["Ann", "Bob", "Cem", "Ann"]


@pytest.mark.parametrize(
    ("title", "is_shown"),
    [
        ("Council votes to reopen the tram line over the bridge", True),
        ("FREE CASINO bonus www.casino.example", False),
        ("Kill all the foreigners", False),
        ("Cheap pills for everybody", False),
    ],
)
def test_a_proposed_title_is_judged_like_a_text(judged, record, title, is_shown):
    comment = judged(title=title, blocked_words=("pills",))
    assert comment.status is Status.APPROVED
    assert threads.get(record, ARTICLE).title == (title if is_shown else "")
    assert bool(titles.proposed(record, [comment.id])) != is_shown


def test_under_a_premoderated_article_everything_is_held(judged, record, core):
    from service.domain.thread import Thread, thread_id
    from service.domain.thread_state import ThreadState

    thread = Thread(id=thread_id(ARTICLE), url=ARTICLE)
    threads.settle(record, thread, state=ThreadState.PREMODERATED, now=core.now())
    comment = judged()
    assert (comment.status, comment.reasons) == (Status.HELD, ("mode/pre",))
