"""A picture on the chat page: it is seen, read about, and enlarged."""

import httpx
import pytest
from playwright.async_api import Browser, expect

from bot.clock import SystemClock
from bot.pictures.gallery import make_picture
from bot.pictures.renderer import Renderer
from bot.playground.server import Playground
from bot.playground.world import World
from tests.browser.chat_page import GROUP, ChatPage, shows
from tests.support.cards import card, row

pytestmark = pytest.mark.browser


async def test_a_photo_is_seen_with_its_caption_and_a_click_enlarges_it(browser: Browser) -> None:
    renderer = Renderer()
    png = await make_picture(renderer, card(row(1, "Anna", 5)))
    await renderer.close()
    world = World(SystemClock())
    anna = world.person("Anna")
    group = world.group(GROUP, anna)
    world.add_bot(group, anna)
    async with Playground(world) as server, httpx.AsyncClient(base_url=server.url, verify=False) as bot:  # noqa: S501  plain HTTP on this machine
        said = {"chat_id": str(group.id), "caption": "<b>The week</b>: Anna 5", "parse_mode": "HTML"}
        answer = await bot.post(f"/bot{world.token}/sendPhoto", data=said, files={"photo": ("week.png", png)})
        assert answer.json()["ok"]
        window = await browser.new_page(viewport={"width": 390, "height": 844})
        await window.goto(server.url)
        page = ChatPage(window)
        await page.chat(GROUP).click()
        message = page.message("The week: Anna 5")
        await shows(message, "The week: Anna 5")
        image = message.get_by_role("img", name="The week: Anna 5")
        await expect(image).to_be_visible()
        assert await image.evaluate("(image) => image.decode().then(() => image.naturalWidth)") == 1080
        await message.get_by_role("button", name="Enlarge: The week: Anna 5").click()
        enlarged = window.get_by_role("dialog").get_by_role("img")
        await expect(enlarged).to_be_visible()
        box = await enlarged.bounding_box()
        assert box is not None
        assert box["width"] > 300
        await window.get_by_role("button", name="Close the picture").click()
        await expect(enlarged).to_be_hidden()
        await window.close()
