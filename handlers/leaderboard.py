"""/leaderboard, /mystats and /quiet."""

from typing import TYPE_CHECKING

from telegram import Update

from bot import speech
from bot.commands import Router, Where
from bot.context import Context
from bot.domain.errors import UnknownWord
from bot.domain.models import Club, Member
from bot.domain.names import shown_length
from bot.domain.outgoing import Button, Outgoing
from bot.domain.periods import Period
from bot.services import leaderboards, month, standing
from bot.texts import clubs as club_texts
from bot.texts import language_of
from bot.texts import leaderboard as texts
from bot.texts import month as month_texts
from bot.texts import standing as standing_texts
from bot.texts.periods import read
from bot.texts.vocabulary import english
from handlers.buttons import club_of_button, member_who_pressed, numbers
from handlers.read import arguments

if TYPE_CHECKING:
    from bot.storage.work import Work

router = Router()


@router.command(
    "leaderboard",
    summary="who gave referrals, this week or over a longer time",
    usage="/leaderboard [week|month|quarter|year|all|…]",
    examples=("/leaderboard month", "/leaderboard last month", "/leaderboard"),
    where=Where.GROUP,
    aliases=("top",),
)
async def leaderboard(update: Update, context: Context) -> None:
    """Show the ranking of a period, unless told of the running week."""
    club = await context.club()
    period = read(arguments(context.message), context.work.now.astimezone(club.zone).date(), Period.WEEK)
    ranking = await leaderboards.over(context.work, club, period)
    lang = language_of(club)
    words = texts.board(lang, ranking)
    if club.pictures:
        await context.show(texts.card(lang, club.title, ranking), words)
    else:
        await context.say(words)


@router.command(
    "mystats",
    summary="your own figures, in private where possible",
    usage="/mystats",
    examples=("/mystats",),
)
async def my_stats(update: Update, context: Context) -> None:
    """Tell someone their own figures: of this group's club, or in private of each club they are in."""
    own = context.own_language()
    if context.in_group:
        club, member = await context.club(), await context.member()
        lang = language_of(club)
        figures = await context.work.figures.of_member(member.id)
        buttons = [[Button(club_texts.open_private(lang), url=context.private_link)]]
        answer = context.as_reply(texts.my_stats(lang, club.title, figures), buttons)
        if member.user_id is not None and member.reachable:
            answer = await _month(context, club, member, member.user_id, if_refused=answer)
        await context.work.outbox.put(answer)
        return
    user = update.effective_user
    clubs = await context.work.clubs.of_person(user.id) if user else []
    for club in clubs:
        member_here = await context.work.members.of_person(club.id, user.id) if user else None
        if member_here:
            await context.work.outbox.put(await _month(context, club, member_here, context.chat.id))
    if not clubs:
        await context.say(club_texts.no_club(own))


@router.command(
    "quiet",
    summary="be in no ranking, or in it again",
    usage="/quiet [on|off]",
    examples=("/quiet on", "/quiet"),
)
async def quiet(update: Update, context: Context) -> None:
    """Take oneself out of the rankings, or (off, or a second time) come back."""
    asked = _on_or_off(arguments(context.message))
    if context.in_group:
        club, member = await context.club(), await context.member()
        on = await _set_quiet(context.work, member, asked)
        answer = context.as_reply(standing_texts.quiet(language_of(club), club.title, on=on))
        if member.user_id is not None and member.reachable:
            said = standing_texts.quiet(context.own_language(), club.title, on=on)
            answer = speech.message(member.user_id, said, if_refused=answer)
        await context.work.outbox.put(answer)
        return
    user = update.effective_user
    clubs = await context.work.clubs.of_person(user.id) if user else []
    here = {club.id: await context.work.members.of_person(club.id, user.id) for club in clubs} if user else {}
    if not clubs:
        await context.say(club_texts.no_club(context.own_language()))
    elif len(clubs) == 1 and (only := here[clubs[0].id]):
        on = await _set_quiet(context.work, only, asked)
        await context.say(standing_texts.quiet(context.own_language(), clubs[0].title, on=on))
    else:
        buttons = []
        for club in clubs:
            on = asked if asked is not None else not ((found := here[club.id]) and found.quiet)
            buttons.append([Button(club.title, f"quiet:{club.id}:{int(on)}")])
        await context.say(standing_texts.quiet_where(context.own_language()), buttons)


@router.button("quiet")
async def quiet_pressed(update: Update, context: Context) -> None:
    """The same in the club that was chosen, for who is in several."""
    club, (on,) = await club_of_button(context), numbers(context, 1)
    member = await member_who_pressed(context, club)
    await _set_quiet(context.work, member, bool(on))
    await context.alert()
    await context.say(standing_texts.quiet(context.own_language(), club.title, on=bool(on)))


async def _set_quiet(work: "Work", member: Member, asked: bool | None) -> bool:
    """Whether the member is in no ranking now."""
    on = not member.quiet if asked is None else asked
    await work.members.set_quiet(member.id, on)
    return on


def _on_or_off(text: str) -> bool | None:
    """What is asked for; None: the opposite of what is. Raises UnknownWord."""
    word = english("switch", text).strip().lower()
    if word not in ("", "on", "off"):
        raise UnknownWord(word)
    return None if not word else word == "on"


async def _month(
    context: Context, club: Club, member: Member, chat_id: int, if_refused: Outgoing | None = None
) -> Outgoing:
    """What only the member is told: their figures, their circle, their place, what waits for them, and a hint.

    It has a picture once there is somebody in their circle, where the club has pictures.
    """
    lang, figures = context.own_language(), await context.work.figures.of_member(member.id)
    first = texts.my_stats(lang, club.title, figures)
    last = standing_texts.own(lang, await standing.of_member(context.work, club, member, figures))
    shown = await month.of_member(context.work, club, member)
    room = speech.MAX_CAPTION - shown_length(f"{first}\n\n{last}")
    words = "\n".join(part for part in (first, month_texts.told(lang, shown, room), last) if part)
    if not (club.pictures and shown.ties):
        return speech.message(chat_id, words, if_refused=if_refused)
    recipe = month_texts.recipe(lang, club.title, shown, figures)
    return speech.photo(chat_id, recipe, words, if_refused=if_refused)
