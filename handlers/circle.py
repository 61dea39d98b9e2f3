"""/circle: who referred to whom, as a picture."""

from telegram import Update

from bot import speech
from bot.commands import Router, Where
from bot.context import Context
from bot.domain.errors import PicturesOff
from bot.domain.periods import Period
from bot.services import circles
from bot.texts import circle as texts
from bot.texts import language_of
from bot.texts.periods import read
from handlers.read import arguments

router = Router()


@router.command(
    "circle",
    summary="who referred to whom, as a picture: this quarter or over another time",
    usage="/circle [week|month|quarter|year|all|…]",
    examples=("/circle year", "/circle"),
    where=Where.GROUP,
)
async def circle(update: Update, context: Context) -> None:
    """Show the circle of a period: a quarter, unless told, has enough in it to be one, and is still of today."""
    club = await context.club()
    if not club.pictures:
        raise PicturesOff
    period = read(arguments(context.message), context.work.now.astimezone(club.zone).date(), Period.QUARTER)
    shown = await circles.of_club(context.work, club, period)
    lang = language_of(club)
    words = texts.caption(lang, shown, speech.MAX_CAPTION)
    if shown.given:
        await context.show(texts.recipe(lang, club.title, shown), words)
    else:
        await context.say(words)
