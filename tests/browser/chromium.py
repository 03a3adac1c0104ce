"""Debian's Chromium, driven by playwright: a browser as people have it, with names that lead to this machine."""

from __future__ import annotations

import os
import shutil
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext

__all__ = ["EVIL", "browser"]

EVIL = "evil.example"
"""A name of somebody else, which was made to mean this machine."""

_OPTIONS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    f"--host-resolver-rules=MAP {EVIL} 127.0.0.1, EXCLUDE localhost, EXCLUDE 127.0.0.1",
)


@contextmanager
def browser(profile: Path) -> Generator[BrowserContext]:
    """A browser with a new profile; the test is skipped where there is none.

    Args:
        profile: An empty folder.
    """
    program = os.environ.get("VMSS_CHROMIUM") or shutil.which("chromium")
    if program is None:
        pytest.skip("chromium is not here: apt-get install chromium, or set VMSS_CHROMIUM")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        context = playwright.chromium.launch_persistent_context(
            profile, executable_path=program, headless=True, args=list(_OPTIONS), ignore_https_errors=True
        )
        try:
            yield context
        finally:
            context.close()
