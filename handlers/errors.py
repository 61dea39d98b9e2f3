"""What a person is told when their request is refused, or when we failed."""

from datetime import timedelta
from difflib import get_close_matches

from telegram import Update

from bot.context import Context
from bot.domain.errors import GroupOnly, NoValue, Refusal, UnknownWord
from bot.texts import clubs, refusals
from bot.texts.language import Language
from handlers import guide
from handlers.membership import seen
from handlers.read import arguments, command_name

A_MINUTE = timedelta(minutes=1)
MAX_TYPED = 200
"""Of what somebody typed, as much is repeated to them."""
A_MINUTES_REFUSALS = 3
"""How often a minute one person is told in a group what was wrong."""


async def refused(update: Update, context: Context, error: Refusal) -> None:
    """Say why, with a line that works. What the request had begun was not kept."""
    # The refused request was undone as a whole; that its sender was seen is true all the same.
    await seen(update, context)
    lang, zone = await context.here()
    if update.callback_query is not None:
        await context.alert(refusals.alert(context.own_language(), error, zone), window=True)
        return
    about = f"refused:{context.chat.id}:{update.effective_user.id if update.effective_user else 0}"
    said_lately = await context.work.outbox.count_said(about, context.work.now - A_MINUTE)
    if context.in_group and said_lately >= A_MINUTES_REFUSALS:
        return  # who goes on all the same shall not fill the group; in private there is nobody to disturb
    said = refusals.refusal(lang, error, zone, _example(update, context, error, lang))
    if update.edited_message is not None:
        said = refusals.unchanged(lang, said)
    way_in = guide.way_in(context, await context.club(), error) if context.in_group else ()
    if context.in_group and said_lately == A_MINUTES_REFUSALS - 1:
        said = refusals.last_for_now(lang, said)
    await context.reply(said, way_in, about=about)


async def failed(update: Update, context: Context) -> None:
    """Apologise, where somebody waits for an answer."""
    if update.callback_query is None and not _asked(update):
        return
    await context.meet()  # who they are, and which language they chose, was undone with the rest
    if update.callback_query is not None:
        await context.alert(clubs.sorry_alert(context.own_language()), window=True)
    else:
        lang, _ = await context.here()
        await context.reply(clubs.sorry(lang))


def _asked(update: Update) -> bool:
    text = update.message.text if update.message else None
    return bool(text and text.startswith("/"))


def _example(update: Update, context: Context, error: Refusal, lang: Language) -> str | None:
    """A line that works: what was typed, where only the place was wrong; else an example of the command that was meant.

    Of several examples it is the one for the word that the error is about.
    """
    message = update.effective_message
    typed = command_name(message) if message else None
    if not message or not typed:
        return None
    if isinstance(error, GroupOnly) and arguments(message):
        return (message.text or "").partition("\n")[0][:MAX_TYPED]  # another's number would be somebody else's entry
    known = {name: command for command in context.house.commands for name in command.names}
    examples = known[next(iter(get_close_matches(typed, known, n=1)), "help")].examples
    about = error.after if isinstance(error, UnknownWord | NoValue) else ""
    return lang.plain(next((each for each in examples if each.split()[1:2] == [about]), examples[0]))
