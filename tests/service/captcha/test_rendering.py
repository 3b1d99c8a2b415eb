"""A captcha has a picture and audio, always the same, never rendered twice at once."""

import io
import threading
import wave
from datetime import UTC, datetime
from random import Random

import pytest
from PIL import Image

from service.captcha import IMAGE, Captcha, Renderings, mint, picture, sound
from service.captcha.code import ALPHABET
from service.captcha.lettering import load_fonts
from service.captcha.release import turn
from service.captcha.rendering import Shelf
from service.captcha.sound import load_clips
from service.domain.errors import TooMany

SECRET = b"a secret of thirty-two bytes !!!"


def a_captcha(number: int = 0) -> Captcha:
    now = datetime(2030, 5, 17, tzinfo=UTC)
    return mint(SECRET, "gazette", IMAGE, now=now, nonce=number.to_bytes(16))


def seconds_of(wav: bytes) -> float:
    with wave.open(io.BytesIO(wav)) as clip:
        assert (clip.getframerate(), clip.getsampwidth(), clip.getnchannels()) == (8000, 1, 1)
        return clip.getnframes() / clip.getframerate()


@pytest.mark.parametrize("code", [ALPHABET[:5], ALPHABET[5:10], "WWWWW", "MMMMM", "77777"])
def test_a_picture_is_a_small_png(code):
    for seed in range(20):
        png = picture(code, rng=Random(seed))
        image = Image.open(io.BytesIO(png))
        assert (image.format, image.size) == ("PNG", (320, 112))
        assert len(png) < 8_000


def test_pictures_differ():
    assert picture("23467") != picture("9FHKM")
    assert picture("23467") != picture("23467")


@pytest.mark.parametrize("code", [ALPHABET[:5], ALPHABET[5:10], "WWWWW", "77777"])
def test_a_sound_is_a_wav_that_a_person_has_patience_for(code):
    for seed in range(10):
        assert 3 < seconds_of(sound(code, rng=Random(seed))) <= 12


def test_sounds_differ():
    assert sound("23467") != sound("23467")


def test_every_character_is_spoken_in_several_voices():
    clips = load_clips("en")
    assert set(clips) == set(ALPHABET)
    assert all(len(voices) >= 10 for voices in clips.values())


def test_a_captcha_looks_and_sounds_alike_in_every_process():
    here, there = Renderings(SECRET), Renderings(SECRET)
    assert here.png(a_captcha()) == there.png(a_captcha())
    assert here.wav(a_captcha()) == there.wav(a_captcha())
    assert here.png(a_captcha(1)) != here.png(a_captcha(2))


def test_the_shelf_drops_what_was_not_asked_for_longest():
    shelf = Shelf(2)
    made = []
    for key in ["a", "b", "a", "c", "a", "b"]:
        shelf.take(key, lambda key=key: made.append(key) or b"thing")
    assert made == ["a", "b", "c", "b"]


def test_a_thing_that_many_want_at_once_is_made_once():
    shelf, made, start = Shelf(2), [], threading.Barrier(8)

    def ask() -> None:
        start.wait()
        shelf.take("a", lambda: made.append("a") or b"thing")

    askers = [threading.Thread(target=ask) for _ in range(8)]
    for asker in askers:
        asker.start()
    for asker in askers:
        asker.join()
    assert made == ["a"]


def test_a_thing_that_could_not_be_made_is_tried_again():
    shelf = Shelf(2)
    with pytest.raises(ZeroDivisionError):
        shelf.take("a", lambda: bytes(1 // 0))
    assert shelf.take("a", lambda: b"thing") == b"thing"


def test_a_thing_that_too_many_wait_for_is_refused_to_the_others():
    shelf, started, goes_on = Shelf(2, waiting=1), threading.Event(), threading.Event()

    def make() -> bytes:
        started.set()
        goes_on.wait()
        return b"thing"

    maker = threading.Thread(target=shelf.take, args=("a", make))
    maker.start()
    started.wait()
    with pytest.raises(TooMany):
        shelf.take("b", lambda: b"another")
    goes_on.set()
    maker.join()
    assert shelf.take("a", lambda: b"never") == b"thing"


def test_what_is_kept_is_had_while_another_is_made():
    shelf, started, goes_on = Shelf(2), threading.Event(), threading.Event()
    shelf.take("a", lambda: b"kept")
    maker = threading.Thread(
        target=shelf.take, args=("b", lambda: started.set() or (goes_on.wait() and b"made"))
    )
    maker.start()
    started.wait()
    assert shelf.take("a", lambda: b"never") == b"kept"
    goes_on.set()
    maker.join()


def test_a_release_draws_and_speaks_in_its_own_way():
    assert turn("1.0.0") == turn("1.0.0")
    assert len({turn(f"1.{minor}.0") for minor in range(20)}) == 20


def test_every_font_draws_every_character():
    for font in load_fonts():
        shapes = {char: bytes(font.getmask(char)) for char in ALPHABET}
        assert all(map(any, shapes.values()))
        assert len(set(shapes.values())) == len(ALPHABET)
    assert len({font.path for font in load_fonts()}) >= 20
