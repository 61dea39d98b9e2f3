"""/forgetme, in two steps and in private; and /forget, for the contact of a referral."""

from datetime import timedelta

from markupsafe import Markup
from telegram import Update

from bot import speech
from bot.commands import Router, Where
from bot.context import Context
from bot.domain.errors import NoNumber, NotAMember
from bot.domain.models import Club, Member, Person, Referral
from bot.domain.outgoing import FAREWELL, Button, Buttons
from bot.domain.parsing import read_number
from bot.services import contacts, forgetting, members
from bot.texts import clubs as club_texts
from bot.texts import forgetting as texts
from bot.texts import language_of
from bot.texts.vocabulary import english
from handlers import again, answers, desk
from handlers.buttons import club_of_button, member_who_pressed, numbers, rest, words
from handlers.read import arguments

router = Router()
A_MINUTE = timedelta(minutes=1)
STANDS_FOR = 60
"""For so many minutes the last question of /forgetme stands: who comes upon its button later may be new by then."""


@router.command(
    "forgetme",
    summary="have me forget you, after I told you what goes and what stays",
    usage="/forgetme",
    examples=("/forgetme",),
)
async def forget_me(update: Update, context: Context) -> None:
    """Tell in private what will happen, above a button; in the group only where that is done."""
    who = context.sender
    if context.in_group or who is None:
        lang = language_of(await context.club())
        open_private = Button(club_texts.open_private(lang), url=context.private_link)
        await context.reply(texts.in_private(lang), [[open_private]])
        return
    lang, minute = context.own_language(), _minute(context)
    clubs = [club.title for club in await forgetting.clubs_of(context.work, who.user_id)]
    buttons = [
        [Button(texts.go_on_button(lang), f"forgetme:ask:{minute}")],
        [Button(texts.keep_button(lang), f"forgetme:no:{minute}")],
    ]
    await context.say(texts.what_happens(lang, clubs), buttons, about=_about(who))


@router.button("forgetme")
async def forget_me_pressed(update: Update, context: Context) -> None:
    """The step after that: the last question, which stands for a while, and its answer."""
    (step,), (minute,), who = words(context, 1, skip=0), numbers(context, 1), context.sender
    if context.in_group or who is None:
        raise NotAMember  # a button that was carried elsewhere
    lang = context.own_language()
    if step == "ask":
        buttons = [
            [Button(texts.keep_button(lang), f"forgetme:no:{_minute(context)}")],
            [Button(texts.yes_button(lang), f"forgetme:yes:{_minute(context)}")],
        ]
        await _show(context, who, texts.really(lang), buttons)
    elif step != "yes":
        await _show(context, who, texts.kept(lang))
    elif _minute(context) - minute > STANDS_FOR:
        await context.alert(texts.too_old_alert(lang), window=True)
        return
    else:
        await _forget(context, who)
        asked = speech.without_buttons(context.chat.id, context.message.message_id, about=FAREWELL)
        await context.work.outbox.put(asked)
        await context.say(texts.farewell(lang), about=FAREWELL)
    await context.alert()


async def _forget(context: Context, who: Person) -> None:
    """Forget them, and change what was said about what they did."""
    work = context.work
    forgotten = await forgetting.forget(work, who.user_id)
    for private, elsewhere in forgotten.moved.items():
        await work.said.rename(answers.about(private), answers.about(elsewhere))
    before = await work.said.last()
    for club_id, source in forgotten.sources:
        await again.show(work, await work.clubs.get(club_id), source)
    await work.said.overtake(before)


async def _show(context: Context, who: Person, said: Markup, buttons: Buttons = ()) -> None:
    """In place of the question before, or anew where that cannot be changed any more."""
    if await context.work.outbox.has_told(_about(who)):
        await context.work.outbox.put(speech.change(_about(who), said, buttons))
    else:
        await context.say(said, buttons, about=_about(who))


def _about(who: Person) -> str:
    return f"forgetme:{who.user_id}"


def _minute(context: Context) -> int:
    return int(context.work.now.timestamp()) // 60


@router.command(
    "forget",
    summary="erase the contact of a referral: name, phone and e-mail",
    usage="/forget contact #number",
    examples=("/forget contact #12",),
    where=Where.GROUP,
    admins_only=True,
)
async def forget(update: Update, context: Context) -> None:
    """Ask an admin whether the contact shall go; who writes as the group says who they are by the button."""
    if not context.in_group and not await desk.administered(context):
        await context.say(club_texts.no_club(context.own_language()))
        return
    club, who = await context.club(), context.sender
    if who is not None:
        context.require_admin(club, who.user_id)
    referral = await contacts.find(context.work, club, _number(arguments(context.message)))
    lang = language_of(club)
    buttons = [
        Button(texts.contact_button(lang), f"contact:{club.id}:{referral.number}"),
        Button(texts.leave_button(lang), f"contact:{club.id}:{referral.number}:no"),
    ]
    await context.reply(texts.contact_question(lang, referral.number), [buttons], about=_contact_about(referral))


@router.button("contact")
async def forget_pressed(update: Update, context: Context) -> None:
    """Erase the contact, or do not."""
    club, (number,) = await club_of_button(context), numbers(context, 1)
    admin = await member_who_pressed(context, club)
    if admin.user_id is not None:
        context.require_admin(club, admin.user_id)
    referral = await contacts.find(context.work, club, number)
    if rest(context).endswith(":no"):
        kept = texts.kept(language_of(club))
        await context.work.outbox.put(speech.change(_contact_about(referral), kept))
    else:
        await _erase(context, club, admin, referral)
    await context.alert()


async def _erase(context: Context, club: Club, admin: Member, referral: Referral) -> None:
    work = context.work
    before = await work.said.last()
    for entry in await contacts.erase(work, club, admin, referral):
        await again.show_thanks(work, club, entry)
    await again.show(work, club, referral.source)
    await work.said.overtake(before)
    name = (await members.cast(work, club.id, [admin.id])).names[admin.id]
    said = texts.contact_erased(language_of(club), referral.number, name)
    await work.outbox.put(speech.change(_contact_about(referral), said))


def _number(text: str) -> int:
    """The number, after the word "contact" or without it. Raises NoNumber and UnknownWord."""
    word, _, after = text.partition(" ")
    number = read_number(after if english("forget", word) == "contact" else text)
    if number is None:
        raise NoNumber
    return number


def _contact_about(referral: Referral) -> str:
    return f"contact:{referral.id}"
