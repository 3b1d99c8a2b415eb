"""One script, one style sheet, one accent: joined, compressed, and named by their content."""

import gzip
import re
import shutil
import subprocess

import pytest

from service.web.assets import assets, bundle, colour


def joined(**modules):
    return bundle.join(
        "main", lambda name: modules[name.removesuffix(".js")], lambda at: f"/x/{at}"
    )


def test_modules_are_joined_in_the_order_they_run():
    script = joined(
        main='import { a, b as c } from "./one.js";\nimport "./two.js";\na(c);\n',
        one='import "./two.js";\nexport function a() {}\nexport const b = 1;\nconst hidden = 2;\n',
        two="const hidden = 3;\n",
    )
    assert script.index("module_two") < script.index("module_one") < script.index("module_main")
    assert "const { a, b: c } = module_one;" in script
    assert "return { a, b };" in script
    assert script.count("hidden = ") == 2


def test_what_is_loaded_later_stays_outside():
    script = joined(main='const { solve } = await import("./pow.js");\n')
    assert 'import("/x/pow.js")' in script


@pytest.mark.parametrize(
    "text",
    ["export default 1;\n", "export let a = 1;\n", "export { a };\n", 'import a from "./b.js";\n'],
)
def test_forms_that_would_be_joined_wrongly_are_refused(text):
    with pytest.raises(bundle.NotJoinable):
        joined(main=text)


def test_a_circle_is_refused():
    with pytest.raises(bundle.NotJoinable, match="main → one → main"):
        joined(main='import "./one.js";\n', one='import "./main.js";\n')


@pytest.mark.skipif(shutil.which("node") is None, reason="no node here; browsers test it too")
def test_the_joined_script_is_a_script(tmp_path):
    file = tmp_path / "frame.mjs"
    file.write_bytes(assets.every()["frame.js"].content)
    subprocess.run(["node", "--check", file], check=True)


def test_the_joined_script_takes_nothing_from_elsewhere():
    script = assets.every()["frame.js"].content.decode()
    assert not re.findall(r"^import\b", script, re.MULTILINE)
    assert re.findall(r'import\("([^"]+)"\)', script) == [assets.every()["pow.js"].path]


def test_our_style_sheets_know_no_left_and_no_right():
    sheet = assets.every()["frame.css"].content.decode()
    sides = r"(?:margin|padding|border)-(?:left|right)|(?<![\w-])(?:left|right):|: (?:left|right);"
    assert not re.findall(sides, sheet)


@pytest.mark.parametrize("encoding", ["gzip, br", "identity"])
def test_an_asset_is_kept_for_ever_under_its_own_name(client, encoding):
    asset = assets.every()["frame.css"]
    answer = client.get(asset.path, headers={"Accept-Encoding": encoding})
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.headers["Vary"] == "Accept-Encoding"
    packed = answer.headers.get("Content-Encoding") == "gzip"
    assert packed == ("gzip" in encoding)
    assert (gzip.decompress(answer.data) if packed else answer.data) == asset.content


def test_a_page_from_before_an_update_gets_what_there_is_but_not_for_ever(client):
    answer = client.get("/assets/000000000000/frame.js")
    assert answer.status_code == 200
    assert "immutable" not in answer.headers["Cache-Control"]


@pytest.mark.parametrize(
    "path",
    [
        "/assets/000000000000/no.js",
        "/assets/000000000000/..%2fapp.py",
        "/assets/accent-red.css",
        "/assets/accent-B00020.css",
        "/assets/accent-}body{.css",
    ],
)
def test_there_is_nothing_else(client, path):
    assert client.get(path).status_code == 404


def test_pages_are_compressed_and_say_so(client, news):
    answer = client.get(
        "/frame/news?thread=https://news.example/a", headers={"Accept-Encoding": "gzip"}
    )
    assert answer.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in answer.headers["Vary"]
    assert b"</html>" in gzip.decompress(answer.data)
    assert b"</html>" in client.get("/frame/news?thread=https://news.example/a").data


def test_a_compressed_answer_is_revalidated_like_any(client, publish):
    path = "/api/v1/sites/news/comments?thread=https://news.example/tram"
    publish(body="A long thought. " * 100)
    first = client.get(path, headers={"Accept-Encoding": "gzip"})
    assert first.headers["ETag"].startswith("W/")
    again = {"Accept-Encoding": "gzip", "If-None-Match": first.headers["ETag"]}
    assert client.get(path, headers=again).status_code == 304


def ratio(sheet, first, second, which):
    """The contrast of two colours of a sheet, in light (0) or dark mode (1)."""
    shades = [re.findall(rf"--{name}: #(\w+);", sheet)[which] for name in (first, second)]
    return colour.contrast(*map(colour._read, shades))


@pytest.mark.parametrize(
    "accent", ["000000", "ffffff", "ffff00", "0000ff", "b00020", "808080", "0b5a6e", "00ff88"]
)
@pytest.mark.parametrize("which", [0, 1], ids=["by day", "by night"])
def test_every_accent_can_be_read(accent, which):
    sheet = colour.sheet(accent)
    assert ratio(sheet, "accent", "on-accent", which) >= 4.5
    assert ratio(sheet, "accent", "accent-tint", which) >= 4.5
    assert ratio(sheet, "accent-strong", "accent-tint", which) >= 4.5
    paper = (colour.LIGHT, colour.DARK)[which]
    shade = colour._read(re.findall(r"--accent: #(\w+);", sheet)[which])
    assert min(colour.contrast(shade, on) for on in paper) >= 4.5


def test_an_accent_that_can_be_read_stays_as_it_is():
    assert "--accent: #b00020;" in colour.sheet("b00020")
