"""Any input is shown as text, never as markup."""

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.web.api.present import html

# Whatever a browser might not open, or not where it seems to lead.
PLAIN = [
    "cheap-pills.com/choir",
    "www.e.example",
    "config.py",
    "https:/e.example",
    "hxxp://e.example",
]
PLAIN += ["https://news.example@e.example/", "https://e\u200b.example/"]
ALLOWED = {"p", "br", "blockquote", "a"}


class Tags(HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.seen = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.seen.append((tag, dict(attrs)))


def linked(address):
    more = 'rel="nofollow ugc noopener" target="_blank"'
    return f'<a href="https://{address}" {more}>{address}</a>'


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        ("a\nb\n\nc", "<p>a<br>b</p><p>c</p>"),
        ("> so\n> said", "<blockquote><p>so<br>said</p></blockquote>"),
        ("<b>x</b> & 'y'", "<p>&lt;b&gt;x&lt;/b&gt; &amp; &#39;y&#39;</p>"),
        (
            "see https://a.example/x?b=1&c=2.",
            '<p>see <a href="https://a.example/x?b=1&amp;c=2" rel="nofollow ugc noopener"'
            ' target="_blank">a.example/x?b=1&amp;c=2</a>.</p>',
        ),
        ("javascript:alert(1)", "<p>javascript:alert(1)</p>"),
        *(
            (f"{before}https://{link}{after}", f"<p>{before}{linked(link)}{after}</p>")
            for before, link, after in [
                ("see ", "e.example/wiki/Mercury_(planet)", " now"),
                ("(", "e.example/wiki/Mercury_(planet)", ")."),
                ("看", "e.example/x", "。谢谢"),
                ("「", "e.example/x", "」を"),
                ("", "e.example/x", "، ثم"),
                ("", "e.example/x", "؟"),
                ("«", "e.example/x", "»"),
            ]
        ),
        *((text, f"<p>{text}</p>") for text in PLAIN),
    ],
)
def test_text_becomes_paragraphs_quotes_and_links(body, shown):
    assert html(body) == shown


@given(st.text(alphabet=st.sampled_from("<>\"'&/=:https onerrx.\n"), max_size=80) | st.text())
def test_nothing_typed_becomes_markup(body):
    for tag, attributes in Tags(str(html(body))).seen:
        assert tag in ALLOWED
        assert set(attributes) <= {"href", "rel", "target"}
        assert attributes.get("href", "https://").lower().startswith(("http://", "https://"))
