"""What the bot says of itself outside the chats, by language: its command menu and its descriptions."""

from typing import Any

import httpx
import pytest

from tests.playground.conftest import Club, PlainBot

# The Bot API's own lists, under "Determining list of commands".
IN_PRIVATE = ("chat", "all_private_chats", "default")
IN_A_GROUP = ("chat_member", "chat", "all_group_chats", "default")
OF_ADMINS = ("chat_member", "chat_administrators", "chat", "all_chat_administrators", "all_group_chats", "default")


@pytest.mark.parametrize(
    ("who", "private", "scopes"),
    [("anna", True, IN_PRIVATE), ("bert", False, IN_A_GROUP), ("anna", False, OF_ADMINS)],
)
async def test_the_first_list_set_is_offered_in_the_order_of_scopes_and_in_each_ones_language_first(
    club: Club, client: httpx.AsyncClient, bot: PlainBot, who: str, private: bool, scopes: tuple[str, ...]
) -> None:
    person = getattr(club, who)
    chat_id = person.id if private else club.group.id
    club.world.speaks(person, "nl")

    def where(scope: str, language: str) -> dict[str, Any]:
        of_chat = {"chat_id": chat_id} if scope in ("chat", "chat_administrators", "chat_member") else {}
        of_person = {"user_id": person.id} if scope == "chat_member" else {}
        return {"scope": {"type": scope, **of_chat, **of_person}, "language_code": language}

    elsewhere = {"all_private_chats", "all_group_chats", "all_chat_administrators"}
    for scope in {*scopes, *elsewhere} | (set() if private else {"chat_administrators"}):
        for language in ("", "nl", "fr"):
            commands = [{"command": f"{scope}_{language}", "description": "x"}]
            await bot.result("setMyCommands", commands=commands, **where(scope, language))
    for scope in scopes:
        for language in ("nl", ""):
            answer = await client.get("/api/commands", params={"as": person.id, "chat_id": chat_id})
            assert [command["command"] for command in answer.json()["commands"]] == [f"{scope}_{language}"]
            await bot.result("deleteMyCommands", **where(scope, language))
    answer = await client.get("/api/commands", params={"as": person.id, "chat_id": chat_id})
    assert answer.json() == {"commands": []}


async def test_the_menu_follows_the_language_of_ones_app_and_else_is_everybodys(
    club: Club, client: httpx.AsyncClient, bot: PlainBot
) -> None:
    async def speaks(code: str) -> list[str]:
        changed = await client.post("/api/language", json={"as": club.bert.id, "language_code": code})
        assert changed.status_code == 200
        answer = await client.get("/api/commands", params={"as": club.bert.id, "chat_id": club.bert.id})
        return [command["description"] for command in answer.json()["commands"]]

    private = {"type": "all_private_chats"}
    for code, words in (("", "Your figures"), ("nl", "Je cijfers"), ("pt", "Os teus números")):
        await bot.result(
            "setMyCommands", commands=[{"command": "mystats", "description": words}], scope=private, language_code=code
        )
    # A language's own list in a wider scope comes after every language's in a narrower one.
    await bot.result("setMyCommands", commands=[{"command": "top", "description": "Chi dà"}], language_code="it")
    assert await speaks("nl") == ["Je cijfers"]
    assert await speaks("nl-BE") == ["Je cijfers"]
    assert await speaks("pt-br") == ["Os teus números"]
    assert await speaks("it") == ["Your figures"]
    assert await speaks("") == ["Your figures"]
    await bot.result("deleteMyCommands", scope=private)
    assert await speaks("it") == ["Chi dà"]


async def test_a_language_that_is_none_is_refused_with_words(club: Club, client: httpx.AsyncClient) -> None:
    for code, status in (("<b>", 403), (5, 400)):
        answer = await client.post("/api/language", json={"as": club.bert.id, "language_code": code})
        assert (answer.status_code, bool(answer.json()["error"])) == (status, True)
    assert club.bert["language_code"] == "en"


async def test_an_empty_private_chat_shows_the_bots_description_in_ones_language(
    club: Club, client: httpx.AsyncClient, bot: PlainBot
) -> None:
    async def shown(person_id: int) -> str:
        chats = (await client.get("/api/state", params={"as": person_id})).json()["chats"]
        (private,) = [chat for chat in chats if chat["type"] == "private"]
        return str(private["description"])

    assert await shown(club.anna.id) == ""
    await bot.result("setMyDescription", description="Writes down referrals.")
    await bot.result("setMyDescription", description="Noteert doorverwijzingen.", language_code="nl")
    assert await shown(club.anna.id) == "Noteert doorverwijzingen."
    assert await shown(club.bert.id) == "Writes down referrals."


@pytest.mark.parametrize(
    ("commands", "words"),
    [
        ([{"command": f"c{number}", "description": "x"} for number in range(101)], "BOT_COMMANDS_TOO_MUCH"),
        ([{"command": "Refer", "description": "x"}], "BOT_COMMAND_INVALID"),
        ([{"command": "référer", "description": "x"}], "BOT_COMMAND_INVALID"),
        ([{"command": "/", "description": "x"}], "command must be non-empty"),
        ([{"command": "x" * 33, "description": "x"}], "command length must not exceed 32"),
        ([{"command": "refer", "description": " "}], "command description must be non-empty"),
        ([{"command": "refer", "description": "🎉" * 257}], "command description length must not exceed 256"),
    ],
)
async def test_commands_beyond_telegrams_limits(bot: PlainBot, commands: list[Any], words: str) -> None:
    assert await bot.refusal("setMyCommands", commands=commands) == (400, f"Bad Request: {words}")


@pytest.mark.parametrize("code", ["nl-be", "NL", "nld", "n1", "zh-hans"])
@pytest.mark.parametrize(
    ("method", "params"),
    [
        ("setMyCommands", {"commands": [{"command": "refer", "description": "x"}]}),
        ("getMyCommands", {}),
        ("deleteMyCommands", {}),
        ("setMyDescription", {"description": "x"}),
        ("getMyDescription", {}),
        ("setMyShortDescription", {"short_description": "x"}),
        ("getMyShortDescription", {}),
    ],
)
async def test_a_language_is_a_code_of_two_letters(
    bot: PlainBot, method: str, params: dict[str, Any], code: str
) -> None:
    refusal = (400, "Bad Request: invalid language code specified")
    assert await bot.refusal(method, language_code=code, **params) == refusal


async def test_the_language_is_looked_at_before_the_commands(bot: PlainBot) -> None:
    refusal = await bot.refusal("setMyCommands", commands=[{"command": "", "description": ""}], language_code="nl-be")
    assert refusal == (400, "Bad Request: invalid language code specified")


async def test_a_private_chat_has_neither_admins_nor_members_to_set_commands_for(club: Club, bot: PlainBot) -> None:
    for scope in ({"type": "chat_administrators"}, {"type": "chat_member", "user_id": club.anna.id}):
        refusal = await bot.refusal("getMyCommands", scope={**scope, "chat_id": club.anna.id})
        assert refusal == (400, "Bad Request: can't use specified scope in private chats")


async def test_descriptions_beyond_telegrams_limits(bot: PlainBot) -> None:
    assert await bot.result("setMyDescription", description="x" * 512)
    too_long = await bot.refusal("setMyDescription", description="x" * 513)
    assert too_long == (400, "Bad Request: description is too long")
    assert await bot.result("getMyDescription") == {"description": "x" * 512}
    too_long = await bot.refusal("setMyShortDescription", short_description="x" * 121)
    assert too_long == (400, "Bad Request: short_description is too long")
