"""The chat page in a browser, with the real bot behind it: what a newcomer does in the first ten minutes."""

import asyncio
import re
from pathlib import Path

import pytest
from playwright.async_api import Route, expect

from tests.browser.chat_page import BOT, GROUP, ChatPage, shows
from tests.browser.conftest import Open
from tests.support.demo import Demo

pytestmark = pytest.mark.browser

PHONE = {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 2, "is_mobile": True, "has_touch": True}
OFFERED = (
    *("refer", "thanks", "referrals", "chain", "met", "visitor", "leaderboard", "mystats", "quiet", "circle", "value"),
    *("undo", "whatis", "privacy", "mydata", "forgetme", "language", "help", "start"),
)
SHOP = "Els Claeys: a sign for her shop"


async def test_a_command_is_offered_sent_answered_and_taken_back_without_reloading(page: ChatPage) -> None:
    await page.become("Dirk")
    await page.page.evaluate("window.neverReloaded = true")
    await page.composer.press_sequentially("/")
    await expect(page.offers).to_have_text([re.compile(f"^/{name}") for name in OFFERED])
    await page.offers.filter(has_text="pass on someone").click()
    await expect(page.composer).to_have_value("/refer ")
    await page.composer.press_sequentially(f"@bert {SHOP}, 0470 55 66 77")
    await page.composer.press("Enter")
    answer = page.message("Dirk → Bert", SHOP)
    await shows(answer, "Bert has the details in private.")
    await expect(answer).not_to_contain_text("0470")
    await page.press(answer, "Undo")
    taken_back = page.message("taken back by Dirk")
    await shows(taken_back.locator("s"), "Dirk → Bert")
    await shows(page.page.get_by_role("status").filter(has_text="#"), "is taken back.")
    assert await page.page.evaluate("window.neverReloaded")


async def test_what_is_typed_as_soon_as_there_is_a_place_to_type_is_sent(page: ChatPage) -> None:
    async def slowly(route: Route) -> None:
        await asyncio.sleep(1)
        await route.continue_()

    await page.page.route("**/api/**", slowly)
    await page.page.reload(wait_until="commit")
    await page.say(f"/refer @bert {SHOP}")
    await shows(page.message(SHOP), "Anna → Bert")


async def test_the_details_are_read_in_private_by_the_recipient(page: ChatPage) -> None:
    await page.say(f"/refer @bert {SHOP}, 0470 55 66 77")
    await shows(page.message(SHOP), "Anna → Bert")
    await page.become("Bert")
    await shows(page.chat(BOT), "unread")
    await page.open(BOT)
    await shows(page.message("Anna", SHOP), "+32 470 55 66 77")


async def test_the_details_button_shows_them_to_the_recipient_and_to_no_one_else(page: ChatPage) -> None:
    await page.say(f"/refer @dirk {SHOP}, els@shop.example")  # Dirk never opened his chat with the bot
    answer = page.message("Anna → Dirk", SHOP)
    dialog = page.page.get_by_role("dialog")
    for who, told in (("Emma", "for the giver and the recipient only"), ("Dirk", "els@shop.example")):
        await page.become(who)
        await page.press(answer, "Details")
        await shows(dialog, told)
        await dialog.get_by_role("button", name="OK").click()
        await expect(dialog).to_have_count(0)
    await expect(answer).not_to_contain_text("els@shop.example")


async def test_a_reply_is_for_the_person_whose_message_it_answers(page: ChatPage) -> None:
    await page.become("Bert")
    await page.choose(page.message("/thanks @carla €12.500,50"), "Reply")
    await shows(page.page.locator("#composer"), "Reply to Dirk Maes")
    await page.say(f"/refer {SHOP}")
    await expect(page.message(f"/refer {SHOP}").get_by_title("Go to this message")).to_be_visible()
    await shows(page.message("Bert → Dirk"), SHOP)


async def test_an_edit_corrects_the_answer(page: ChatPage) -> None:
    await page.say("/refer @bert Els Claeys: a sing for her shop")
    await shows(page.message("Anna → Bert"), "a sing for her shop")
    count = await page.messages.count()
    await page.choose(page.message("/refer @bert Els Claeys"), "Edit")
    await page.composer.fill(f"/refer @bert {SHOP}")
    await page.page.get_by_role("button", name="Save the edit").click()
    await shows(page.message("Anna → Bert"), SHOP)
    await shows(page.message(f"/refer @bert {SHOP}"), "edited")
    await expect(page.messages).to_have_count(count)


async def test_monday_nine_o_clock_brings_the_weekly_post(page: ChatPage) -> None:
    await page.become("Carla")
    await page.say(f"/refer @bert {SHOP}")
    await shows(page.message("Carla → Bert"), SHOP)
    posts = page.messages.filter(has_text="Referrals given,")
    before = await posts.count()
    await page.page.get_by_role("button", name="Put the clock forward to Monday 09:00").click()
    await expect(posts).to_have_count(before + 1)
    await shows(posts.last, re.compile(r"Carla\s+\d"))
    await shows(page.page.get_by_role("group", name="The playground’s clock"), re.compile(r"Mon .*09:0\d"))


async def test_an_admin_downloads_the_export(page: ChatPage, tmp_path: Path) -> None:
    await page.say("/export")
    await shows(page.message("The export goes to Anna"), "in private")
    await page.open(BOT)
    async with page.page.expect_download() as download:
        await page.page.get_by_role("link", name="referrals.csv").click()
    file = tmp_path / "saved.csv"
    await (await download.value).save_as(file)
    lines = file.read_bytes().decode("utf-8-sig").split("\r\n")
    assert lines[0].startswith("number,given_at,giver_id,giver,recipient_id,recipient,contact,phone,email,need,kind")
    assert "Bakkerij Verhulst" in lines[1]


async def test_on_a_phone_there_is_one_pane_at_a_time_and_nothing_sticks_out(open_page: Open, demo: Demo) -> None:
    async with open_page(**PHONE) as page:
        await expect(page.composer).to_be_hidden()
        await page.chat(GROUP).tap()
        await expect(page.message("Dirk thanks Carla")).to_be_visible()
        await page.page.get_by_role("button", name="You type as Anna Peeters: change").tap()
        await page.page.get_by_role("menuitemradio", name="Dirk Maes").tap()
        await expect(page.composer).to_have_attribute("placeholder", "Message as Dirk")
        await page.page.get_by_role("button", name="Back to the chats").tap()
        await expect(page.composer).to_be_hidden()
        await page.chat(BOT).tap()
        await page.say("/mystats")
        await shows(page.message("Your figures in Kring Gent"), "Given: 2")
        width = "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
        wide, window = await page.page.evaluate(width)
        assert wide <= window == 390
