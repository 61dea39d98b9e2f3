"""The demo as a process of its own, and Debian's Chromium to look at it with."""

import os
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any, Protocol

import pytest
from playwright.async_api import Browser, ConsoleMessage, Error, async_playwright

from tests.browser.chat_page import ChatPage
from tests.support.demo import Demo, demo_in

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = [
    "--no-sandbox",  # as root there is no other way
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE_MS = 20_000
DESKTOP = {"viewport": {"width": 1280, "height": 860}}


class Open(Protocol):
    """Opens the chat page in a window of its own; at the end the browser must have had nothing to complain of."""

    def __call__(self, **window: Any) -> AbstractAsyncContextManager[ChatPage]:
        """`window` as Browser.new_context takes it; a desktop's unless told."""
        ...


@pytest.fixture
async def demo(tmp_path: Path) -> AsyncIterator[Demo]:
    """A demo that is ready."""
    async with demo_in(tmp_path) as demo:
        yield demo


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    """Chromium without a window."""
    if not os.access(CHROMIUM, os.X_OK):
        pytest.fail(f"There is no {CHROMIUM}. On Debian: apt install chromium", pytrace=False)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        await browser.close()


@pytest.fixture
def open_page(browser: Browser, demo: Demo) -> Open:
    """Opens the demo's page."""

    @asynccontextmanager
    async def open_(**window: Any) -> AsyncIterator[ChatPage]:
        context = await browser.new_context(**(window or DESKTOP), locale="en-GB")
        context.set_default_timeout(PATIENCE_MS)
        page = await context.new_page()
        complaints: list[str] = []

        def on_console(message: ConsoleMessage) -> None:
            if message.type in ("error", "warning"):
                complaints.append(message.text)

        def on_error(error: Error) -> None:
            complaints.append(str(error))

        page.on("console", on_console)
        page.on("pageerror", on_error)
        await page.goto(demo.url)
        yield ChatPage(page)
        await context.close()
        assert complaints == []

    return open_


@pytest.fixture
async def page(open_page: Open) -> AsyncIterator[ChatPage]:
    """The page on a desktop."""
    async with open_page() as page:
        yield page
