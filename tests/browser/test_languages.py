"""The chat page where people speak several languages: each reads in private, and is offered, what is in their own."""

import re
from typing import Any

import httpx
import pytest
from playwright.async_api import expect

from bot.playground.ground import DEMO_TOKEN
from bot.texts import language
from bot.texts.clubs import welcome
from tests.browser.chat_page import BOT, GROUP, ChatPage, shows
from tests.playground.conftest import TLS
from tests.support.demo import Demo

pytestmark = pytest.mark.browser


async def call(demo: Demo, method: str, **params: Any) -> None:
    """Call the Bot API as the bot."""
    async with httpx.AsyncClient(base_url=demo.url, verify=TLS) as client:
        (await client.post(f"/bot{DEMO_TOKEN}/{method}", json=params)).raise_for_status()


async def test_the_bot_writes_to_a_person_in_the_language_of_their_app(page: ChatPage) -> None:
    await page.become("Dirk")
    await expect(page.language).to_have_value("en")
    await page.open(BOT)
    for code, name in (("nl", "Nederlands"), ("fr", "Français"), ("de", "Deutsch"), ("en", "Italiano")):
        await page.speaks(name)
        said = await page.messages.count()
        await page.say("/start")
        await expect(page.messages).to_have_count(said + 2)
        await shows(page.messages.last, welcome(language(code), [GROUP]).striptags())


async def test_the_menu_is_in_the_language_of_ones_app_and_else_what_everybody_gets(page: ChatPage, demo: Demo) -> None:
    await page.speaks("Italiano")
    await page.composer.press_sequentially("/re")
    await expect(page.offers).to_have_text([re.compile(r"^/refer\s*pass on someone"), re.compile("^/referrals")])
    italian = [{"command": "referenza", "description": "presenta qualcuno che ha bisogno di un socio"}]
    await call(demo, "setMyCommands", commands=italian, scope={"type": "all_chat_administrators"}, language_code="it")
    await page.composer.fill("")
    await page.composer.press_sequentially("/")
    await expect(page.offers).to_have_text([re.compile(r"^/referenza\s*presenta qualcuno")])
    await page.composer.fill("")
    await page.become("Bert")
    await expect(page.language).to_have_value("nl")
    await page.become("Anna")
    await expect(page.language).to_have_value("it")


async def test_a_chat_that_is_empty_shows_what_the_bot_says_of_itself_in_ones_language(
    page: ChatPage, demo: Demo
) -> None:
    await call(demo, "setMyDescription", description="Writes down your club's referrals.")
    await call(demo, "setMyDescription", description="Merkt sich die Empfehlungen.", language_code="de")
    await page.become("Emma")
    await page.open(BOT)
    log = page.page.get_by_role("list", name="Messages")
    await shows(log, "Writes down your club's referrals.")
    await page.speaks("Deutsch")
    await shows(log, "Merkt sich die Empfehlungen.")


async def test_what_is_said_is_not_called_english_and_runs_in_its_own_direction(page: ChatPage) -> None:
    for said, direction in (("שלום לכולם", "rtl"), ("Goeiemorgen allemaal", "ltr")):
        await page.say(said)
        text = page.message(said).get_by_text(said)
        await expect(text).to_have_css("direction", direction)
        assert await text.evaluate("node => node.closest('[lang]').lang") == ""
