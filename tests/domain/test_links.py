"""A link ends where its address ends, in every script; what only looks like one is no link."""

import pytest

from service.domain.links import find, hosts_named, links_in, without_links

NEWS = "https://news.example/x"


@pytest.mark.parametrize(
    ("text", "links"),
    [
        (
            "See (https://news.example/a). Or https://bad.example\\@news.example, www.c.example!",
            ["https://news.example/a", "https://bad.example", "www.c.example"],
        ),
        (
            "see https://e.example/wiki/Mercury_(planet) x",
            ["https://e.example/wiki/Mercury_(planet)"],
        ),
        ("(https://e.example/wiki/Mercury_(planet)).", ["https://e.example/wiki/Mercury_(planet)"]),
        ("[x](https://news.example/x)", [NEWS]),
        ("**https://news.example/x**", [NEWS]),
        *(
            (f"a {before}{NEWS}{after} b", [NEWS])
            for before, after in [
                ("", "。谢谢"),
                ("", "，谢谢"),
                ("", "！"),
                ("", "、を"),
                ("「", "」を"),
                ("『", "』"),
                ("（", "）"),
                ("《", "》"),
                ("【", "】"),
                ("", "،"),
                ("", "؟"),
                ("", "؛"),
                ("", "۔"),
                ("", "।"),
                ("", "។"),
                ("", "။"),
                ("", "።"),
                ("", "։"),
                ("«", "»"),
                ("„", "“"),
                ("“", "”"),
                ("‘", "’"),
                ("‹", "›"),
                ("<", ">"),
                ('"', '"'),
                ("", "…"),
                ("", "—that"),
                ("", "?!"),
                ("看", "。"),
            ]
        ),
        ("https://news.example。谢谢", ["https://news.example"]),
        ("https://news.exampleを見て", ["https://news.example"]),
        ("https://news.example.Then we left", ["https://news.example"]),
        (
            "https://e.example/wiki/レオナルド・ダ・ヴィンチ",
            ["https://e.example/wiki/レオナルド・ダ・ヴィンチ"],
        ),
        ("https://e.example/l’article!", ["https://e.example/l’article"]),
        (
            "https://news.example:8443/a,b;c=1?x=1&y=%20#z.",
            ["https://news.example:8443/a,b;c=1?x=1&y=%20#z"],
        ),
        ("http://a.example,http://b.example", ["http://a.example", "http://b.example"]),
        ("http://[::1]:8000/x", ["http://[::1]:8000/x"]),
        ("https://me:secret@news.example/", ["https://me:secret@news.example/"]),
        ("cheap-pills.com/choir", ["cheap-pills.com/choir"]),
        ("buy at cheap-pills.casino, now", ["cheap-pills.casino"]),
        ("Пишите на пример.рф.", ["пример.рф"]),
        ("उदाहरण.भारत", ["उदाहरण.भारत"]),
        ("bücher.de", ["bücher.de"]),
        ("请看cheap-pills.com谢谢", ["cheap-pills.com"]),
        ("👉cheap-pills.com", ["cheap-pills.com"]),
        ("//cheap-pills.com/x", ["cheap-pills.com/x"]),
        ("URL:cheap-pills.com:8080", ["cheap-pills.com:8080"]),
        ("Booking.com and BOOKING.COM", ["Booking.com", "BOOKING.COM"]),
        ("cheap-pills.com.Then we left", ["cheap-pills.com"]),
        ("example.com.", ["example.com"]),
        ("ｓｐａｍ．example", ["spam．example"]),
        ("spam。example", ["spam。example"]),
        ("hxxp://spam.example/x", ["hxxp://spam.example/x"]),
        ("spam[.]example", ["spam.example"]),
        ("spam (dot) example", ["spam.example"]),
        ("https[:]//spam[.]example/x", ["spam.example/x"]),
        ("t.me/spam", ["t.me/spam"]),
    ],
)
def test_a_link_is_found_with_its_whole_address_and_nothing_else(text, links):
    assert links_in(text) == links


@pytest.mark.parametrize(
    "text",
    [
        "marta@news.example",
        "first.last@news.example",
        "mailto:marta@news.example",
        "config.py README.md main.rs src/config.py user.name foo.bar",
        "z.B. e.g. i.e. U.S.A. d.h. p.m. a.m.",
        "The end.Next we went home.It was late",
        "went home.it was late",
        "1.2.3 and v1.2.3.4 and 3.50 and 10.0.0.0/8",
        "so...what",
        "yes/no and either.or",
        "the dot on the i",
        "http:// https://. ://",
    ],
)
def test_what_only_looks_like_a_link_is_none(text):
    assert links_in(text) == []


@pytest.mark.parametrize(
    ("text", "host"),
    [
        ("see config.py", "config.py"),
        ("spam dot example", "spam.example"),
        ("https://e.example/web/2020/https://spam.example/x", "spam.example"),
        ("https://e.example/out?u=https%3A%2F%2Fspam.example", "spam.example"),
        ("http://0x7f.1/", "127.0.0.1"),
    ],
)
def test_every_host_that_a_text_names_is_known(text, host):
    assert host in hosts_named(text)


def test_links_are_found_where_they_stand():
    text = "Ｓee 「https://news.example/x」 and (cheap-pills.com)."
    assert [text[link.start : link.end] for link in find(text)] == [NEWS, "cheap-pills.com"]
    assert without_links(text) == "Ｓee 「」 and ()."
