"""Requests of a page that a test delays."""

from playwright.sync_api import Page, Route

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


def arrived(page: Page, waiting: list[Route], count: int = 1) -> None:
    """Wait until requests are held back, which happens a moment after they are reported."""
    wait_for(f"{count} calls", lambda: page.wait_for_timeout(20) or len(waiting) >= count)
