"""python-telegram-bot, a real client, against the playground."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
import telegram
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
)

from bot.playground.server import Playground
from tests.playground.conftest import Club
from tests.support.png import empty_png

PNG = empty_png(640, 480)


@pytest.fixture
async def ptb(server: Playground) -> AsyncIterator[telegram.Bot]:
    base = f"{server.url}/bot"
    async with telegram.Bot(server.world.token, base_url=base, base_file_url=f"{server.url}/file/bot") as client:
        yield client


async def test_it_knows_itself(ptb: telegram.Bot) -> None:
    me = await ptb.get_me()
    assert me.username == "KringBot"
    assert me.can_join_groups
    assert not me.can_read_all_group_messages


async def test_it_sends_edits_and_answers_presses(club: Club, ptb: telegram.Bot) -> None:
    undo = telegram.InlineKeyboardMarkup([[telegram.InlineKeyboardButton("Undo", callback_data="undo:1")]])
    said = club.world.say(club.anna, club.group, "/refer @bertp Piet: website")
    sent = await ptb.send_message(
        club.group.id,
        f'<b>Anna</b> → <a href="tg://user?id={club.bert.id}">Bert</a>',
        parse_mode="HTML",
        reply_markup=undo,
        disable_web_page_preview=True,
        reply_parameters=telegram.ReplyParameters(said["message_id"]),
    )
    assert sent.text_html == f'<b>Anna</b> → <a href="tg://user?id={club.bert.id}">Bert</a>'
    assert sent.reply_to_message
    assert sent.reply_to_message.message_id == said["message_id"]
    query_id = club.world.press(club.bert, club.group, sent.message_id, "undo:1")
    query = (await ptb.get_updates())[-1].callback_query
    assert query
    assert query.data == "undo:1"
    assert query.message == sent
    await query.answer("Undone", show_alert=True)
    assert club.world.answers[query_id] == {"text": "Undone", "show_alert": True}
    edited = await query.edit_message_text("<s>Anna → Bert</s>", parse_mode="HTML")
    assert isinstance(edited, telegram.Message)
    assert edited.reply_markup is None
    assert edited.edit_date
    with pytest.raises(BadRequest, match="not modified"):
        await edited.edit_reply_markup(None)


async def test_it_sends_a_document_and_gets_it_back(club: Club, ptb: telegram.Bot) -> None:
    sent = await ptb.send_document(
        club.group.id, b"a,b\r\n", filename="referrals.csv", caption="<b>Week 48</b>", parse_mode="HTML"
    )
    assert sent.document
    assert sent.document.file_name == "referrals.csv"
    assert sent.document.mime_type == "text/csv"
    assert sent.caption_html == "<b>Week 48</b>"
    file = await ptb.get_file(sent.document.file_id)
    assert bytes(await file.download_as_bytearray()) == b"a,b\r\n"
    again = await ptb.send_document(club.group.id, sent.document.file_id)
    assert again.document == sent.document
    changed = await sent.edit_caption("Week 49")
    assert isinstance(changed, telegram.Message)
    assert changed.caption == "Week 49"
    with pytest.raises(BadRequest, match=r"(?i)message caption is too long"):
        await sent.edit_caption("x" * 1025)
    with pytest.raises(BadRequest, match=r"(?i)no text in the message"):
        await sent.edit_text("x")


async def test_it_sends_a_photo_with_its_size(club: Club, ptb: telegram.Bot) -> None:
    sent = await ptb.send_photo(club.group.id, PNG)
    assert [(size.width, size.height) for size in sent.photo] == [(640, 480)]
    for broken in (b"no picture", PNG[:-1], PNG[:40], PNG[:29] + b"x" + PNG[30:], empty_png(0, 5)):
        with pytest.raises(BadRequest, match=r"(?i)IMAGE_PROCESS_FAILED"):
            await ptb.send_photo(club.group.id, broken)
    with pytest.raises(BadRequest, match=r"(?i)wrong file identifier"):
        await ptb.send_photo(club.group.id, "https://example.com/a.png")
    with pytest.raises(BadRequest, match=r"(?i)file must be non-empty"):
        await ptb.send_document(club.group.id, b"")


async def test_a_photo_has_a_caption_and_can_be_sent_again_by_its_id(club: Club, ptb: telegram.Bot) -> None:
    sent = await ptb.send_photo(club.group.id, PNG, caption="<b>Week 48</b>" + "🎉" * 508, parse_mode="HTML")
    assert sent.caption_html == "<b>Week 48</b>" + "🎉" * 508
    again = await ptb.send_photo(club.group.id, sent.photo[0].file_id)
    assert again.photo == sent.photo
    with pytest.raises(BadRequest, match=r"(?i)message caption is too long"):
        await ptb.send_photo(club.group.id, PNG, caption="🎉" * 512 + "x")
    with pytest.raises(BadRequest, match=r"(?i)no text in the message"):
        await sent.edit_text("x")
    with pytest.raises(BadRequest, match=r"(?i)can't use file of type Photo as Document"):
        await ptb.send_document(club.group.id, sent.photo[0].file_id)


async def test_a_photo_is_neither_too_large_nor_too_long(club: Club, ptb: telegram.Bot) -> None:
    for width, height in ((5000, 5000), (2000, 100)):
        assert (await ptb.send_photo(club.group.id, empty_png(width, height))).photo
    for width, height in ((5001, 5000), (2001, 100), (100, 2001)):
        with pytest.raises(BadRequest, match=r"(?i)PHOTO_INVALID_DIMENSIONS"):
            await ptb.send_photo(club.group.id, empty_png(width, height))
    frame = len(PNG)
    assert (await ptb.send_photo(club.group.id, empty_png(640, 480, 10_000_000 - frame))).photo
    with pytest.raises(BadRequest, match=r"(?i)too big for a photo"):
        await ptb.send_photo(club.group.id, empty_png(640, 480, 10_000_001 - frame))


async def test_it_looks_at_chats_and_members(club: Club, ptb: telegram.Bot) -> None:
    chat = await ptb.get_chat(club.group.id)
    assert (chat.type, chat.title) == ("supergroup", "Kring Gent")
    owner = await ptb.get_chat_member(club.group.id, club.anna.id)
    assert owner.status == "creator"
    assert (await ptb.get_chat_member(club.group.id, club.bert.id)).status == "member"
    stranger = club.world.person("Carla")
    assert (await ptb.get_chat_member(club.group.id, stranger.id)).status == "left"
    with pytest.raises(BadRequest, match=r"(?i)PARTICIPANT_ID_INVALID"):
        await ptb.get_chat_member(club.group.id, 5)
    club.world.promote(club.group, club.bert)
    club.world.promote(club.group, club.world.bot)
    admins = await ptb.get_chat_administrators(club.group.id)
    assert [admin.user.first_name for admin in admins] == ["Anna", "Bert"]
    assert await ptb.get_chat_member_count(club.group.id) == 3
    assert await ptb.send_chat_action(club.group.id, "typing")
    with pytest.raises(BadRequest, match="no administrators in the private chat"):
        await ptb.get_chat_administrators(club.anna.id)
    assert await ptb.leave_chat(club.group.id)
    assert not club.group.has(club.world.bot.id)


async def test_its_errors_are_the_ones_it_knows(
    club: Club, ptb: telegram.Bot, server: Playground, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")  # the type of the next version; the old one warns
    world = club.world
    world.faults.add("error", "sendMessage", code=429, description="Too Many Requests: retry after 7", retry_after=7)
    with pytest.raises(RetryAfter) as flood:
        await ptb.send_message(club.group.id, "x")
    assert flood.value.retry_after == timedelta(seconds=7)
    world.faults.add("drop", "sendMessage")
    with pytest.raises(NetworkError):
        await ptb.send_message(club.group.id, "x")
    with pytest.raises(Forbidden, match="can't initiate conversation"):
        await ptb.send_message(club.bert.id, "x")
    basic = world.group("Basic", club.anna, kind="group")
    world.add_bot(basic, club.anna)
    new = world.upgrade(basic)
    with pytest.raises(ChatMigrated) as moved:
        await ptb.send_message(basic.id, "x")
    assert moved.value.new_chat_id == new.id
    await ptb.set_webhook("https://kring.be/hook")
    with pytest.raises(Conflict):
        await ptb.get_updates()
    with pytest.raises(InvalidToken):
        async with telegram.Bot("1:wrong", base_url=f"{server.url}/bot"):
            pass


async def test_its_commands_are_kept_by_scope_and_language(club: Club, ptb: telegram.Bot) -> None:
    scope = telegram.BotCommandScopeChatMember(club.group.id, club.anna.id)
    await ptb.set_my_commands([("export", "Export")], scope=scope)
    await ptb.set_my_commands([("top", "Wie geeft")], language_code="nl")
    assert await ptb.get_my_commands() == ()
    assert (await ptb.get_my_commands(scope=scope))[0].command == "export"
    assert (await ptb.get_my_commands(language_code="nl"))[0].description == "Wie geeft"
    await ptb.delete_my_commands(scope=scope)
    assert await ptb.get_my_commands(scope=scope) == ()


async def test_its_descriptions_are_kept_by_language(club: Club, ptb: telegram.Bot) -> None:
    await ptb.set_my_description("Writes down your club's referrals.")
    await ptb.set_my_description("Noteert de doorverwijzingen van je club.", language_code="nl")
    await ptb.set_my_short_description("Doorverwijzingen", language_code="nl")
    assert (await ptb.get_my_description()).description == "Writes down your club's referrals."
    assert (await ptb.get_my_description("nl")).description == "Noteert de doorverwijzingen van je club."
    assert (await ptb.get_my_description("fr")).description == ""
    assert (await ptb.get_my_short_description("nl")).short_description == "Doorverwijzingen"
    await ptb.set_my_description(language_code="nl")
    assert (await ptb.get_my_description("nl")).description == ""
