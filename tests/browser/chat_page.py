"""What a person does on the chat page, and where they look."""

import re

from playwright.async_api import Locator, Page, expect

GROUP, BOT = "Kring Gent", "Kring bot"
PATIENCE_MS = 20_000


class ChatPage:
    """The page as people know it: by labels and words, not by its markup."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.messages = page.get_by_role("list", name="Messages").locator("li.message")
        self.composer = page.get_by_role("combobox", name="Message")
        self.language = page.get_by_label(re.compile("Telegram is in"))
        self.offers = page.get_by_role("listbox", name="Suggestions").get_by_role("option")

    def message(self, *words: str) -> Locator:
        """The last message with all of these words in it."""
        found = self.messages
        for each in words:
            found = found.filter(has_text=each)
        return found.last

    async def become(self, name: str) -> None:
        """This person types from now on."""
        await self.page.get_by_role("radio", name=re.compile(f"^{name}")).click()
        await expect(self.composer).to_have_attribute("placeholder", f"Message as {name}")

    async def speaks(self, language: str) -> None:
        """Who types has their Telegram in this language from now on."""
        await self.language.select_option(label=language)
        chosen = self.page.get_by_role("radio", checked=True, name=re.compile(f"app in {language}"))
        await expect(chosen).to_be_visible()

    def chat(self, title: str) -> Locator:
        """The chat's row in the list of chats."""
        chats = self.page.get_by_role("navigation").get_by_role("listitem")
        return chats.get_by_role("button", name=re.compile(f"^{title} "))

    async def open(self, title: str) -> None:
        """Open a chat, with the list beside it."""
        await self.chat(title).click()
        await expect(self.chat(title)).to_have_attribute("aria-current", "true")

    async def say(self, text: str) -> None:
        """Type this and send it."""
        await self.composer.fill(text)
        await self.page.get_by_role("button", name="Send", exact=True).click()
        await expect(self.composer).to_have_value("")

    async def choose(self, message: Locator, action: str) -> None:
        """Choose from the message's menu."""
        await message.hover()
        await message.get_by_role("button", name="Message menu").click()
        await self.page.get_by_role("menuitem", name=action).click()

    async def press(self, message: Locator, label: str) -> None:
        """Press a button under the message."""
        await message.get_by_role("group", name="Buttons").get_by_role("button", name=label).click()


async def shows(place: Locator, words: str | re.Pattern[str]) -> None:
    """Wait until these words are there."""
    await expect(place).to_contain_text(words, timeout=PATIENCE_MS)
