"""A browser and an emulator to look at."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.browser.chromium import browser
from tests.serving import served
from vmss_sdk import VmssClient

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page


@pytest.fixture(scope="module")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BrowserContext]:
    """One browser for all tests of a module: playwright's event loop runs as long, and others want one of their own."""
    with browser(tmp_path_factory.mktemp("chromium")) as context:
        context.set_default_timeout(20_000)
        yield context


@pytest.fixture
def page(chromium: BrowserContext) -> Iterator[Page]:
    """A page of its own; an error that its scripts do not catch fails the test."""
    shown = chromium.new_page()
    errors: list[str] = []
    shown.on("pageerror", lambda error: errors.append(str(error)))
    yield shown
    shown.close()
    assert errors == []


@pytest.fixture(scope="session")
def emulator() -> Iterator[str]:
    """A server whose time passes by itself, an hour in six seconds."""
    with served("--clock", "scaled:600") as url:
        yield url


@pytest.fixture(scope="session")
def client(emulator: str) -> Iterator[VmssClient]:
    """The same emulator for programs, with a resource group."""
    with VmssClient("sub", endpoint=emulator) as found:
        found.resource_groups.create_or_update("rg", "westus2")
        yield found
