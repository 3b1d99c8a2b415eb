"""Conditions of the intake: proof, a calm tone or confirmation, a free name."""

from dataclasses import replace
from pkgutil import iter_modules

import altcha
import pytest

from service import captcha as captchas
from service.captcha.token import NONCE_BYTES
from service.domain.comment import Badge
from service.domain.errors import Invalid, KeyReused, MayBeHeld
from service.domain.site import CaptchaStrategy, Site
from service.domain.submission import Submission
from service.readers.intake import checks
from service.readers.intake.submit import submit
from service.store.comments import comments, unjudged
from service.store.site import sites
from tests.factories import ARTICLE


def test_every_check_is_in_the_list_once():
    files = {f"{checks.__name__}.{module.name}" for module in iter_modules(checks.__path__)}
    assert sorted(check.__module__ for check in checks.CHECKS) == sorted(files)
    assert set(checks.TRUSTED_CHECKS) < set(checks.CHECKS)


@pytest.fixture
def town(redis):
    """A site that asks for a picture only on suspicion."""
    site = Site(name="town", origins=("https://news.example",), captcha=CaptchaStrategy.ADAPTIVE)
    site = replace(site, policy=replace(site.policy, comments_per_minute=0))
    sites.put(redis, site)
    return site


@pytest.fixture
def worked(core):
    """Solve a proof of work as a browser does; a low difficulty makes it quick."""

    def worked(site, kind=captchas.POW):
        secret = core.signer.derive("captcha")
        minted = captchas.mint(
            secret, site.name, kind, now=core.now(), nonce=core.random(NONCE_BYTES)
        )
        if kind == captchas.IMAGE:
            return {"captcha_id": minted.id, "captcha_answer": captchas.code(secret, minted)}
        challenge = altcha.Challenge.from_dict(captchas.challenge(secret, minted))
        solution = altcha.solve_challenge(challenge)
        answer = altcha.Payload(challenge, solution).to_base64()
        return {"captcha_id": minted.id, "captcha_answer": answer}

    return worked


def a_submission(**changes):
    sent = {"thread": ARTICLE, "name": "Ann", "body": "What a lovely tram.", "address": "192.0.2.1"}
    return Submission(**sent | changes)


def faults_of(core, site, sent, **more):
    with pytest.raises(Invalid) as refused:
        submit(core, site, sent, **more)
    return {(fault.field, fault.code) for fault in refused.value.faults}


def test_work_is_enough_where_nothing_is_suspicious(core, town, worked):
    assert submit(core, town, a_submission(**worked(town))).receipt


def test_a_picture_is_asked_for_where_something_is(core, town, worked):
    sent = a_submission(body="Look at https://boats.example", **worked(town))
    assert faults_of(core, town, sent) == {("captcha", "picture")}
    assert unjudged.count(core.at("town")) == 0
    assert submit(core, town, replace(sent, **worked(town, captchas.IMAGE))).receipt


def test_work_that_was_not_enough_is_not_used_up(core, town, worked):
    proof = worked(town)
    faults_of(core, town, a_submission(body="Look at https://boats.example", **proof))
    assert submit(core, town, a_submission(**proof)).receipt


def test_the_same_words_again_are_suspicious(core, town, worked):
    words = "The tram is too slow, and it never was anything else, says everybody."
    submit(core, town, a_submission(body=words, **worked(town)))
    again = a_submission(name="Bob", address="192.0.2.9", body=words.upper() + " 123")
    assert faults_of(core, town, replace(again, **worked(town))) == {("captcha", "picture")}


def test_a_comment_that_was_taken_can_be_sent_again(core, town, worked):
    words = "The tram is too slow, and it never was anything else, says everybody."
    sent = a_submission(body=words, idempotency="k1", **worked(town))
    first = submit(core, town, sent)
    assert submit(core, town, sent) == replace(first, repeated=True)


def test_only_its_author_gets_the_receipt_again(core, news):
    sent = a_submission(idempotency="k1")
    first = submit(core, news, sent)
    for other in ({"address": "192.0.2.9"}, {"reader": "r" * 16}, {"trusted": True}):
        with pytest.raises(KeyReused):
            submit(core, news, replace(sent, **other))
    assert submit(core, news, sent) == replace(first, repeated=True)
    assert unjudged.count(core.at("news")) == 1


def test_a_reader_with_a_token_may_try_again_from_another_network(core, news):
    sent = a_submission(idempotency="k1", reader="r" * 16)
    first = submit(core, news, sent)
    again = submit(core, news, replace(sent, address="192.0.2.9"))
    assert (again.comment.id, again.receipt) == (first.comment.id, first.receipt)


def test_a_harsh_comment_is_nudged_and_nothing_is_used_up(core, town, worked):
    sent = a_submission(idempotency="k1", **worked(town))
    asked = []

    def foresee(body):
        asked.append(body)
        return True

    with pytest.raises(MayBeHeld):
        submit(core, town, sent, foresee)
    assert asked == ["What a lovely tram."]
    assert unjudged.count(core.at("town")) == 0
    accepted = submit(core, town, replace(sent, insist=True), foresee)
    assert submit(core, town, sent, foresee) == replace(accepted, repeated=True)
    assert asked == ["What a lovely tram."]


def test_a_calm_comment_is_not_nudged(core, news):
    assert submit(core, news, a_submission(), lambda body: False).receipt


def test_faults_are_told_before_the_tone_is_looked_at(core, news):
    sent = a_submission(name=" ")
    assert faults_of(core, news, sent, foresee=lambda body: True) == {("name", "empty")}


@pytest.mark.parametrize("name", ["Moderator", "Redaktіon", "News", "Ann ✔"])
def test_a_reader_cannot_take_a_name_of_the_newsroom(core, news, name):
    assert faults_of(core, news, a_submission(name=name)) == {("name", "reserved")}


def test_the_newsroom_writes_with_a_badge_and_without_a_captcha(core, town):
    sent = a_submission(name="Editor", trusted=True, badge=Badge.STAFF)
    accepted = submit(core, town, sent).comment
    stored = comments.get(core.at("town"), accepted.id)
    assert (stored.name, stored.badge) == ("Editor", Badge.STAFF)


def test_a_name_with_a_badge_is_nobody_elses(core, news):
    newsroom = a_submission(name="Jane Doe", trusted=True, badge=Badge.AUTHOR)
    assert submit(core, news, a_submission(name="Jane Doe")).receipt
    submit(core, news, newsroom)
    assert faults_of(core, news, a_submission(name="Jаne D0e")) == {("name", "reserved")}
    assert submit(core, news, replace(newsroom, body="Once more.")).receipt


def test_a_reader_gives_himself_no_badge(core, news):
    sent = a_submission(badge=Badge.STAFF)
    assert faults_of(core, news, sent) == {("badge", "not-allowed")}
