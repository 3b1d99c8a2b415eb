"""Requests of a page that a test delays, or waits for under a clock that it moves itself.

An installed clock goes on by itself, and a page sets its next timer only after an answer, which
takes a slow machine a while: whoever moves the clock before that moves it past nothing.
"""

from typing import Any

from playwright.sync_api import Page

from tests.conftest import wait_for

# Notes the addresses that the page calls with `keepalive`.
NOTE_WHAT_IS_KEPT_ALIVE = """
  const send = window.fetch;
  window.keptAlive = [];
  window.fetch = (url, options) => {
    if (options?.keepalive) window.keptAlive.push(String(url));
    return send(url, options);
  };
"""

# So that no test waits half a minute for a request, or has too little time after it.
IMPATIENT = """
    window.patience = 300;
    AbortSignal.timeout = ((real) => (most) =>
        real.call(AbortSignal, window.patience ?? most))(AbortSignal.timeout);
"""
# Notes how long the page means to wait, in ms, each time that it begins to.
NOTE_WHAT_IS_WAITED_FOR = """
  const start = window.setTimeout;
  window.waits = [];
  window.setTimeout = (then, wait, ...more) => {
    window.waits.push(wait);
    return start(then, wait, ...more);
  };
"""


def arrived(page: Page, waiting: list[Any], count: int = 1) -> None:
    """Wait until requests are held back or answered, a moment after they are reported."""
    wait_for(f"{count} calls", lambda: page.wait_for_timeout(20) or len(waiting) >= count)


def waits(page: Page, count: int) -> None:
    """Wait until the page has begun to wait that often, on a page that notes it."""
    wait_for(f"timer {count}", lambda: page.evaluate("window.waits.length") >= count)


def asks_again(page: Page, where: str, step: int) -> None:
    """Move the clock, `step` ms at a time, until the page calls an address; wait for the answer.

    The page is told to wait for as long as it likes: only that it asks at all is tested.
    """
    with page.expect_response(where):
        asks(page, where, step)


def asks(page: Page, where: str, step: int) -> None:
    """Move the clock until the page calls an address."""
    with page.expect_request(where) as asked:
        wait_for("a call", lambda: _moved(page, step) and asked.is_done())


def _moved(page: Page, step: int) -> bool:
    page.clock.fast_forward(step)
    page.wait_for_timeout(100)
    return True
