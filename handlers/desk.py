"""The board's desk: what a club's admins do in private, and the ways there."""

from collections.abc import Callable, Sequence

from markupsafe import Markup

from bot.context import Context
from bot.domain.errors import AdminsOnly
from bot.domain.models import Club, Member
from bot.domain.outgoing import Button
from bot.services import members
from bot.texts import clubs as texts
from bot.texts import language_of

MOST_CLUBS = 90
"""Telegram takes a hundred buttons under a message."""


def which(context: Context, question: Markup, clubs: Sequence[Club]) -> tuple[Markup, Sequence[Club]]:
    """The question which club is meant, and those that there is a button for."""
    more = len(clubs) - MOST_CLUBS
    if more > 0:
        question = Markup("\n").join([question, texts.more_clubs(context.own_language(), more)])
    return question, clubs[:MOST_CLUBS]


def open_button(context: Context, club: Club, to: str) -> Button:
    """In the group: what leads to the private chat and opens this of the club's there; see `start`."""
    address = f"https://t.me/{context.bot.username}?start={to}_{club.id}"
    return Button(texts.open_private(language_of(club)), url=address)


async def lead(context: Context, club: Club, to: str, said: Markup) -> None:
    """Say in the group that it is in private, with a button that opens it there.

    An anonymous admin is shown the same: who it is, Telegram tells in private. Raises what `require_admin` does.
    """
    if context.sender is not None:
        context.require_admin(club, context.sender.user_id)
    await context.reply(said, [[open_button(context, club, to)]])


async def arrive(context: Context, club_id: int) -> tuple[Club, Member]:
    """The club that the link from a group names, and its admin who followed it.

    An admin who only ever wrote in the group's name is no member yet, and becomes one. Raises AdminsOnly for anybody
    else, and CannotCheckAdmin.
    """
    who, club = context.sender, await context.work.clubs.find(club_id)
    if who is None or club is None or club.bot_left_at is not None:
        raise AdminsOnly
    context.require_admin(club, who.user_id)
    return club, await members.join(context.work, club, who)


async def administered(context: Context) -> list[Club]:
    """The person's clubs that they are an admin of; none of who is in no club. Raises AdminsOnly for other members."""
    who = context.sender
    clubs = await context.work.clubs.of_person(who.user_id) if who else []
    theirs = [club for club in clubs if who and context.is_admin(club, who.user_id)]
    if clubs and not theirs:
        raise AdminsOnly
    return theirs


async def choose(
    context: Context, question: Markup, button: Callable[[Club], Button], *, about: str | None = None
) -> tuple[Club, Member] | None:
    """In private: the club that is meant, and its admin; None when they were asked which, or are in none."""
    who = context.sender
    clubs = await context.work.clubs.of_person(who.user_id) if who else []
    if who is None or not clubs:
        await context.say(texts.no_club(context.own_language()))
        return None
    if len(clubs) > 1:
        question, shown = which(context, question, clubs)
        await context.say(question, [[button(club)] for club in shown], about=about)
        return None
    context.require_admin(clubs[0], who.user_id)
    return clubs[0], await members.join(context.work, clubs[0], who)
