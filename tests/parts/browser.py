"""A real browser: Debian's Chromium, driven by Playwright, with axe for WCAG."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page, sync_playwright

from .presence import lacking

#: No sandbox as root, no graphics card, and nothing that looks for the outside.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
DESKTOP = (1280, 800)
#: How long a busy machine may take over anything (milliseconds).
SLOWEST = 120_000
PHONE = (375, 740)


@contextmanager
def browser() -> Iterator[Browser]:
    program = shutil.which("chromium")
    if program is None:
        lacking("needs Debian's chromium")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=FLAGS)
        try:
            yield chromium
        finally:
            chromium.close()


@contextmanager
def page(
    browser: Browser,
    url: str,
    *,
    size: tuple[int, int] = DESKTOP,
    dark: bool = False,
    script: bool = True,
) -> Iterator[Page]:
    """Open ``url`` in a browser context of its own (no cookie shared with another page)."""
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        color_scheme="dark" if dark else "light",
        java_script_enabled=script,
    )
    try:
        opened = context.new_page()
        opened.set_default_timeout(SLOWEST)
        opened.goto(url)
        yield opened
    finally:
        context.close()


def look(page: Page, *, size: tuple[int, int], dark: bool = False) -> None:
    """The open page on another screen."""
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.emulate_media(color_scheme="dark" if dark else "light")


def page_faults(page: Page) -> list[str]:
    """What axe finds wrong with an open page under WCAG 2.2 AA, a line an element."""
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(AXE_SCRIPT)
    violations = page.evaluate(
        "async (options) => (await axe.run(document, options)).violations",
        {"runOnly": {"type": "tag", "values": WCAG}, "resultTypes": ["violations"]},
    )
    return [
        f"{rule['id']}: {rule['help']}: {node['html']}"
        for rule in violations
        for node in rule["nodes"]
    ]


def overflows(page: Page) -> bool:
    """Whether the page must be scrolled sideways, which WCAG 1.4.10 forbids."""
    return bool(page.evaluate("document.documentElement.scrollWidth > window.innerWidth"))
