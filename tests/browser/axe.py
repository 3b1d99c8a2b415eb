"""Accessibility checks of a page with axe-core (WCAG 2.2 AA, best practices)."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
DESKTOP = {"viewport": {"width": 1000, "height": 800}}
PHONE_AT_NIGHT = {"viewport": {"width": 375, "height": 812}, "color_scheme": "dark"}


def check(page: Page) -> None:
    """Expect that axe reports no violation and that no content overflows at the side."""
    results = Axe().run(page, options={"runOnly": TAGS, "resultTypes": ["violations"]})
    assert results.violations_count == 0, results.generate_report()
    wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    assert not page.evaluate(wide)
