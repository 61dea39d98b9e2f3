"""Welcoming who joins, /whatis, and asking whether to suggest whom to meet."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from telegram import Update

from bot import speech
from bot.commands import Router
from bot.context import Context
from bot.domain.models import Club, Member, Person
from bot.domain.outgoing import Button, Buttons, Outgoing
from bot.services import members, newcomers
from bot.texts import language, language_of
from bot.texts import newcomers as texts
from handlers.buttons import club_of_button, member_who_pressed, numbers
from handlers.read import arguments

if TYPE_CHECKING:
    from bot.storage.work import Work

router = Router()


@router.command(
    "whatis",
    summary="what a referral is, and what it is not",
    usage="/whatis",
    examples=("/whatis",),
)
async def what_is(update: Update, context: Context) -> None:
    """Explain, with an example from the club."""
    lang, _ = await context.here()
    user = update.effective_user
    clubs = await context.work.clubs.of_person(user.id) if user else []
    if context.in_group:
        clubs = [await context.club()]
    await context.reply(texts.explanation(lang, await newcomers.example(context.work, clubs)))


async def welcome(context: Context, club: Club, people: Sequence[Person]) -> None:
    """Welcome those who joined for the first time: each in private where possible, the others by one group line."""
    not_reachable = []
    for person in people:
        member = await members.join(context.work, club, person)
        await context.work.newcomers.welcome(member.id, context.work.now)
        if member.reachable:
            said, buttons = await _welcome(context, club, member)
            line = await _group_line(context, club, [member.id], alone=True)
            private = speech.message(person.user_id, said, buttons, about=_about(member), if_refused=line)
            await context.work.outbox.put(private)
        else:
            not_reachable.append(member.id)
    if not_reachable:
        await context.work.outbox.put(await _group_line(context, club, not_reachable))


async def opened(context: Context) -> bool:
    """The welcome of a club for who opens the private chat by the button of the group's line: was it that?"""
    asked = re.fullmatch(r"welcome_([0-9]{1,9})", arguments(context.message))
    who = context.sender
    if asked is None or who is None or context.in_group:
        return False
    for club in await context.work.clubs.of_person(who.user_id):
        member = await context.work.members.of_person(club.id, who.user_id)
        if club.id == int(asked[1]) and member is not None:
            said, buttons = await _welcome(context, club, member)
            await context.say(said, buttons, about=_about(member))
            return True
    return False


async def suggest(work: "Work") -> int:
    """Tell newcomers whom to meet, those whose turn it is; returns how many."""
    turns, suggestions = await newcomers.suggest(work)
    for made in suggestions:
        if made.member.user_id is not None:
            lang = language(made.member.language)
            said = texts.suggestion(lang, made.name, made.club.title, made.whom.username)
            buttons = [[Button(texts.no_more_button(lang), f"suggest:{made.club.id}:0")]]
            await work.outbox.put(replace(speech.message(made.member.user_id, said, buttons), once_key=made.key))
    return turns


@router.button("suggest")
async def wanted(update: Update, context: Context) -> None:
    """Keep whether the member wants to be told whom to meet."""
    club, (yes,) = await club_of_button(context), numbers(context, 1)
    member = await member_who_pressed(context, club)
    if not newcomers.is_new(context.work, member):
        await context.alert(texts.over(context.own_language()), window=True)
        return
    await context.work.newcomers.want(member.id, bool(yes))
    said, buttons = await _welcome(context, club, member)
    await context.work.outbox.put(speech.change(_about(member), said, buttons))
    await context.alert(texts.wanted(context.own_language(), yes=bool(yes)).striptags())


async def _welcome(context: Context, club: Club, member: Member) -> tuple[str, Buttons]:
    """The private welcome as it is now, with the question as long as it is open."""
    lang = language(member.language)
    name = (await members.cast(context.work, club.id, [member.id])).names[member.id]
    last, buttons = None, []
    answer = await context.work.newcomers.suggestions(member.id)
    if answer in ("yes", "no"):
        last = texts.wanted(lang, yes=answer == "yes")
    elif answer == "asked" and newcomers.is_new(context.work, member):
        last = texts.question(lang)
        buttons.append(
            [
                Button(texts.yes_button(lang), f"suggest:{club.id}:1"),
                Button(texts.no_button(lang), f"suggest:{club.id}:0"),
            ]
        )
    example = await newcomers.example(context.work, [club])
    return texts.welcome(lang, name, club.title, example, last), buttons


async def _group_line(context: Context, club: Club, new: Sequence[int], *, alone: bool = False) -> Outgoing:
    """The group's line for these; who joined just before them stands in it too, as it is the same line."""
    lang, work = language_of(club), context.work
    together = list(new) if alone else await work.newcomers.welcomed_since(club.id, work.now - newcomers.TOGETHER)
    names = (await members.cast(work, club.id, together)).names
    said = texts.in_group(lang, [names[member_id] for member_id in together])
    link = f"https://t.me/{context.bot.username}?start=welcome_{club.id}"
    buttons = [[Button(texts.tell_me_button(lang), url=link)]]
    about = f"newcomers:{club.id}"
    if len(together) > len(new) and await work.outbox.has_told(about):
        return speech.change(about, said, buttons)
    return speech.message(club.chat_id, said, buttons, about=about)


def _about(member: Member) -> str:
    return f"welcome:{member.id}"
