"""Blogs that are older than UTF-8 are read in their own characters, and never guessed at."""

from urllib.parse import urlencode

import pytest

from service.store.desk import labels
from tests.wire.conftest import KIND, SPAMMY

RUSSIAN = "Купите дешёвые таблетки онлайн! Заработок 500$ в день, пишите http://t.me/earn_quickly"
WORDPRESS = {"User-Agent": "WordPress/6.9 | Akismet/5.6"}


@pytest.fixture
def send(client, key):
    """Send a form whose texts are encoded as given; the names are ASCII."""

    def send(what, content, codec="utf-8", *, kind="form", header="", headers=None, **given):
        fields = {"api_key": key, "blog": "https://news.example/", **given}
        sent = {name: value.encode() for name, value in fields.items()}
        sent["comment_content"] = content if isinstance(content, bytes) else content.encode(codec)
        if kind == "form":
            body, media = urlencode(sent).encode(), "application/x-www-form-urlencoded"
        else:
            parts = (
                f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n'.encode()
                + value
                + b"\r\n"
                for name, value in sent.items()
            )
            body, media = b"".join(parts) + b"--x--\r\n", "multipart/form-data; boundary=x"
        media += f"; charset={header}" if header else ""
        return client.post(f"/1.1/{what}", data=body, content_type=media, headers=headers)

    return send


@pytest.mark.parametrize("kind", ["form", "multipart"])
@pytest.mark.parametrize(
    ("codec", "named", "text"),
    [
        ("cp1251", "windows-1251", RUSSIAN),
        ("koi8-r", "KOI8-R", RUSSIAN),
        ("latin-1", "iso-8859-1", "Ça alors, le café est très bon à Orléans."),
        ("cp1252", "ISO-8859-1", "L’été, c’est “bien” – même à Lyon."),
        ("shift_jis", "Shift_JIS", "この記事はとても参考になりました。"),
        ("cp932", "shift_jis", "①とても良い記事です。"),
        ("iso-2022-jp", "ISO-2022-JP", "この記事はとても参考になりました。"),
        ("euc-jp", "EUC-JP", "この記事はとても参考になりました。"),
        ("gb18030", "gb18030", "这篇文章写得很好，谢谢作者。"),
        ("gbk", "GB2312", "这篇文章写得很好，谢谢作者。"),
        ("big5", "big5", "這篇文章寫得很好，謝謝作者。"),
        ("euc-kr", "euc-kr", "좋은 기사 감사합니다."),
        ("cp1254", "ISO-8859-9", "Işıklar çok güzel."),
        ("utf-8", "windows-1251", RUSSIAN),
        ("utf-8", "iso-8859-1", "Ça alors, le café est très bon."),
        ("utf-8", "", RUSSIAN),
        ("utf-8", "no-such-set", RUSSIAN),
    ],
)
def test_a_text_arrives_as_it_was_written(send, redis, codec, named, text, kind):
    if named:
        assert send("submit-spam", text, codec, kind=kind, blog_charset=named).status_code == 200
    if named or codec == "utf-8":
        send("submit-spam", text, codec, kind=kind, header=named)
        assert {label.text for label in labels.every(redis, "")} == {text}


@pytest.mark.parametrize("kind", ["form", "multipart"])
def test_spam_is_found_in_any_characters(send, kind):
    for given in ({"blog_charset": "windows-1251"}, {"header": "windows-1251"}):
        assert send("comment-check", RUSSIAN, "cp1251", kind=kind, **given).text == "true"
    french = "Très bon café à Orléans, merci beaucoup pour cet article intéressant."
    assert send("comment-check", french, "latin-1", blog_charset="ISO-8859-1").text == "false"
    assert send("comment-check", KIND, kind=kind).text == "false"
    assert send("comment-check", SPAMMY, kind=kind).text == "true"


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"blog_charset": "klingon"},
        {"header": "klingon"},
        {"blog_charset": "utf-8"},
        {"blog_charset": "utf-7"},
        {"blog_charset": "utf-16"},
        {"blog_charset": "unicode_escape"},
        {"blog_charset": "idna"},
        {"blog_charset": "rot13"},
        {"blog_charset": "hex"},
        {"blog_charset": "кои8"},
        {"blog_charset": "shift_jis"},
        {"blog_charset": "x" * 1000},
    ],
    ids=str,
)
@pytest.mark.parametrize("kind", ["form", "multipart"])
def test_what_cannot_be_read_is_never_harmless(send, redis, given, kind):
    broken = RUSSIAN.encode("cp1251")
    assert send("comment-check", broken, kind=kind, **given).text == "true"
    held = send("comment-check", broken, kind=kind, headers=WORDPRESS, **given)
    assert (held.text, held.status_code) == ("invalid", 200)
    assert send("submit-ham", broken, kind=kind, **given).text == "invalid"
    assert list(labels.every(redis, "")) == []


def test_other_fields_in_unknown_characters_change_nothing(client, key):
    body = urlencode({"api_key": key, "comment_content": KIND, "HTTP_REFERER": b"\xff\xfe"})
    answer = client.post(
        "/1.1/comment-check", data=body, content_type="application/x-www-form-urlencoded"
    )
    assert answer.text == "false"


@pytest.mark.parametrize(
    ("body", "media"),
    [
        (b"--x\r\nnonsense", "multipart/form-data; boundary=x"),
        (b"--x\r\n\r\n\r\n--x--", "multipart/form-data; boundary=x"),
        (b"", "multipart/form-data"),
        (b"&=&" * 20_000, "application/x-www-form-urlencoded"),
        (b"\xff=\xff&%=%", "application/x-www-form-urlencoded"),
        (b"", ""),
    ],
)
def test_a_broken_form_is_invalid(client, body, media):
    answer = client.post("/1.1/comment-check", data=body, content_type=media)
    assert (answer.text, answer.status_code) == ("invalid", 200)
