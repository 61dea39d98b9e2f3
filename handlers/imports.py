"""/import: a club's past from a file that an admin sends in private."""

from dataclasses import replace
from typing import TYPE_CHECKING

from telegram import Update
from telegram.ext import MessageHandler, filters

from bot.commands import Router
from bot.context import Context
from bot.domain.errors import UnknownButton
from bot.domain.imports.brought import Import, Layout
from bot.domain.imports.refusals import ImportGone, ImportOver, NothingToTakeBack
from bot.domain.imports.tables import FIELDS, Kind
from bot.domain.models import Club
from bot.domain.outgoing import Button
from bot.services import imports
from bot.texts import clubs as club_texts
from bot.texts import forgetting as forgetting_texts
from bot.texts import imports as texts
from bot.texts import language_of
from bot.texts.vocabulary import english
from handlers import desk
from handlers import import_says as says
from handlers.buttons import club_of_button, numbers, words
from handlers.read import arguments

if TYPE_CHECKING:
    from bot.storage.work import Work

router = Router()


@router.command(
    "import",
    summary="bring the club's past along: send me a CSV or XLSX file",
    usage="/import [undo]",
    examples=("/import", "/import undo"),
    admins_only=True,
)
async def import_(update: Update, context: Context) -> None:
    """Take a file, or tell an admin how one is sent and what became of the last."""
    if context.in_group:
        lang = language_of(await context.club())
        button = Button(club_texts.open_private(lang), url=context.private_link)
        await context.reply(texts.only_in_private(lang), [[button]])
    elif context.message.document is not None:
        await document(update, context)
    else:
        await _explain(context)


async def document(update: Update, context: Context) -> None:
    """A file that an admin sends in private is one to import."""
    who, file = context.sender, context.message.document
    if who is None or file is None:
        return
    clubs = await desk.administered(context)
    if not clubs:
        await context.say(club_texts.no_club(context.own_language()))
        return
    club = clubs[0] if len(clubs) == 1 else None
    name = file.file_name or "?"
    sent = await imports.sent(context.work, who.user_id, club, file.file_id, name)
    lang = context.own_language()
    said = says.begin(lang, sent) if club else says.which_club(lang, sent, clubs)
    await context.work.outbox.put(said)


@router.button("import")
async def pressed(update: Update, context: Context) -> None:
    """A button under the message of an import."""
    club = await club_of_button(context)
    who = context.sender
    if who is None:
        return
    context.require_admin(club, who.user_id)
    (id_,), (action,) = numbers(context, 1), words(context, 1, skip=2)
    if action == "undo":
        await _take_back(context, club, id_)
        return
    found = await context.work.imports.find(id_)
    if action == "leave" and found is not None and (found.state, found.club_id) == ("done", club.id):
        await context.work.outbox.put(says.change(found, forgetting_texts.kept(context.own_language())))
        await context.alert()
        return
    if found is None or found.user_id != who.user_id or found.club_id not in (club.id, None):
        raise UnknownButton
    await _go_on(context, club, found, action)
    await context.alert()


async def _go_on(context: Context, club: Club, found: Import, action: str) -> None:
    work, lang = context.work, context.own_language()
    match found.state, action:
        case "asking", "club":
            changed = await work.imports.change(found.id, state="reading", club_id=club.id)
            said = says.reading(lang, changed)
        case (("asking" | "reading" | "matching" | "ready"), "cancel"):
            changed = await imports.end(work, found)
            said = says.change(changed, texts.cancelled(lang, found.file_name))
        case "ready", "yes":
            said = says.reading(lang, await work.imports.change(found.id, state="agreed"))
        case "matching", "go" if found.layout and not found.layout.missing:
            said = says.reading(lang, await work.imports.change(found.id, state="reading"))
        case "matching", ("kind" | "field" | "column" | "back" | "page") if found.layout:
            layout, page = _explained(context, found.layout, action)
            changed = await work.imports.change(found.id, layout=layout)
            matching = says.matching(lang, changed, layout)
            said = says.picking(lang, changed, layout, page) if layout.picking else matching
        case _:
            raise ImportGone
    await work.outbox.put(said)


def _explained(context: Context, layout: Layout, action: str) -> tuple[Layout, int]:
    """What the admin says about the table, and which page of its columns they want to see. Raises UnknownButton."""
    if action == "back":
        return replace(layout, picking=None), 0
    (said,) = words(context, 1, skip=3)
    if action == "kind" and said in list(Kind):
        return replace(layout, kind=Kind(said), picking=None), 0
    if action == "field" and said in FIELDS[layout.kind]:
        return replace(layout, picking=said), 0
    if action == "page":
        return layout, numbers(context, 1, skip=3)[0]
    if action != "column" or layout.picking is None:
        raise UnknownButton
    fields = {name: index for name, index in layout.fields.items() if name != layout.picking}
    if said != "none":
        fields[layout.picking] = numbers(context, 1, skip=3)[0]
        if fields[layout.picking] >= len(layout.headers):
            raise UnknownButton
    return replace(layout, fields=fields, picking=None), 0


async def _explain(context: Context) -> None:
    clubs, lang = await desk.administered(context), context.own_language()
    if not clubs:
        await context.say(club_texts.no_club(lang))
    typed = english("import", arguments(context.message).strip())
    if typed == "undo" and len(clubs) == 1:
        last = await imports.to_take_back(context.work, clubs[0])
        await context.work.outbox.put(says.really_undo(lang, last, clubs[0], context.chat.id))
        return
    for club in clubs:
        rows, said = [], [texts.how(lang, club.title)]
        try:
            last = await imports.to_take_back(context.work, club)
        except (NothingToTakeBack, ImportOver):
            pass
        else:
            said.append(texts.last_one(lang, last.file_name, says.done_at(last, club), last.counts or {}))
            rows.append(says.undo_button(lang, last))
        if nameless := await context.work.taking_in.known_by_name(club.id):
            said.append(texts.by_name_only(lang, len(nameless)))
            rows.append(Button(texts.who_button(lang), f"names:{club.id}:0"))
        await context.say(texts.together(said), [rows] if rows else [])


async def _take_back(context: Context, club: Club, import_id: int) -> None:
    who, lang = context.sender, context.own_language()
    if who is None:
        return
    last = await imports.to_take_back(context.work, club, import_id)
    await imports.take_back(context.work, club, last, who.user_id)
    said = texts.undone(lang, club.title, last.file_name, says.done_at(last, club), last.counts or {})
    await context.work.outbox.put(says.change(last, said))
    await context.alert()


async def point_at_buttons(context: Context) -> None:
    """Who types while the last message of their import waits for a press is shown where that is."""
    who = context.sender
    for waiting in await context.work.imports.open_of(who.user_id) if who else []:
        if waiting.state != "reading":
            await context.work.outbox.put(await says.press(context, waiting))


async def forget(work: "Work") -> int:
    """Put aside what nobody decided on; an errand of the schedule."""
    return await imports.forget(work)


_FILES = filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE & filters.Document.ALL & ~filters.COMMAND
router.others.append(MessageHandler(_FILES, document))
