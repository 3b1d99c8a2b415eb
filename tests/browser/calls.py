"""Calls of a page that a test keeps back for a while."""

from playwright.sync_api import Page, Route

from tests.conftest import wait_for


def arrived(page: Page, waiting: list[Route], count: int = 1) -> None:
    """Wait for calls that are kept back: a request is told of a moment before that."""
    wait_for(f"{count} calls", lambda: page.wait_for_timeout(20) or len(waiting) >= count)
