"""Captchas over HTTP: one code, one comment, one site, three tries."""

from datetime import timedelta

import pytest

from service.domain.site import CaptchaStrategy, Site
from service.store.site import sites
from tests.web.conftest import solve


@pytest.fixture(autouse=True)
def site(guarded):
    return guarded


def test_a_captcha_is_handed_out_seen_and_heard(client):
    minted = client.post("/api/v1/sites/guarded/captchas")
    assert minted.status_code == 201
    assert minted.json["kind"] == "image"
    picture = client.get(minted.json["image"])
    assert (picture.content_type, picture.data[:4]) == ("image/png", b"\x89PNG")
    sound = client.get(minted.json["audio"])
    assert (sound.content_type, sound.data[:4]) == ("audio/wav", b"RIFF")


@pytest.fixture
def play(client):
    """Request a sound, or a part of it."""
    url = client.post("/api/v1/sites/guarded/captchas").json["audio"]
    return lambda method="GET", **headers: client.open(url, method=method, headers=headers)


@pytest.mark.parametrize(
    ("wanted", "first", "last"),
    [("0-1", 0, 1), ("44-", 44, None), ("-10", -10, None), ("0-99999999", 0, None)],
)
def test_a_part_of_the_sound_is_sent(play, wanted, first, last):
    whole = play().data
    part = play(Range=f"bytes={wanted}")
    expected = whole[first:] if last is None else whole[first : last + 1]
    assert (part.status_code, part.data) == (206, expected)
    start = len(whole) - len(expected) if first < 0 else first
    end = start + len(expected) - 1
    assert part.headers["Content-Range"] == f"bytes {start}-{end}/{len(whole)}"
    assert part.content_length == len(expected)


@pytest.mark.parametrize("wanted", ["bytes=0-1,4-5", "bytes=x", "seconds=0-1", "bytes=5-1", ""])
def test_what_is_no_single_part_is_answered_with_the_whole(play, wanted):
    answer = play(Range=wanted)
    assert (answer.status_code, answer.data) == (200, play().data)
    assert answer.headers["Accept-Ranges"] == "bytes"


def test_a_part_behind_the_end_is_refused(play):
    answer = play(Range="bytes=99999999-")
    assert answer.status_code == 416
    assert answer.headers["Content-Range"] == f"bytes */{len(play().data)}"


def test_a_part_of_another_version_is_not_sent(play):
    tag = play().headers["ETag"]
    part = {"Range": "bytes=0-1"}
    assert play(**part, **{"If-Range": tag}).status_code == 206
    assert play(**part, **{"If-Range": '"another"'}).status_code == 200


def test_the_headers_alone_tell_the_whole_length(play):
    answer = play("HEAD", Range="bytes=0-1")
    assert (answer.status_code, answer.content_length) == (200, len(play().data))


def test_the_right_answer_lets_a_comment_in_once(submit, answered, faults):
    captcha = answered()
    assert submit("guarded", captcha=captcha).status_code == 202
    again = submit("guarded", captcha=captcha)
    assert (again.status_code, faults(again)) == (422, {"captcha.id": "used"})


def test_the_third_wrong_answer_ends_it(submit, answered, faults):
    captcha = answered()
    wrong = captcha | {"answer": "?????"}
    assert faults(submit("guarded", captcha=wrong)) == {"captcha.answer": "wrong"}
    assert faults(submit("guarded", captcha=wrong)) == {"captcha.answer": "wrong"}
    assert faults(submit("guarded", captcha=wrong)) == {"captcha.id": "exhausted"}
    assert faults(submit("guarded", captcha=captcha)) == {"captcha.id": "exhausted"}


def test_a_right_answer_with_other_faults_is_not_spent(submit, answered, faults):
    captcha = answered()
    assert faults(submit("guarded", captcha=captcha, body="")) == {"body": "empty"}
    assert submit("guarded", captcha=captcha).status_code == 202


def test_a_wrong_answer_is_named_among_the_other_faults(submit, answered, faults):
    wrong = answered() | {"answer": "?????"}
    answer = submit("guarded", captcha=wrong, body="", name="")
    assert set(faults(answer)) == {"body", "name", "captcha.answer"}


@pytest.mark.parametrize(
    ("captcha", "code"),
    [
        (None, {"captcha": "missing"}),
        ({"id": "", "answer": ""}, {"captcha": "missing"}),
        ({"id": "forged", "answer": "x"}, {"captcha.id": "unknown"}),
    ],
)
def test_without_a_captcha_of_ours_nothing_goes(submit, faults, captcha, code):
    assert faults(submit("guarded", captcha=captcha)) == code


def test_an_expired_one_is_refused(core, submit, answered, faults):
    old = answered(now=core.now() - timedelta(hours=1))
    assert faults(submit("guarded", captcha=old)) == {"captcha.id": "expired"}


def test_one_of_another_site_is_refused(redis, submit, answered, faults):
    sites.put(redis, Site(name="other", origins=("https://news.example",)))
    assert faults(submit("guarded", captcha=answered("other"))) == {"captcha.id": "unknown"}


def test_a_repeat_with_the_same_key_needs_no_second_code(submit, answered):
    captcha, key = answered(), {"Idempotency-Key": "k1"}
    first = submit("guarded", captcha=captcha, headers=key)
    again = submit("guarded", captcha=captcha, headers=key)
    assert first.json == again.json


def test_a_proof_of_work_lets_a_comment_in_once(client, redis, core, submit, faults):
    pow_site = Site(name="pow", origins=("https://news.example",), captcha=CaptchaStrategy.POW)
    sites.put(redis, pow_site)
    minted = client.post("/api/v1/sites/pow/captchas").json
    assert minted["kind"] == "pow"
    answer = {"id": minted["id"], "answer": solve(minted["altcha"])}
    assert submit("pow", captcha=answer).status_code == 202
    assert faults(submit("pow", captcha=answer)) == {"captcha.id": "used"}
    assert faults(submit("pow", captcha=answer | {"answer": "e30="})) == {"captcha.id": "used"}


def test_a_site_without_captcha_hands_none_out(client, news):
    assert client.post("/api/v1/sites/news/captchas").status_code == 409


@pytest.mark.parametrize("name", ["forged.png", "forged.wav", "..%2f.png"])
def test_a_picture_of_no_captcha_is_not_found(client, name):
    assert client.get(f"/api/v1/captchas/{name}").status_code == 404


def test_nothing_is_kept_of_a_captcha_before_it_is_answered(client, redis):
    minted = client.post("/api/v1/sites/guarded/captchas").json
    client.get(minted["image"])
    assert redis.keys("*captcha*") == []
