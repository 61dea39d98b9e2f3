"""What is said about what becomes of a referral."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from markupsafe import Markup

from bot.domain.models import Event, Referral, Status
from bot.services.progress import Move, Story
from bot.texts import quality
from bot.texts.language import Language
from bot.texts.referrals import contact_and_need
from bot.texts.statuses import now, status_word

MAX_EVENTS = 12
MAX_LISTED = 12


def step_button(lang: Language, before: Status, to: Status, *, own: bool) -> str:
    """The label of a move; `own` to its recipient."""
    if before in ("won", "lost"):
        return lang.plain("Open again")
    match to:
        case "new":
            return lang.plain("Take it up")
        case "contacted":
            return lang.plain("I called") if own else lang.plain("Called")
        case "declined":
            return lang.plain("Not for me")
        case "in_progress":
            return lang.plain("In progress")
        case "won":
            return lang.plain("Won")
        case "lost":
            return lang.plain("Lost")


def reason_button(lang: Language, reason: str) -> str:
    """The label of a reason why it is not for its recipient."""
    return {"trade": lang.plain("Not my trade"), "time": lang.plain("No time"), "far": lang.plain("Too far")}[reason]


def moved_alert(lang: Language, move: Move) -> str:
    """The answer to a press that moved it, or that repeats where it is."""
    number, status = move.referral.number, status_word(lang, move.referral.status)
    if not move.changed:
        return lang.plain("#{number} is “{status}” already.", number=number, status=status)
    return lang.plain("#{number} is “{status}” now.", number=number, status=status)


def news(lang: Language, move: Move, who: str, club: str, *, by_recipient: bool) -> Markup:
    """To its giver or recipient: what `who` did with it."""
    head = _referral(lang, move.referral, club)
    status = move.referral.status
    if not by_recipient:
        word = status_word(lang, status)
        return lang.t("{referral}: {who} set it to “{status}”.", referral=head, who=who, status=word)
    if status == "declined" and move.reason:
        why = _reason(lang, move.reason)
        return lang.t("{referral}: {who} says it is not for them: {why}.", referral=head, who=who, why=why)
    if move.before in ("won", "lost", "declined"):
        return lang.t("{referral}: {who} takes it up again.", referral=head, who=who)
    return {
        "contacted": lang.t("{referral}: {who} called.", referral=head, who=who),
        "in_progress": lang.t("{referral}: {who} is working on it.", referral=head, who=who),
        "won": lang.t("{referral}: {who} won it, business came of it. 🤝", referral=head, who=who),
        "lost": lang.t("{referral}: {who} says nothing came of it.", referral=head, who=who),
        "declined": lang.t("{referral}: {who} says it is not for them.", referral=head, who=who),
    }[status]


def card(lang: Language, story: Story, zone: ZoneInfo, *, details: bool, own: bool) -> Markup:
    """A referral with where it is and how it came there; `details` for its two people only, `own` to its giver."""
    referral = story.referral
    giver, recipient = story.names[referral.giver_id], story.names[referral.recipient_id]
    said = [
        lang.t(
            "<b>#{number}</b> {giver} → <b>{recipient}</b>", number=referral.number, giver=giver, recipient=recipient
        ),
        contact_and_need(lang, referral),
    ]
    if details:
        said += [Markup("{}").format(detail) for detail in (referral.phone, referral.email) if detail]
    said += quality.lines(lang, referral, None if own else giver)
    said.append(lang.t("Taken back.") if referral.undone_at else now(lang, referral.status))
    return Markup("\n").join([*said, Markup(""), *_history(lang, story, zone)])


def open_list(
    lang: Language, club: str, received: Sequence[tuple[Referral, str]], given: Sequence[tuple[Referral, str]]
) -> Markup:
    """Someone's open referrals in a club, each with the name of the other."""
    if not received and not given:
        return lang.t("Nothing of yours is open in <b>{club}</b>.", club=club)
    said = [lang.t("Your open referrals in <b>{club}</b>", club=club)]
    if received:
        said += [Markup(""), lang.t("For you:"), *_items(lang, received)]
    if given:
        said += [Markup(""), lang.t("From you:"), *_items(lang, given)]
    return Markup("\n").join(said)


def open_button(number: int) -> str:
    """The label of what shows one referral."""
    return f"#{number}"


def back_button(lang: Language) -> str:
    """The label of: back to the list."""
    return lang.plain("Back")


def start_me_first(lang: Language, name: str) -> Markup:
    """In the group, to someone who cannot be written to yet."""
    return lang.t(
        "{name}, I cannot write to you in private yet. Open our chat, press Start, and send <code>/referrals</code>.",
        name=Markup("<b>{}</b>").format(name),
    )


def reminder(lang: Language, giver: str, referral: Referral, club: str) -> Markup:
    """To its recipient, when nothing happened for days."""
    head = Markup("<b>#{}</b>").format(referral.number)
    return Markup("\n").join(
        [
            lang.t("{number} from {giver} in {club} is still waiting for you:", number=head, giver=giver, club=club),
            contact_and_need(lang, referral),
            *quality.lines(lang, referral, giver),
        ]
    )


def reminded(lang: Language, giver: str, referral: Referral, club: str) -> Markup:
    """What the reminder becomes once something happened."""
    head = Markup("<b>#{}</b>").format(referral.number)
    state = lang.t("Taken back.") if referral.undone_at else now(lang, referral.status)
    said = lang.t("{number} from {giver} in {club}:", number=head, giver=giver, club=club)
    return Markup("\n").join([said, contact_and_need(lang, referral), state])


def still_waiting(lang: Language, recipient: str, referral: Referral, days: int, club: str) -> Markup:
    """To its giver, when nothing happened for twice as long."""
    return lang.n(
        "{referral}: no news from {recipient} for {count} day. A word from you may help.",
        "{referral}: no news from {recipient} for {count} days. A word from you may help.",
        days,
        referral=_referral(lang, referral, club),
        recipient=recipient,
    )


def _referral(lang: Language, referral: Referral, club: str) -> Markup:
    """Which referral it is: its number alone would not do for someone in two clubs."""
    return lang.t("<b>#{number}</b> {contact}, {club}", number=referral.number, contact=referral.contact, club=club)


def _items(lang: Language, referrals: Sequence[tuple[Referral, str]]) -> list[Markup]:
    said = [
        lang.t(
            "<b>#{number}</b> {contact} ({other}): {status}",
            number=referral.number,
            contact=referral.contact,
            other=other,
            status=status_word(lang, referral.status),
        )
        for referral, other in referrals[:MAX_LISTED]
    ]
    if (more := len(referrals) - MAX_LISTED) > 0:
        said.append(lang.n("And one more.", "And {count} more.", more))
    return said


def _history(lang: Language, story: Story, zone: ZoneInfo) -> list[Markup]:
    given = lang.t("{giver} passed it on", giver=story.names[story.referral.giver_id])
    said = [Markup("{}  {}").format(lang.stamp(story.referral.given_at.astimezone(zone)), given)]
    for event in story.events[-MAX_EVENTS:]:
        who = story.names[event.by_id] if event.by_id is not None else None
        happened = _happened(lang, event)
        line = lang.t("{who}: {happened}", who=who, happened=happened) if who else Markup("{}").format(happened)
        said.append(Markup("{}  {}").format(lang.stamp(event.at.astimezone(zone)), line))
    return said


def _happened(lang: Language, event: Event) -> str:
    match event.side:
        case "thanks":
            return lang.plain("said thanks for it")
        case "warmth":
            return lang.plain("warmth {warmth}", warmth=event.value)
        case "agreed":
            return lang.plain("agreed to be called") if event.value == "yes" else lang.plain("not agreed to be called")
        case "kind":
            return lang.plain("an own purchase") if event.value == "inside" else lang.plain("an introduction")
        case "via":
            return lang.plain("came out of #{number}", number=event.value)
    status, _, reason = event.value.partition(":")
    return _reason(lang, reason) if reason else status_word(lang, _status(status))


def _status(value: str) -> Status:
    known: tuple[Status, ...] = ("new", "contacted", "in_progress", "won", "lost", "declined")
    return next(status for status in known if status == value)


def _reason(lang: Language, reason: str) -> str:
    return {
        "trade": lang.plain("not their trade"),
        "time": lang.plain("no time for it now"),
        "far": lang.plain("too far away"),
    }[reason]
