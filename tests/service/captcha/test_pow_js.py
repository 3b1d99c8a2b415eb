"""The solver of the page finds proofs that the service accepts, in a real browser."""

import functools
import http.server
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest

from service import captcha as captchas
from service.captcha import POW, challenge, mint, solved

STATIC = Path(captchas.__file__).parents[1] / "web" / "static"
SECRET = b"a secret of thirty-two bytes !!!"
SOLVE = """async (challenge) => {
  const { solve } = await import("/pow.js");
  let heard = 0;
  const payload = await solve(challenge, { onprogress: (tried) => { heard = tried; } });
  return { payload, heard };
}"""
ABORT = """async (challenge) => {
  const { solve } = await import("/pow.js");
  return solve(challenge, { signal: AbortSignal.abort() }).catch((error) => error.name);
}"""
INSECURE = """async (challenge) => {
  const { solve } = await import("/pow.js");
  Object.defineProperty(globalThis, "crypto", { value: {} });
  return solve(challenge).catch((error) => error.message);
}"""

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def address():
    handler = functools.partial(QuietHandler, directory=str(STATIC))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture
def page(browser, address):
    page = browser.new_page()
    page.goto(f"{address}/pow.js")
    yield page
    page.close()


class QuietHandler(http.server.SimpleHTTPRequestHandler):
    """Serve the static files without logging."""

    def log_message(self, *words):
        pass


def a_captcha(nonce: bytes):
    return mint(SECRET, "gazette", POW, now=datetime.now(UTC), nonce=nonce)


def test_the_proof_of_our_page_is_accepted(page):
    captcha = a_captcha(b"browser-nonce-16")
    answer = page.evaluate(SOLVE, challenge(SECRET, captcha))
    assert solved(SECRET, captcha, answer["payload"])
    assert answer["heard"] >= 0


def test_a_search_can_be_given_up(page):
    assert page.evaluate(ABORT, challenge(SECRET, a_captcha(b"n" * 16))) == "AbortError"


def test_a_page_without_cryptography_is_told_why(page):
    message = page.evaluate(INSECURE, challenge(SECRET, a_captcha(b"n" * 16)))
    assert "HTTPS" in message
