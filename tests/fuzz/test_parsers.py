"""Parsers of what strangers send raise their own errors only, and read their own output again."""

import io
import json
import re
import unicodedata
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service import blocklist
from service.analysis import markup
from service.captcha import token
from service.captcha.errors import ForgedCaptcha
from service.desk.office import policy
from service.domain import folding, hosts, ids, links, marks, names, text
from service.domain.reserved import RESERVED_NAMES
from service.domain.site import Site
from service.domain.thread import canonical_url, origin_of, thread_id
from service.signing import Signer
from service.store import codec
from service.store.comments import index
from service.store.people import flags
from service.transfer import checks
from service.transfer.formats import jsonl
from service.transfer.rows import Placed, Skipped, ThreadRow
from service.web.desk.office import policy_form
from tests.factories import ARTICLE, NOON, a_comment
from tests.fuzz.strangers import FUZZ, anything, nearly, texts, touchy

SITE = Site(name="news", origins=("https://news.example",))
SIGNER = Signer(b"a secret of the tests, and of nothing else")
URLS = st.sampled_from(
    ["https://news.example/a?b=c&utm_source=x#d", "http://ü.example:80/读/%E8", "https://[::1]/"]
)


@FUZZ
@given(texts)
def test_a_text_is_cleaned_once_for_all(typed):
    for clean in (text.clean_body, text.clean_name):
        once = clean(typed)
        assert clean(once) == once == unicodedata.normalize("NFC", once)
        once.encode()
        assert len(once) <= 3 * len(typed)


@FUZZ
@given(texts)
def test_a_folded_text_knows_where_it_came_from(typed):
    for fold in (folding.fold, folding.plain):
        folded = fold(typed)
        assert len(folded.text) == len(folded.starts) == len(folded.ends)
        assert all(
            0 <= a < b <= len(typed) for a, b in zip(folded.starts, folded.ends, strict=True)
        )
    assert folding.fold(folding.fold(typed).text).text.strip() is not None
    assert marks.stream_safe(marks.stream_safe(typed)) == marks.stream_safe(typed)


@FUZZ
@given(texts)
def test_a_name_is_compared(typed):
    name = text.clean_name(typed)
    assert names.looks(name) == names.looks(name)
    names.is_reserved(name, RESERVED_NAMES, own="ferry-post")


@FUZZ
@given(texts | nearly(URLS))
def test_links_are_found_in_a_text(typed):
    for link in links.links_in(text.clean_body(typed)):
        host = hosts.host_of(link)
        assert hosts.is_host(host) in (True, False)
    markup.plain(typed)


@FUZZ
@given(texts | nearly(URLS))
def test_an_address_of_a_thread_is_canonical_or_refused(typed):
    try:
        url = canonical_url(typed)
    except ValueError:
        return
    assert canonical_url(url) == url
    assert url.startswith(origin_of(url))
    assert re.fullmatch("[0-9a-f]{20}", thread_id(url))


@FUZZ
@given(texts, texts | st.from_regex(r"/[\\bwds.\[\]()|^$a-zé*+?{}0-9]{1,30}/", fullmatch=True))
def test_a_blocked_entry_is_refused_or_works(typed, entry):
    if not blocklist.refused(entry):
        for one, start, end in blocklist.places(typed, (entry,)):
            assert one == entry
            assert 0 <= start < end <= len(typed)
        assert blocklist.blocked_in(typed, (entry,)) in ((), (entry,))


@FUZZ
@given(texts)
def test_a_search_finds_every_text_by_its_own_words(typed):
    words = index.words(typed)
    assert index.holds(typed, words)
    assert all(0 <= row < index.ROWS for word in words for row in index.rows_of(word))
    assert re.fullmatch(r"(\d+( \d+)*)?", index.rows(typed))


@FUZZ
@given(texts | nearly(st.just("1767355200000.0~" + "0" * 26)))
def test_a_cursor_or_an_id_is_recognised(typed):
    assert not ids.is_id(typed) or ids.made_at(typed).year >= 1970
    score, _, _ = typed.partition("~")
    if codec.is_number(score):
        assert float(score) == float(score)


@FUZZ
@given(texts | nearly(st.just(SIGNER.reader_token("news", b"x" * 12))))
def test_a_token_is_genuine_or_nobodys(typed):
    genuine = SIGNER.reader_token("news", b"x" * 12)
    assert (SIGNER.reader("news", typed) is None) == (typed != genuine)


@FUZZ
@given(texts | nearly(st.from_regex("[A-Za-z0-9_-]{40}", fullmatch=True)))
def test_the_id_of_a_captcha_is_genuine_or_refused(typed):
    with pytest.raises(ForgedCaptcha):
        token.read(b"secret", typed)


ROW = {
    "id": a_comment(created_at=NOON).id,
    "thread": ARTICLE,
    "author": "ann",
    "name": "Ann",
    "body": "Fine.",
    "created": 1767355200000,
}
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=5,
)
OTHERS = "parent email badge status revision edited scores reasons votes flags label"
FIELDS = st.sampled_from([*ROW, *OTHERS.split(), "kind", "url", "title", "opened"])
ROWS = st.dictionaries(FIELDS, VALUES, max_size=3).map(lambda changes: json.dumps(ROW | changes))


@FUZZ
@given(
    st.lists(
        ROWS.map(str.encode)
        | st.binary(max_size=80)
        | nearly(ROWS).map(lambda line: line.encode("utf-8", "surrogatepass")),
        max_size=4,
    )
)
def test_every_line_of_an_import_is_read_or_named(lines):
    for row in jsonl.read(io.BytesIO(b"\n".join(lines))):
        match row:
            case Skipped():
                assert row.line >= 1
            case Placed():
                kept = checks.thread if isinstance(row.row, ThreadRow) else checks.comment
                with suppress(ValueError):
                    kept(SITE, row.row, NOON)


@FUZZ
@given(anything | nearly(st.just('1767355200000 illegal/net why\x1e{"place": "x"}')))
def test_a_flag_is_read_or_refused(entry):
    with suppress(ValueError):
        assert flags.check("bob", entry).reader == "bob"


@FUZZ
@given(
    st.dictionaries(st.sampled_from([*policy_form.LINES, "hold-SPAM"]), texts | touchy, max_size=5)
)
def test_lines_of_a_policy_are_kept_or_named(typed):
    new, faults = policy_form.read(SITE, policy_form.show(SITE) | typed)
    named = {fault.field for fault in [*faults, *policy.check(new)]}
    assert named <= {line for line in policy_form.LINES} | {"SPAM"}
