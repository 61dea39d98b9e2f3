"""/audit: what was undone, corrected, set, taken out and brought in, for a club's admins in private."""

from telegram import Update

from bot.commands import Router
from bot.context import Context
from bot.domain.errors import UnknownButton
from bot.domain.models import Club
from bot.domain.outgoing import Button
from bot.services import audit
from bot.texts import audit as texts
from bot.texts import language_of
from bot.texts.club_settings import View
from handlers import desk
from handlers.buttons import club_of_button

router = Router()


@router.command(
    "audit",
    summary="who took back, corrected or set what, in private",
    usage="/audit",
    examples=("/audit",),
    admins_only=True,
)
async def show(update: Update, context: Context) -> None:
    """Lead an admin to what was done in the club, or show it in private."""
    if context.in_group:
        club = await context.club()
        await desk.lead(context, club, "audit", texts.in_private(language_of(club)))
        return
    question = texts.which_club(context.own_language())
    found = await desk.choose(context, question, lambda club: Button(club.title, f"audit:{club.id}"))
    if found is not None:
        await _say(context, found[0])


async def open_link(context: Context, club_id: int) -> None:
    """The same, for who followed the link from the group."""
    club, _ = await desk.arrive(context, club_id)
    await _say(context, club)


@router.button("audit")
async def pressed(update: Update, context: Context) -> None:
    """The same, for an admin who is in several clubs."""
    club, who = await club_of_button(context), context.sender
    if who is None or context.in_group:
        raise UnknownButton
    context.require_admin(club, who.user_id)
    await _say(context, club)
    await context.alert()


async def _say(context: Context, club: Club) -> None:
    done = await audit.latest(context.work, club)
    await context.say(texts.done(context.own_language(), View(club, context.house.daily_limit), done))
