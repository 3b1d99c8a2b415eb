"""Accessibility checks of a page with axe-core (WCAG 2.2 AA, best practices)."""

from axe_playwright_python.base import AxeResults
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OPTIONS = {"runOnly": TAGS, "resultTypes": ["violations"]}
DESKTOP = {"viewport": {"width": 1000, "height": 800}}
PHONE_AT_NIGHT = {"viewport": {"width": 375, "height": 812}, "color_scheme": "dark"}


def check(page: Page, within: str = "") -> None:
    """Expect that axe reports no violation and that no content overflows at the side.

    `within` is a selector of the parts to look at, instead of the whole page.
    """
    # Half a megabyte of script, which a page keeps until it is left.
    if not page.evaluate("'axe' in window"):
        page.evaluate(Axe().axe_script)
    run = "([parts, options]) => axe.run(parts || document, options)"
    results = AxeResults(page.evaluate(run, [within, OPTIONS]))
    assert results.violations_count == 0, results.generate_report()
    wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    assert not page.evaluate(wide)
