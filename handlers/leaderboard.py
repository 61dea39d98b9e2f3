"""/leaderboard and /mystats."""

from telegram import Update

from bot import speech
from bot.commands import Router, Where
from bot.context import Context
from bot.domain.models import Club, Member
from bot.domain.outgoing import Button
from bot.domain.periods import read_period
from bot.services import leaderboards
from bot.texts import clubs as club_texts
from bot.texts import language
from bot.texts import leaderboard as texts
from handlers.read import arguments

router = Router()


@router.command(
    "leaderboard",
    summary="who gave referrals, this week or over a longer time",
    usage="/leaderboard [week|month|quarter|year|all]",
    examples=("/leaderboard month", "/leaderboard"),
    where=Where.GROUP,
    aliases=("top",),
)
async def leaderboard(update: Update, context: Context) -> None:
    """Show the ranking of a period up to now."""
    club = await context.club()
    ranking = await leaderboards.current(context.work, club, read_period(arguments(context.message)))
    await context.say(texts.board(language(club.language), ranking))


@router.command(
    "mystats",
    summary="your own figures, in private where possible",
    usage="/mystats",
    examples=("/mystats",),
)
async def my_stats(update: Update, context: Context) -> None:
    """Tell someone their own figures: of this group's club, or in private of each club they are in."""
    lang = context.own_language()
    if context.in_group:
        club, member = await context.club(), await context.member()
        said = await _figures(context, club, member)
        buttons = [[Button(club_texts.open_private(lang), url=context.private_link)]]
        in_group = context.as_reply(said, buttons)
        if member.user_id is not None and member.reachable:
            in_group = speech.message(member.user_id, said, if_refused=in_group)
        await context.work.outbox.put(in_group)
        return
    user = update.effective_user
    clubs = await context.work.clubs.of_person(user.id) if user else []
    for club in clubs:
        member_here = await context.work.members.of_person(club.id, user.id) if user else None
        if member_here:
            await context.say(await _figures(context, club, member_here))
    if not clubs:
        await context.say(club_texts.no_club(lang))


async def _figures(context: Context, club: Club, member: Member) -> str:
    figures = await context.work.figures.of_member(member.id)
    return texts.my_stats(context.own_language(), club.title, figures)
