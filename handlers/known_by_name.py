"""Who the members are that an imported file knows by name only."""

from telegram import Update

from bot.commands import Router
from bot.context import Context
from bot.domain.errors import UnknownButton
from bot.domain.models import Club
from bot.domain.outgoing import Button
from bot.domain.sorting import sort_key
from bot.services import imports, members
from bot.texts import imports as texts
from handlers.buttons import club_of_button, numbers

router = Router()
_PAGE = 8


@router.button("names")
async def who_is_who(update: Update, context: Context) -> None:
    """Show the members that are known by name only."""
    club = await _club(context)
    (page,) = numbers(context, 1)
    nameless = await context.work.taking_in.known_by_name(club.id)
    lang = context.own_language()
    await context.alert()
    if not nameless:
        await context.say(texts.everybody_known(lang))
        return
    rows = [[Button(name, f"name:{club.id}:{id_}:0")] for id_, name in await _page(context, club, nameless, page)]
    if len(nameless) > _PAGE:
        rows.append([Button(texts.more_button(lang), f"names:{club.id}:{_next(page, len(nameless))}")])
    await context.say(texts.who_is_who(lang), rows)


@router.button("name")
async def who_is_this(update: Update, context: Context) -> None:
    """Show who this member may be."""
    club = await _club(context)
    id_, page = numbers(context, 2)
    nameless = await context.work.taking_in.known_by_name(club.id)
    if id_ not in nameless:
        raise UnknownButton
    lang, name = context.own_language(), await _name(context, club, id_)
    everyone = await context.work.members.all_of(club.id)
    known = [each.id for each in everyone if each.id not in nameless and not each.erased]
    rows = [[Button(shown, f"same:{club.id}:{id_}:{each}")] for each, shown in await _page(context, club, known, page)]
    if len(known) > _PAGE:
        rows.append([Button(texts.more_button(lang), f"name:{club.id}:{id_}:{_next(page, len(known))}")])
    rows.append([Button(texts.back_button(lang), f"names:{club.id}:0")])
    await context.alert()
    await context.say(texts.who_is(lang, name), rows)


@router.button("same")
async def they_are_one(update: Update, context: Context) -> None:
    """All of the member that is known by name only is that other member's from now on."""
    club = await _club(context)
    id_, into = numbers(context, 2)
    lang = context.own_language()
    nameless = await context.work.taking_in.known_by_name(club.id)
    names = (await members.cast(context.work, club.id, [id_, into])).names
    await imports.match(context.work, club, id_, into)
    await context.alert()
    rest = [[Button(texts.who_button(lang), f"names:{club.id}:0")]] if len(nameless) > 1 else []
    await context.say(texts.matched(lang, names[id_], names[into]), rest)


async def _club(context: Context) -> Club:
    club, who = await club_of_button(context), context.sender
    if who is None or context.in_group:
        raise UnknownButton
    context.require_admin(club, who.user_id)
    return club


async def _page(context: Context, club: Club, ids: list[int], page: int) -> list[tuple[int, str]]:
    names = (await members.cast(context.work, club.id, ids)).names
    ordered = sorted(names.items(), key=lambda each: sort_key(each[1]))
    return ordered[page * _PAGE : (page + 1) * _PAGE]


def _next(page: int, count: int) -> int:
    return page + 1 if (page + 1) * _PAGE < count else 0


async def _name(context: Context, club: Club, id_: int) -> str:
    return (await members.cast(context.work, club.id, [id_])).names[id_]
