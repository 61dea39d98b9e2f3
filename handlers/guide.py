"""The guided way: leading from the group to a form in private, and asking its questions there."""

from bot import speech
from bot.context import Context
from bot.domain.errors import NoGiver, NoRecipient, Refusal
from bot.domain.forms import Filled, Form
from bot.domain.models import Club
from bot.domain.outgoing import Button, Buttons
from bot.domain.progress import WARMTHS
from bot.services import forms, members
from bot.services.forms import Desk
from bot.texts import clubs as club_texts
from bot.texts import forms as texts
from bot.texts import language_of
from bot.texts import thanks as thanks_texts
from bot.texts.language import Language
from handlers.desk import MOST_CLUBS

MEMBERS_PER_PAGE = 12
MEMBERS_PER_ROW = 2


def way_in(context: Context, club: Club, missing: Refusal) -> Buttons:
    """Under what a command in the group lacks, the way to the form that asks for it."""
    command = {NoRecipient: "refer", NoGiver: "thanks"}.get(type(missing))
    if command is None:
        return ()
    link = f"https://t.me/{context.bot.username}?start={command}_{club.id}"
    return [[Button(texts.fill_in_button(language_of(club)), url=link)]]


async def begin(context: Context, command: Filled, club_id: int | None = None, said: str = "") -> None:
    """Begin a form in private with what was `said`; it takes the place of one that was not finished."""
    who = context.sender
    clubs = await context.work.clubs.of_person(who.user_id) if who else []
    if not clubs or who is None:
        await context.say(club_texts.no_club(context.own_language()))
        return
    meant = [club for club in clubs if club.id == club_id] or clubs
    form = Form(who.user_id, command, "club")
    if len(meant) == 1:
        form = Form(who.user_id, command, "who", meant[0].id)
        at = await desk(context, form)
        form = await forms.begun(context.work, at, form, said) if at else form
    await ask(context, form, anew=True)


async def desk(context: Context, form: Form) -> Desk | None:
    """Who fills in the form, for which club; None before that is chosen, and when they are in it no more."""
    for club in await context.work.clubs.of_person(form.user_id):
        member = await context.work.members.of_person(club.id, form.user_id)
        if club.id == form.club_id and member is not None:
            return Desk(club, member)
    return None


async def ask(context: Context, form: Form, *, anew: bool = False, page: int = 0) -> None:
    """Keep the form and ask its question: in place of the one before, or `anew` below what was typed."""
    await context.work.forms.put(form, context.work.now)
    lang = context.own_language()
    at = await desk(context, form)
    if at is not None and form.step == "look":
        said = await _look(context, lang, at, form)
    else:
        said = texts.question(lang, form, await _name(context, at, form))
    buttons = [*await _choices(context, at, form, page), *_steps(lang, form)]
    about = f"form:{form.user_id}"
    if anew:
        await context.work.outbox.put(speech.message(form.user_id, said, buttons, about=about))
    else:
        await context.work.outbox.put(speech.change(about, said, buttons))


async def close(context: Context, form: Form, said: str) -> None:
    """The form is done with; this stands in its place."""
    await context.work.forms.drop(form.user_id)
    await context.work.outbox.put(speech.change(f"form:{form.user_id}", said))


async def _name(context: Context, at: Desk | None, form: Form) -> str:
    who = form.answers.get("who", "")
    if at is None or not who.isdigit():
        return who
    return (await members.cast(context.work, at.club.id, [int(who)])).names[int(who)]


async def _look(context: Context, lang: Language, at: Desk, form: Form) -> str:
    who = await _name(context, at, form)
    if form.command == "refer":
        giver = (await members.cast(context.work, at.club.id, [at.member.id])).names[at.member.id]
        warmth = form.answers.get("warmth")
        draft = forms.referral_draft(form, at.club.country)
        return texts.referral_look(lang, giver, who, draft, int(warmth) if warmth else None, at.club.title)
    said = forms.thanks_draft(form, at)
    return texts.thanks_look(lang, who, said.amount, said.number, said.note, at.club.title)


async def _choices(context: Context, at: Desk | None, form: Form, page: int) -> Buttons:
    if form.step == "club":
        clubs = await context.work.clubs.of_person(form.user_id)
        return [[Button(club.title, f"form:club:{club.id}")] for club in clubs[:MOST_CLUBS]]
    if at is None:
        return []
    if form.step == "referral":
        found = await forms.to_choose(context.work, at, form)
        return [
            [Button(thanks_texts.choice_button(context.own_language(), r), f"form:referral:{r.number}")] for r in found
        ]
    if form.step == "warmth":
        return [[Button(str(warmth), f"form:warmth:{warmth}") for warmth in WARMTHS]]
    if form.step != "who":
        return []
    everyone = await forms.others(context.work, at)
    shown = everyone[page * MEMBERS_PER_PAGE : (page + 1) * MEMBERS_PER_PAGE]
    buttons = [Button(name, f"form:who:{member.id}") for member, name in shown]
    rows = [buttons[i : i + MEMBERS_PER_ROW] for i in range(0, len(buttons), MEMBERS_PER_ROW)]
    if len(everyone) > MEMBERS_PER_PAGE:
        following = page + 1 if (page + 1) * MEMBERS_PER_PAGE < len(everyone) else 0
        rows.append([Button(texts.more_button(context.own_language()), f"form:who:p{following}")])
    return rows


def _steps(lang: Language, form: Form) -> Buttons:
    forward = []
    if form.step == "look":
        forward = [[Button(texts.record_button(lang), f"form:{form.step}:record")]]
    elif form.may_skip:
        forward = [[Button(texts.skip_button(lang), f"form:{form.step}:skip")]]
    ways = [Button(texts.cancel_button(lang), f"form:{form.step}:cancel")]
    if form.step != "club":
        ways.insert(0, Button(texts.back_button(lang), f"form:{form.step}:back"))
    return [*forward, ways]
