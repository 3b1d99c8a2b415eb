"""Search finds exactly the approved comments that contain the words."""

import pytest

from service.domain.comment import Status
from service.store.comments import comments, index, intakes, search
from tests.factories import NOON, a_comment, a_verdict, an_intake


@pytest.fixture
def publish(record):
    def publish(body, **changes):
        comment = a_comment(body=body, **changes)
        intakes.accept(record, an_intake(comment))
        comments.judge(record, comment, a_verdict(), now=NOON)
        return comment

    return publish


def hits(record, query, **more):
    return [c.body for c in search.find(record, query, limit=50, **more)[0]]


def pages(record, query, *, limit, **more):
    read, cursor = [], ""
    for _ in range(50):
        page, cursor = search.find(record, query, limit=limit, cursor=cursor, **more)
        read += [comment.body for comment in page]
        if not cursor:
            return read
    raise AssertionError("no end of it")


@pytest.mark.parametrize(
    ("query", "bodies"),
    [
        ("tram", ["Trams? A TRAM!", "The tram is late."]),
        ("TRAM late", ["The tram is late."]),
        ("cafe", ["Le café est fermé"]),
        ("fermé", ["Le café est fermé"]),
        ("路面", ["路面電車が遅い"]),
        ("bridge", []),
        ("tra", []),
    ],
)
def test_words_are_found_whatever_their_case_and_accents(record, publish, query, bodies):
    for body in ("The tram is late.", "Le café est fermé", "路面電車が遅い", "Trams? A TRAM!"):
        publish(body)
    assert hits(record, query) == bodies


@pytest.mark.parametrize(
    ("query", "body"),
    [
        ("ışıklar", "IŞIKLAR söndü"),
        ("IŞIKLAR", "ışıklar söndü"),
        ("isiklar", "IŞIKLAR söndü"),
        ("istanbul", "İSTANBUL’da"),
        ("ရထား", "မြို့ထဲမှာရထားနောက်ကျတယ်"),
        ("រថភ្លើង", "ថ្ងៃនេះរថភ្លើងមកយឺត"),
        ("រថភ្លើង", "ថ្ងៃនេះ\u200bរថភ្លើង\u200bមកយឺត"),
        ("รถราง", "วันนี้รถรางมาช้า"),
        ("ລົດລາງ", "ມື້ນີ້ລົດລາງມາຊ້າ"),
        ("སྐད", "བོད་སྐད་ནི"),
        ("电车", "今天电车又晚点了"),
        ("车", "今天电车又晚点了"),
        ("路面", "路面電車が遅い"),
        ("𠮷", "架𠮷㗎車"),
        ("전차", "오늘 전차가 늦었어요"),
        ("ट्राम", "आज ट्राम देर से आई"),
        ("ज़मीन", "जमीन"),
        ("কটা", "এই কটা"),
        ("കടൽ", "നീല കടല്\u200d"),
        ("كلب", "يا كَلْـــبُ"),
        ("کتاب", "كتاب"),
        ("שלום", "שָׁלוֹם לך"),
        ("strasse", "Die STRAẞE"),
        ("Straße", "die strasse"),
        ("aether", "Æther"),
        ("smorrebrod", "smørrebrød"),
        ("łódź", "lodz"),
        ("tram", "ｔｒａｍ"),
        ("tram", "tr\u00adam"),
        ("е\u0308лка", "Ёлка"),
        ("ﾊﾞｶ", "このバカ"),
    ],
)
def test_words_of_every_script_are_found_in_running_text(record, publish, query, body):
    publish("Something else, 其他, อื่น, другое.")
    publish(body)
    assert hits(record, query) == [body]


@pytest.mark.parametrize(
    ("query", "body"),
    [("कट", "कटा"), ("はか", "ばか"), ("ကရ", "မြို့"), ("मय", "मायय")],
)
def test_a_vowel_sign_makes_another_word(record, publish, query, body):
    publish(body)
    assert hits(record, query) == []


def test_one_character_is_found_by_pages_however_many_comments_lack_it(
    record, publish, monkeypatch
):
    monkeypatch.setattr(search, "BUDGET", 50)
    publish("电车")
    for number in range(120):
        publish(f"tram {number}")
    assert pages(record, "车", limit=10) == ["电车"]


def test_what_was_removed_is_not_found(record, publish):
    comment = publish("The tram is late.")
    approved = comments.get(record, comment.id)
    comments.change_status(record, approved, Status.REMOVED, by="eve", now=NOON)
    assert hits(record, "tram") == []


def test_indexing_twice_changes_nothing(record, publish):
    comment = publish("The tram is late.")
    index.add(record, [comment])
    assert hits(record, "tram") == ["The tram is late."]


def test_pages_go_on_where_the_last_ended(record, publish):
    bodies = [publish(f"tram number {i}").body for i in range(index.WIDTH + 20)]
    assert pages(record, "tram", limit=100) == bodies[::-1]


@pytest.fixture(params=["small", "large"])
def article(request, monkeypatch):
    """An article that is read directly, and one that is found in the index of the site."""
    monkeypatch.setattr(search, "SMALL", 1000 if request.param == "small" else 0)
    return "f" * 20


def test_an_article_is_searched_to_its_end_by_pages(record, publish, article):
    here = [publish(f"tram {i}", thread=article).body for i in range(7)]
    for i in range(7):
        publish(f"tram elsewhere {i}")
    assert pages(record, "tram", limit=3, thread=article) == here[::-1]


def test_a_query_that_has_looked_enough_says_where_to_go_on(record, publish, monkeypatch):
    monkeypatch.setattr(search, "BUDGET", 50)
    monkeypatch.setattr(search, "SMALL", 0)
    old = publish("tram, long ago", thread="f" * 20)
    for i in range(120):
        publish(f"tram elsewhere {i}")
    first, cursor = search.find(record, "tram", limit=10, thread="f" * 20)
    assert (first, bool(cursor)) == ([], True)
    assert pages(record, "tram", limit=10, thread="f" * 20) == [old.body]


def test_a_rare_word_is_found_however_long_ago(record, publish, monkeypatch):
    monkeypatch.setattr(search, "BUDGET", 2 * search.COST_OF_A_BLOCK)
    old = publish("a zeppelin")
    record.redis.incrby(record.keys.search_next(), 6 * index.WIDTH)
    publish("a tram")
    assert pages(record, "zeppelin", limit=10) == [old.body]


def test_a_search_can_be_kept_to_one_article(record, publish):
    publish("The tram is late.")
    publish("A tram elsewhere.", thread="f" * 20)
    assert hits(record, "tram", thread="f" * 20) == ["A tram elsewhere."]


def test_what_was_purged_meanwhile_does_not_come_back(record):
    gone = a_comment()
    index.add(record, [gone])
    assert not record.redis.exists(record.keys.comment(gone.id))
    assert comments.get_many(record, [gone.id]) == []
