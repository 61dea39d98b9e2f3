"""/thanks, its correction by editing, and the buttons that tell which referral it was for."""

from typing import TYPE_CHECKING

from telegram import Update

from bot import speech
from bot.commands import Router
from bot.context import Context
from bot.domain.errors import NoGiver
from bot.domain.models import Club, Thanks
from bot.domain.parsing import ThanksDraft, read_thanks
from bot.services import thanks
from bot.services.thanks import Thanked
from bot.texts import language, language_of
from bot.texts import thanks as texts
from handlers import answers, guide
from handlers.buttons import club_of_button, member_who_pressed, numbers
from handlers.read import arguments, people_and_text

if TYPE_CHECKING:
    from bot.storage.work import Work

router = Router()


async def corrected(update: Update, context: Context) -> None:
    """An edited /thanks corrects what it made; if it made nothing (it was refused), it is taken as new."""
    club, thanker = await context.club(), await context.member()
    before = await context.work.thanks.from_source(context.source)
    if before is None:
        await thank(update, context)
        return
    people, text = people_and_text(context.message, NoGiver)
    draft = _draft(text, club)
    said = await thanks.correct(context.work, club, thanker, people, draft, before)
    if said is None:
        return  # Telegram tells of changes that nobody sees, such as a link's preview
    await show_again(context.work, said, doubtful=draft.doubtful)
    if said.thanks.to_id != before.to_id:
        await withdraw(context.work, club, before)
        await context.work.merging.drop_unused(before.to_id)
    await tell_thanked(context.work, club, said)


@router.command(
    "thanks",
    summary="thank a member for business that came of their referral",
    usage="/thanks @giver [amount] [#number] [note]",
    examples=("/thanks @anna €1500 #12 Piet's website", "/thanks @anna"),
    on_edit=corrected,
)
async def thank(update: Update, context: Context) -> None:
    """Record a thanks, say so in the group with the amount as understood, and tell the person thanked.

    In private it is filled in step by step.
    """
    if not context.in_group:
        await guide.begin(context, "thanks", said=arguments(context.message))
        return
    club, thanker = await context.club(), await context.member()
    people, text = people_and_text(context.message, NoGiver)
    draft = _draft(text, club)
    limit = context.daily_limit(club)
    said = await thanks.thank(context.work, club, thanker, people, draft, context.source, context.sent_at, limit)
    shown, buttons = await answers.to_thanks(context.work, club, said, doubtful=draft.doubtful)
    await context.say(shown, buttons, about=answers.about(said.thanks.source))
    await tell_thanked(context.work, club, said)


@router.button("for")
async def link(update: Update, context: Context) -> None:
    """The thanker tells which referral it was for."""
    club, (number, referral_number) = await club_of_button(context), numbers(context, 2)
    said = await thanks.link(context.work, club, await member_who_pressed(context, club), number, referral_number)
    await show_again(context.work, said)
    await context.alert(texts.linked_alert(context.own_language()))
    await tell_thanked(context.work, club, said)


@router.button("deg")
async def degree(update: Update, context: Context) -> None:
    """The thanker tells whose business it was: the giver's, their contact's, or of someone further on."""
    club, (number, told) = await club_of_button(context), numbers(context, 2)
    said = await thanks.tell_degree(context.work, club, await member_who_pressed(context, club), number, told)
    await show_again(context.work, said)
    await context.alert(texts.linked_alert(context.own_language()))
    await tell_thanked(context.work, club, said)


def _draft(text: str, club: Club) -> ThanksDraft:
    """What a /thanks says, read by the habits of the club's language."""
    return read_thanks(text, club.currency, club.country, language_of(club).decimal_sign)


async def show_again(work: "Work", said: Thanked, *, doubtful: bool = False) -> None:
    """Bring the group's answer up to date; `doubtful` as for the answer itself."""
    club = await work.clubs.get(said.thanks.club_id)
    shown, buttons = await answers.to_thanks(work, club, said, doubtful=doubtful)
    await work.outbox.put(speech.change(answers.about(said.thanks.source), shown, buttons))


async def withdraw(work: "Work", club: Club, entry: Thanks) -> None:
    """Tell the person who was thanked that it was taken back."""
    member = await work.members.get(entry.to_id)
    if member.user_id is not None:
        said = texts.withdrawn(language(member.language), club.title, entry.number)
        await work.outbox.put(speech.change(answers.private_about(entry, member.user_id), said))


async def tell_thanked(work: "Work", club: Club, said: Thanked) -> None:
    """Tell the person in private that they are thanked, or correct what they were told; and who began it all."""
    await tell_first(work, club, said)
    member = await work.members.get(said.thanks.to_id)
    if member.user_id is None or not member.reachable or member.left_at is not None:
        return
    view = await answers.thanks_view(work, club, said)
    shown = texts.to_thanked(language(member.language), view, club.title)
    about = answers.private_about(said.thanks, member.user_id)
    if await work.outbox.has_told(about):
        await work.outbox.put(speech.change(about, shown))
    else:
        await work.outbox.put(speech.message(member.user_id, shown, about=about))


async def tell_first(work: "Work", club: Club, said: Thanked) -> None:
    """Tell who began the chain, in private and without the amount, what became of it; take it back from others."""
    entry, began = said.thanks, said.began
    first = None
    if began is not None and entry.undone_at is None and began.giver_id not in (entry.from_id, entry.to_id):
        first = await work.members.get(began.giver_id)
    named = f"began:{entry.id}:"
    about = f"{named}{first.user_id}" if first else None
    told = await work.outbox.told(named)
    for other in told:
        if other != about:
            reader = await work.members.person(int(other.removeprefix(named)))
            lang = language(reader.language if reader else None)
            await work.outbox.put(speech.change(other, texts.withdrawn(lang, club.title, entry.number)))
    if first is None or about is None or first.user_id is None or not first.reachable or first.left_at is not None:
        return
    view = await answers.thanks_view(work, club, said)
    shown = texts.to_first(language(first.language), view, club.title)
    if about in told:
        await work.outbox.put(speech.change(about, shown))
    else:
        await work.outbox.put(speech.message(first.user_id, shown, about=about))
