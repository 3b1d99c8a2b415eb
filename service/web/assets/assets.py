"""Assets: bundled once per process, named by their content, and cached for ever."""

import base64
import gzip
import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from flask import Blueprint, Flask, Response, request, url_for
from werkzeug.exceptions import NotFound

from service.web.assets import bundle, colour

bp = Blueprint("assets", __name__, url_prefix="/assets")

FOLDER = Path(__file__).parents[1] / "static"
SHEETS = {
    "frame.css": ("base.css", "frame.css", "writing.css"),
    "desk.css": ("base.css", "review.css"),
    "office.css": ("office.css",),
}
SCRIPTS = ("frame", "away", "notice", "review", "review-together", "policy", "passkey")
PLAIN = ("pow.js", "icon.svg")
# For news pages: classic scripts without modules, and without our comments.
FOR_PAGES = ("embed", "counts")
KINDS = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
FOR_EVER = "public, max-age=31536000, immutable"
# A page from before an update requests an old version and gets the new one, cached briefly.
FOR_NOW = "public, max-age=60"


@dataclass(frozen=True, slots=True)
class Asset:
    """A file as it is sent, plain and compressed, with its version."""

    name: str
    content: bytes
    packed: bytes
    version: str

    @property
    def integrity(self) -> str:
        """The hash with which a page can pin it (Subresource Integrity)."""
        return f"sha384-{base64.b64encode(hashlib.sha384(self.content).digest()).decode()}"

    @property
    def path(self) -> str:
        """The path on our own host."""
        return f"/assets/{self.version}/{self.name}"


@bp.get("/<version>/<name>")
def get_asset(version: str, name: str) -> Response:
    """Return a script, a style sheet or a picture."""
    asset = every().get(name)
    if asset is None:
        raise NotFound
    return send(asset, FOR_EVER if version == asset.version else FOR_NOW)


@bp.get("/accent-<accent>.css")
def get_accent(accent: str) -> Response:
    """Return the style sheet of one accent colour."""
    if not colour.is_colour(accent):
        raise NotFound
    return send(make(f"accent-{accent}.css", colour.sheet(accent)), FOR_EVER)


def send(asset: Asset, fresh: str) -> Response:
    """Return an asset, compressed if the browser accepts it, with its Cache-Control."""
    is_packed = request.accept_encodings.best_match(["gzip"]) is not None
    response = Response(
        asset.packed if is_packed else asset.content,
        mimetype=KINDS[Path(asset.name).suffix],
    )
    if is_packed:
        response.headers["Content-Encoding"] = "gzip"
    response.headers["Cache-Control"] = fresh
    response.vary.add("Accept-Encoding")
    # Public files, the same for everybody: pages may fetch them with `crossorigin`, as hashes need.
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.set_etag(asset.version, weak=True)
    response.make_conditional(request)
    return response


@cache
def every() -> dict[str, Asset]:
    """Make all assets, once per process."""
    assets = {name: make(name, _read(name)) for name in PLAIN}
    for name in SCRIPTS:
        whole = bundle.join(name, _read, lambda later: assets[later].path)
        assets[f"{name}.js"] = make(f"{name}.js", whole)
    for name in FOR_PAGES:
        assets[f"{name}.js"] = make(f"{name}.js", bundle.enclose(bundle.join(name, _read, str)))
    for name, parts in SHEETS.items():
        assets[name] = make(name, "\n".join(_read(part) for part in parts if _is_there(part)))
    return assets


def make(name: str, text: str) -> Asset:
    """Make an asset from a text."""
    content = text.encode()
    version = hashlib.sha256(content).hexdigest()[:12]
    return Asset(name, content, gzip.compress(content, 9, mtime=0), version)


def address(name: str) -> str:
    """Return the address of an asset."""
    return url_for("assets.get_asset", version=every()[name].version, name=name)


def register(app: Flask) -> None:
    """Serve the assets, and let templates link to them."""
    app.register_blueprint(bp)
    app.jinja_env.globals["asset"] = address


def _read(name: str) -> str:
    return (FOLDER / name).read_text("utf-8")


def _is_there(name: str) -> bool:
    return (FOLDER / name).exists()
