"""Requests with strange headers, cursors and queries are answered, and never with a 500."""

from hypothesis import given
from hypothesis import strategies as st

from service.app import create_app
from tests.factories import ARTICLE
from tests.fuzz.strangers import FUZZ, nearly, texts

HEADERS = {
    "Accept-Language": st.just("de-DE,de;q=0.9,*;q=0.1"),
    "Forwarded": st.just('for="[2001:db8::1]:4711";proto=https'),
    "X-Forwarded-For": st.just("203.0.113.7, 198.51.100.2"),
    "Idempotency-Key": st.just("8e03978e-40d5-43dd-bc93-6894a57f9324"),
    "Folkmoot-Reader": st.just("abc.def"),
    "Folkmoot-Receipt": st.just("abc"),
    "Authorization": st.just("Bearer abc"),
    "If-None-Match": st.just('W/"1"'),
    "If-Modified-Since": st.just("Fri, 02 Jan 2026 12:00:00 GMT"),
    "Accept-Encoding": st.just("gzip;q=1, br"),
    "Origin": st.just("https://news.example"),
    "Range": st.just("bytes=0-1"),
}
# A header is bytes; servers hand it over as Latin-1, without line breaks.
headers = st.fixed_dictionaries(
    {}, optional={name: nearly(at) for name, at in HEADERS.items()}
).map(
    lambda sent: {
        name: value.encode("utf-8", "replace").translate(None, b"\r\n\0").decode("latin-1")
        for name, value in sent.items()
    }
)
queries = st.fixed_dictionaries(
    {},
    optional={
        "thread": texts | st.just(ARTICLE),
        "cursor": nearly(st.just("1767355200000.0~" + "0" * 26)),
        "q": texts,
        "sort": texts | st.just("best"),
        "limit": texts | st.just("10"),
        "lang": texts,
        "since": nearly(st.just("2026-01-02T12:00:00Z")),
    },
).map(lambda sent: {name: at.encode("utf-8", "replace").decode() for name, at in sent.items()})
paths = st.sampled_from(
    ["comments", "counts", "search", "feed.atom", "queue", "comments/" + "0" * 26]
).map("/api/v1/sites/news/{}".format) | st.sampled_from(["/frame/news", "/frame/news/mine"])


def test_reading_is_answered(core, news):
    client = create_app(core).test_client()

    @FUZZ
    @given(paths, queries, headers)
    def read(path, query, sent):
        assert client.get(path, query_string=query, headers=sent).status_code < 500

    read()


def test_writing_is_answered(core, news):
    client = create_app(core).test_client()
    bodies = st.fixed_dictionaries(
        {"thread": st.just(ARTICLE) | texts, "name": texts, "body": texts},
        optional={"parent": texts, "email": texts, "title": texts, "captcha": texts},
    )

    @FUZZ
    @given(bodies, headers)
    def write(body, sent):
        answer = client.post("/api/v1/sites/news/comments", json=body, headers=sent)
        assert answer.status_code < 500

    write()
