"""Near-duplicates are found, texts that only share words are not, new texts are added at once."""

import subprocess
import sys

import pytest

from service.likeness.memory import LatestTexts, Likeness
from service.likeness.signature import signature
from service.store.comments import fingerprints
from service.store.comments.fingerprints import REMEMBERED, Fingerprint

LONG = (
    "The tram bridge was promised for the spring and now nobody at the council "
    "remembers who said so."
)
NEAR = LONG.replace("spring", "summer")
OTHER = "Whoever promised a tram bridge for the spring had not asked the people at the council."


def a_memory(*texts):
    return LatestTexts().learn(
        Fingerprint(f"{i}-0", f"c{i}", "ann", signature(text)) for i, text in enumerate(texts)
    )


def test_a_text_with_a_word_changed_is_alike():
    memory = a_memory(LONG)
    assert memory.count_before("c9", "bob", signature(NEAR)).texts == 1
    assert memory.count_before("c9", "ann", signature(NEAR.upper() + "!!!")).by_author == 1


def test_another_text_on_the_same_subject_is_not():
    assert a_memory(LONG).count_before("c9", "bob", signature(OTHER)).texts == 0


def test_a_comment_is_not_its_own_duplicate():
    assert a_memory(LONG).count_before("c0", "ann", signature(LONG)).texts == 0


def test_what_came_later_does_not_count():
    assert a_memory(LONG, NEAR).count_before("c0", "ann", signature(LONG)).texts == 0
    assert a_memory(LONG, NEAR).count_before("c1", "ann", signature(NEAR)).texts == 1


def test_short_texts_have_no_signature():
    assert signature("Thank you!") is None
    assert a_memory(LONG).count_before("c9", "bob", None).texts == 0


def test_nothing_is_like_anything_where_nothing_is_remembered():
    assert LatestTexts().count_before("c9", "bob", signature(LONG)).texts == 0
    assert LatestTexts().alike(["c9"]) == {}


def test_the_oldest_are_forgotten():
    sketch = signature(OTHER)
    crowd = (Fingerprint(f"{i + 1}-0", f"d{i}", "bob", sketch) for i in range(REMEMBERED))
    memory = a_memory(LONG).learn(crowd)
    assert len(memory.known) == len(memory.signatures) == REMEMBERED
    assert memory.last == f"{REMEMBERED}-0"
    assert memory.count_before("c9", "bob", signature(LONG)).texts == 0


def test_comments_alike_are_named_and_counted():
    memory = a_memory(LONG, OTHER, NEAR)
    alike = {"c0": ["c0", "c2"], "c1": ["c1"], "c2": ["c0", "c2"]}
    assert memory.alike(["c0", "c1", "c2", "unknown"]) == alike


@pytest.fixture
def remember(record):
    def remember(comment, text, author="ann", at=record):
        fingerprints.add(at, [(comment, author, signature(text))])

    return remember


def test_news_is_learnt_as_it_comes(record, remember):
    likeness = Likeness()
    assert likeness.count(record, ["a"]) == {}
    remember("a", LONG)
    assert likeness.count(record, ["a"]) == {"a": 0}
    remember("b", NEAR)
    remember("c", OTHER)
    assert likeness.count(record, ["a", "c"]) == {"a": 1, "c": 0}
    assert likeness.of(record, "a") == ["a", "b"]
    assert likeness.of(record, "gone") == []


def test_the_same_comment_twice_is_one(record, remember):
    remember("a", LONG)
    remember("a", NEAR)
    assert Likeness().of(record, "a") == ["a"]


def test_sites_are_remembered_apart(record, remember, core):
    likeness, other = Likeness(), core.at("other")
    remember("a", LONG)
    remember("b", LONG, at=other)
    assert (likeness.of(record, "a"), likeness.of(other, "b")) == (["a"], ["b"])


def test_the_memory_needs_no_numpy_before_texts_are_compared():
    code = "import sys, service.likeness.memory; assert 'numpy' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)
