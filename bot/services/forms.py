"""Filling in a /refer or /thanks step by step: what an answer means, and recording what was filled in."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from bot.domain.amounts import Amount
from bot.domain.contact_details import take_out
from bot.domain.direct import INSIDE
from bot.domain.errors import (
    AmountOutOfRange,
    LongContact,
    NobodyOfThatName,
    NoDetails,
    NotAnAmount,
    Oneself,
    Refusal,
    TooLong,
    UnreadableAmount,
)
from bot.domain.forms import Form
from bot.domain.mentions import Mention, leading_mentions
from bot.domain.models import Club, Member, Referral, Source
from bot.domain.names import has_substance, strip_invisible
from bot.domain.parsing import MAX_CONTACT, ReferralDraft, ThanksDraft, read_note, read_referral, read_thanks
from bot.domain.sorting import sort_key
from bot.services import members, quality, referrals, thanks
from bot.services.thanks import Thanked

if TYPE_CHECKING:
    from bot.storage.work import Work


@dataclass(frozen=True)
class Desk:
    """Who fills in a form, and for which club."""

    club: Club
    member: Member


async def begun(work: "Work", desk: Desk, form: Form, said: str) -> Form:
    """The form with what was said after the command: all of it if it can be read, else whom it names, else nothing."""
    mentions, rest = leading_mentions(said, 0, [])
    if len(mentions) != 1 or mentions[0].username is None:
        return form
    try:
        form = form.answered(await _who(work, desk, f"@{mentions[0].username}"))
        return replace(form, step="look", answers={**form.answers, **_read(form, desk, rest)})
    except Refusal:
        return form


def _read(form: Form, desk: Desk, text: str) -> dict[str, str]:
    if form.command == "refer":
        said = read_referral(text, desk.club.country)
        details = ", ".join(each for each in (said.phone, said.email) if each)
        need = f"{said.need} {INSIDE}" if said.inside else said.need
        return {"contact": said.contact, "need": need, "details": details}
    thanked = read_thanks(text, desk.club.currency, desk.club.country)
    return {
        "amount": _again(thanked.amount) if thanked.amount else "",
        "referral": str(thanked.number or ""),
        "note": thanked.note,
    }


def _again(amount: Amount) -> str:
    """An amount in words that are read as the same, as 500.000 of a currency with three decimals is not."""
    return f"{amount.currency} {Decimal(amount.decimal).normalize():f}"


async def answered(work: "Work", desk: Desk, form: Form, text: str) -> Form:
    """The form with what was typed in answer to its question. Raises a Refusal when that is no answer to it."""
    match form.step:
        case "who":
            form = form.answered(await _who(work, desk, text))
        case "contact":
            form = _contact(form, text, desk.club.country)
        case "details":
            _require_details(text, desk.club.country)
            form = form.answered(text)
        case "need":
            form = form.answered(text)
            said = referral_draft(form, desk.club.country)
            if form.step == "details" and (said.phone or said.email):
                form = form.answered(form.answers.get("details", ""))
        case "amount":
            form = form.answered(_amount(text, desk))
        case "note":
            form = form.answered(read_note(text, desk.club.country))
        case _:
            return form  # a question with buttons
    return await settled(work, desk, form)


async def chosen(work: "Work", desk: Desk, form: Form, answer: str) -> Form:
    """The form with an answer that a button gave; "" skips the question."""
    if form.step == "who" and answer == str(desk.member.id):
        raise Oneself
    return await settled(work, desk, form.answered(answer))


async def settled(work: "Work", desk: Desk, form: Form) -> Form:
    """Past what need not be asked: which referral, with none to choose; how to reach someone, told already."""
    if form.step == "referral" and not await to_choose(work, desk, form):
        return form.answered("")
    if form.step == "details" and form.answers.get("details"):
        return form.answered(form.answers["details"])
    return form


async def back(work: "Work", desk: Desk | None, form: Form) -> Form:
    """The form at the question before, of those that have an answer to choose or type."""
    before = form.back()
    if desk and before.step == "referral" and not await to_choose(work, desk, before):
        return before.back()
    return before


async def to_choose(work: "Work", desk: Desk, form: Form) -> list[Referral]:
    """The referrals that the thanks may be for."""
    who = form.answers.get("who", "")
    if not who.isdigit():
        return []
    return (await work.referrals.to_thank_for(giver_id=int(who), recipient_id=desk.member.id))[-thanks.MAX_CHOICES :]


async def others(work: "Work", desk: Desk) -> list[tuple[Member, str]]:
    """Whom a form can be about: the other members in the club now who can be mentioned, by what they are called."""
    everyone = await work.members.all_of(desk.club.id)
    names = (await members.cast(work, desk.club.id, [m.id for m in everyone])).names
    is_mentionable = {m.id for m in everyone if m.user_id is not None or m.username}
    present = [m for m in everyone if m.left_at is None and m.id != desk.member.id and m.id in is_mentionable]
    return sorted(((m, names[m.id]) for m in present), key=lambda one: sort_key(one[1]))


def referral_draft(form: Form, region: str) -> ReferralDraft:
    """What the form says, read as a /refer is read."""
    answers: Mapping[str, str] = form.answers
    said = f"{answers['contact']}: {answers.get('need', '')}\n{answers.get('details', '')}"
    return read_referral(said, region)


def thanks_draft(form: Form, desk: Desk) -> ThanksDraft:
    """What the form says, read as a /thanks is read."""
    amount = read_thanks(form.answers.get("amount", ""), desk.club.currency, desk.club.country).amount
    number = form.answers.get("referral")
    return ThanksDraft(amount, int(number) if number else None, form.answers.get("note", ""))


async def record(
    work: "Work", desk: Desk, form: Form, source: Source, at: datetime, daily_limit: int
) -> list[Referral] | Thanked:
    """Write down what was filled in, and put the form away. Raises a Refusal as the command itself would."""
    who = form.answers["who"]
    if who.isdigit():
        named = await work.members.get(int(who))
        if named.erased:
            raise NobodyOfThatName
        person = await work.members.person(named.user_id) if named.user_id is not None else None
        mention = Mention(username=named.username, person=person)
    else:
        mention = Mention(username=who.removeprefix("@"))
    await work.forms.drop(form.user_id)
    if form.command == "refer":
        draft = referral_draft(form, desk.club.country)
        made = await referrals.give(work, desk.club, desk.member, [mention], draft, source, at, daily_limit)
        if not (warmth := form.answers.get("warmth")):
            return made
        return await quality.set_warmth(work, made[0], desk.member, int(warmth))
    said = thanks_draft(form, desk)
    return await thanks.thank(work, desk.club, desk.member, [mention], said, source, at, daily_limit)


async def _who(work: "Work", desk: Desk, text: str) -> str:
    mentions, rest = leading_mentions(text, 0, [])
    if len(mentions) == 1 and not rest.strip() and not mentions[0].is_bot:
        known = await work.members.by_username(desk.club.id, mentions[0].username or "")
        found = [known] if known else []
        if not found:
            return f"@{mentions[0].username}"
    else:
        typed = " ".join(strip_invisible(text).split()).casefold()
        everyone = await others(work, desk)
        found = [m for m, name in everyone if strip_invisible(name).casefold() == typed] or [
            m for m, _ in everyone if typed in (m.first_name.casefold(), f"{m.first_name} {m.last_name}".casefold())
        ]
    if len(found) != 1:
        raise NobodyOfThatName
    if found[0].id == desk.member.id:
        raise Oneself
    return str(found[0].id)


def _require_details(text: str, region: str) -> None:
    """Raise NoDetails for what is no number and no address: it would stand in the group with the need."""
    found = take_out(text, region)
    if not (found.phones or found.emails) or has_substance(found.text):
        raise NoDetails


def _contact(form: Form, text: str, region: str) -> Form:
    """The contact's name; a number or address typed with it answers that question too."""
    try:
        draft = read_referral(f"{text}:", region)
    except LongContact as error:
        raise TooLong(MAX_CONTACT) from error
    details = ", ".join(each for each in (draft.phone, draft.email) if each)
    if details:
        form = replace(form, answers={**form.answers, "details": details})
    return form.answered(draft.contact)


def _amount(text: str, desk: Desk) -> str:
    try:
        read = read_thanks(text, desk.club.currency, desk.club.country)
    except (UnreadableAmount, AmountOutOfRange) as error:
        raise NotAnAmount from error
    if read.amount is None:
        raise NotAnAmount
    return text
