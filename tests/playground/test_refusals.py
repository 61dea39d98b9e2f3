"""Every refusal of the Bot API that a bot has to live with."""

import json
from typing import Any

import pytest

from bot.playground.refusal import NotAllowedError
from bot.playground.server import Playground
from tests.playground.conftest import Club, PlainBot

NO_BUTTON = "Bad Request: can't parse inline keyboard button: "
NOT_MODIFIED = (
    "Bad Request: message is not modified: specified new message content and reply markup are exactly "
    "the same as a current content and reply markup of the message"
)


def keyboard(**button: object) -> dict[str, Any]:
    return {"inline_keyboard": [[button]]}


async def test_a_wrong_token_is_unauthorized(server: Playground, bot: PlainBot) -> None:
    bot.token = "1:wrong"  # noqa: S105  it is wrong
    assert await bot.refusal("getMe") == (401, "Unauthorized")


async def test_unknown_methods_are_not_found_and_missing_ones_are_named(bot: PlainBot) -> None:
    assert await bot.refusal("getYou") == (404, "Not Found")
    assert await bot.refusal("sendPoll") == (501, "Not Implemented: the playground has no sendPoll")


@pytest.mark.parametrize(
    ("params", "refusal"),
    [
        ({}, (400, "Bad Request: message text is empty")),
        ({"text": " \n"}, (400, "Bad Request: message text is empty")),
        ({"text": "<b> </b>", "parse_mode": "HTML"}, (400, "Bad Request: message text is empty")),
        ({"text": "🎉" * 2048 + "x"}, (400, "Bad Request: message is too long")),
        (
            {"text": "<b>x", "parse_mode": "HTML"},
            (400, "Bad Request: can't parse entities: Can't find end tag corresponding to start tag \"b\""),
        ),
        (
            {"text": "*x*", "parse_mode": "MarkdownV2"},
            (501, "Not Implemented: the playground has no Markdown; use HTML"),
        ),
        ({"text": "x", "parse_mode": "Word"}, (400, "Bad Request: unsupported parse_mode")),
        ({"text": "x", "silent": True}, (400, 'Bad Request: there is no parameter "silent" in this method')),
        (
            {"text": "x", "protect_content": "maybe"},
            (400, 'Bad Request: parameter "protect_content" must be true or false'),
        ),
        ({"text": "x", "entities": "{}"}, (400, "Bad Request: can't parse entities JSON object")),
        (
            {"text": "x", "message_thread_id": 3},
            (501, 'Not Implemented: the playground has no parameter "message_thread_id"'),
        ),
        (
            {"text": "x", "reply_parameters": {"message_id": 99}},
            (400, "Bad Request: message to be replied not found"),
        ),
        (
            {"text": "x", "reply_markup": keyboard(text="", callback_data="a")},
            (400, "Bad Request: inline keyboard button text must be non-empty"),
        ),
        (
            {"text": "x", "reply_markup": keyboard(text="a", callback_data="é" * 33)},
            (400, "Bad Request: BUTTON_DATA_INVALID"),
        ),
        (
            {"text": "x", "reply_markup": keyboard(text="a", callback_data="")},
            (400, "Bad Request: BUTTON_DATA_INVALID"),
        ),
        (
            {"text": "x", "reply_markup": keyboard(text="a")},
            (
                400,
                f"{NO_BUTTON}Text buttons are unallowed in the inline keyboard",
            ),
        ),
        (
            {"text": "x", "reply_markup": keyboard(text="a", callback_data="a", url="https://a.be")},
            (400, f"{NO_BUTTON}a button does exactly one thing"),
        ),
        (
            {"text": "x", "reply_markup": {"keyboard": []}},
            (501, "Not Implemented: the playground has no keyboards but inline ones"),
        ),
        ({"text": "x", "reply_markup": {}}, (400, "Bad Request: object expected as reply markup")),
        (
            {"text": "x", "reply_markup": keyboard(text="a", callback_data="\ud83c")},
            (400, "Bad Request: reply_markup must be encoded in UTF-8"),
        ),
    ],
)
async def test_a_message_that_cannot_be_sent(
    club: Club, bot: PlainBot, params: dict[str, Any], refusal: tuple[int, str]
) -> None:
    before = len(club.world.messages(club.group))
    assert await bot.refusal("sendMessage", chat_id=club.group.id, **params) == refusal
    assert len(club.world.messages(club.group)) == before


async def test_a_full_message_is_sent(club: Club, bot: PlainBot) -> None:
    sent = await bot.result("sendMessage", chat_id=club.group.id, text="<b>" + "🎉" * 2048 + "</b>", parse_mode="HTML")
    assert sent["entities"] == [{"type": "bold", "offset": 0, "length": 4096}]


async def test_a_reply_to_nothing_is_sent_if_that_was_allowed(club: Club, bot: PlainBot) -> None:
    reply = {"message_id": 99, "allow_sending_without_reply": True}
    sent = await bot.result("sendMessage", chat_id=club.group.id, text="x", reply_parameters=reply)
    assert "reply_to_message" not in sent


async def test_chats_where_the_bot_cannot_write(club: Club, bot: PlainBot) -> None:
    async def refused(chat_id: object) -> tuple[int, str]:
        return await bot.refusal("sendMessage", chat_id=chat_id, text="x")

    world = club.world
    elsewhere = world.group("Elsewhere", club.anna)
    assert await bot.refusal("sendMessage", text="x") == (400, "Bad Request: chat_id is empty")
    assert await refused("@someone") == (400, "Bad Request: chat not found")
    assert await refused(42) == (400, "Bad Request: chat not found")
    assert await refused(elsewhere.id) == (400, "Bad Request: chat not found")
    assert await refused(club.anna.id) == (403, "Forbidden: bot can't initiate conversation with a user")
    world.say(club.anna, world.private(club.anna), "/start")
    assert (await bot.result("sendMessage", chat_id=club.anna.id, text="x"))["chat"]["type"] == "private"
    world.block(club.anna)
    assert await refused(club.anna.id) == (403, "Forbidden: bot was blocked by the user")
    world.remove_bot(club.group, club.anna)
    assert await refused(club.group.id) == (403, "Forbidden: bot was kicked from the supergroup chat")
    basic = world.group("Basic", club.anna, kind="group")
    world.add_bot(basic, club.anna)
    world.remove_bot(basic, club.anna)
    assert await refused(basic.id) == (403, "Forbidden: bot was kicked from the group chat")
    world.add_bot(basic, club.anna)
    assert await bot.result("leaveChat", chat_id=basic.id) is True
    assert await refused(basic.id) == (403, "Forbidden: bot is not a member of the group chat")


async def test_an_upgraded_group_says_where_it_went(club: Club, bot: PlainBot) -> None:
    old = club.world.group("Basic", club.anna, kind="group")
    club.world.add_bot(old, club.anna)
    new = club.world.upgrade(old)
    answer = await bot.call("sendMessage", chat_id=old.id, text="x")
    assert answer == {
        "ok": False,
        "error_code": 400,
        "description": "Bad Request: group chat was upgraded to a supergroup chat",
        "parameters": {"migrate_to_chat_id": new.id},
    }
    assert (await bot.result("sendMessage", chat_id=new.id, text="x"))["message_id"] == 2


async def test_edits_that_are_refused(club: Club, bot: PlainBot) -> None:
    chat_id = club.group.id
    sent = await bot.result(
        "sendMessage", chat_id=chat_id, text="x", reply_markup=keyboard(text="a", callback_data="a")
    )
    same = {"chat_id": chat_id, "message_id": sent["message_id"], "reply_markup": sent["reply_markup"]}
    theirs = club.world.say(club.anna, club.group, "hello")["message_id"]
    assert await bot.refusal("editMessageText", text="x", **same) == (400, NOT_MODIFIED)
    assert await bot.refusal("editMessageReplyMarkup", **same) == (400, NOT_MODIFIED)
    assert await bot.refusal("editMessageText", chat_id=chat_id, text="y") == (
        400,
        "Bad Request: message identifier is not specified",
    )
    assert await bot.refusal("editMessageText", chat_id=chat_id, message_id=99, text="y") == (
        400,
        "Bad Request: message to edit not found",
    )
    assert await bot.refusal("editMessageText", chat_id=chat_id, message_id=theirs, text="y") == (
        400,
        "Bad Request: message can't be edited",
    )
    assert await bot.refusal("editMessageCaption", chat_id=chat_id, message_id=sent["message_id"], caption="y") == (
        400,
        "Bad Request: there is no caption in the message to edit",
    )
    assert await bot.refusal("editMessageText", chat_id=chat_id, message_id="x", text="y") == (
        400,
        'Bad Request: parameter "message_id" must be an integer',
    )


async def test_deletions_that_are_refused(club: Club, bot: PlainBot) -> None:
    theirs = club.world.say(club.anna, club.group, "hello")["message_id"]
    own = (await bot.result("sendMessage", chat_id=club.group.id, text="x"))["message_id"]
    delete = {"chat_id": club.group.id}
    assert await bot.refusal("deleteMessage", message_id=theirs, **delete) == (
        400,
        "Bad Request: message can't be deleted",
    )
    assert await bot.result("deleteMessage", message_id=own, **delete) is True
    assert own not in club.group.messages
    assert await bot.refusal("deleteMessage", message_id=own, **delete) == (
        400,
        "Bad Request: message to delete not found",
    )
    club.world.promote(club.group, club.world.bot)
    assert await bot.result("deleteMessage", message_id=theirs, **delete) is True


async def test_a_press_is_answered_once_and_briefly(club: Club, bot: PlainBot) -> None:
    sent = await bot.result(
        "sendMessage", chat_id=club.group.id, text="x", reply_markup=keyboard(text="a", callback_data="a")
    )
    query_id = club.world.press(club.bert, club.group, sent["message_id"], "a")
    (update,) = await bot.updates()
    assert update["callback_query"]["message"] == sent
    assert update["callback_query"]["from"]["id"] == club.bert.id
    assert update["callback_query"]["data"] == "a"
    too_long = await bot.refusal("answerCallbackQuery", callback_query_id=query_id, text="x" * 201)
    assert too_long == (400, "Bad Request: MESSAGE_TOO_LONG")
    assert await bot.result("answerCallbackQuery", callback_query_id=query_id, text="x" * 200, show_alert=True)
    assert club.world.answers[query_id] == {"text": "x" * 200, "show_alert": True}
    again = await bot.refusal("answerCallbackQuery", callback_query_id=query_id)
    assert again == (400, "Bad Request: query is too old and response timeout expired or query ID is invalid")


async def test_a_form_that_cannot_be_read_is_refused(bot: PlainBot) -> None:
    address = f"/bot{bot.token}/sendMessage"
    broken = await bot.client.post(address, content=b"{", headers={"content-type": "application/json"})
    assert broken.status_code == 400
    broken = await bot.client.post(address, content=b"x", headers={"content-type": "multipart/form-data"})
    assert broken.status_code == 400


async def test_parameters_may_come_as_json_or_in_the_address(club: Club, bot: PlainBot) -> None:
    address = f"/bot{bot.token}/sendMessage"
    body = {"chat_id": club.group.id, "text": "x", "reply_markup": keyboard(text="a", callback_data="a")}
    assert (await bot.client.post(address, json=body)).json()["result"]["text"] == "x"
    answer = await bot.client.get(address, params={"chat_id": club.group.id, "text": "y"})
    assert json.loads(answer.content)["result"]["text"] == "y"


async def test_what_a_group_allows_its_admins_only_is_refused_to_a_bot_that_is_none(club: Club, bot: PlainBot) -> None:
    club.group.forbidden.add("can_send_messages")
    permissions = (await bot.result("getChat", chat_id=club.group.id))["permissions"]
    assert (permissions["can_send_messages"], permissions["can_send_photos"]) == (False, True)
    words = "Bad Request: not enough rights to send text messages to the chat"
    assert await bot.refusal("sendMessage", chat_id=club.group.id, text="x") == (400, words)
    with pytest.raises(NotAllowedError):
        club.world.say(club.bert, club.group, "x")
    club.world.say(club.anna, club.group, "x")
    club.world.promote(club.group, club.world.bot)
    await bot.result("sendMessage", chat_id=club.group.id, text="x")
