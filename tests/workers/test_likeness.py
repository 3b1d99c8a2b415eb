"""Near-duplicates are found, and what merely shares words is not."""

from service.likeness.recent import Recent, signature
from service.store.comments.fingerprints import Fingerprint

LONG = (
    "The tram bridge was promised for the spring and now nobody at the council "
    "remembers who said so."
)


def a_memory(*texts):
    recent = Recent()
    recent.learn([Fingerprint(f"{i}-0", f"c{i}", "ann", signature(t)) for i, t in enumerate(texts)])
    return recent


def test_a_text_with_a_word_changed_is_alike():
    memory = a_memory(LONG)
    near = LONG.replace("spring", "summer")
    assert memory.alike("c9", "bob", signature(near)).texts == 1
    assert memory.alike("c9", "ann", signature(near.upper() + "!!!")).by_author == 1


def test_another_text_on_the_same_subject_is_not():
    other = "Whoever promised a tram bridge for the spring had not asked the people at the council."
    assert a_memory(LONG).alike("c9", "bob", signature(other)).texts == 0


def test_a_comment_is_not_its_own_duplicate():
    assert a_memory(LONG).alike("c0", "ann", signature(LONG)).texts == 0


def test_short_texts_have_no_signature():
    assert signature("Thank you!") is None
    assert a_memory(LONG).alike("c9", "bob", None).texts == 0
