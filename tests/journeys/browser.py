"""Chromium of this machine, quiet and without a way out."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Playwright, sync_playwright

NAMES = ("chromium", "google-chrome", "google-chrome-stable", "chromium-browser")
HOW = (
    "no Chromium on the PATH: install the package chromium, "
    "or run .venv/bin/playwright install chromium"
)
QUIET = (
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-domain-reliability",
    "--disable-sync",
    "--no-default-browser-check",
    "--no-first-run",
    "--no-pings",
    "--no-proxy-server",
)


@contextmanager
def open_browser() -> Iterator[Browser]:
    """A headless Chromium; skips the test without one, or fails where everything must run."""
    with sync_playwright() as playwright:
        found = _executable(playwright)
        if not found:
            told = pytest.fail if os.environ.get("ITINERA_REQUIRE_ALL") == "1" else pytest.skip
            told(HOW)
        # Chromium refuses its own sandbox to root.
        browser = playwright.chromium.launch(
            executable_path=found, args=QUIET, chromium_sandbox=os.geteuid() != 0
        )
        yield browser
        with suppress(Exception):  # a browser that has gone is closed too
            browser.close()


def _executable(playwright: Playwright) -> str:
    on_path = next(filter(None, map(shutil.which, NAMES)), "")
    own = playwright.chromium.executable_path
    return on_path or (own if Path(own).exists() else "")
