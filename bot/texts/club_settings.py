"""What is said about a club's settings."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from markupsafe import Markup, escape

from bot.domain.models import Club
from bot.domain.slots import is_at, slot_after
from bot.texts import languages
from bot.texts.language import Language, marked


@dataclass(frozen=True)
class View:
    """What a setting is described from: a club as it is, was or would be, and the operator's daily limit."""

    club: Club
    usual_limit: int


@dataclass(frozen=True)
class Choice:
    """What a button stands for: the words of the setting, and the club as it is and as it would be."""

    words: str
    now: View
    then: View
    is_chosen: bool


@dataclass(frozen=True)
class Wording:
    """What a setting is called and does, a line that changes it, and how a club has it.

    `label` is how a button says it, where that is too long for one. `follows` is what else an admin wants to know.
    """

    name: str
    does: str
    line: str
    how: Callable[[Language, View], str]
    label: Callable[[Language, Choice], str] | None = None
    follows: Callable[[Language, Club], Markup] | None = None


def overview(lang: Language, view: View) -> Markup:
    """All that is set, above a button for each."""
    said = [lang.t("⚙️ The settings of <b>{club}</b>", club=view.club.title), Markup("")]
    for setting, wording in WORDINGS.items():
        said.append(lang.t("{setting}: <b>{how}</b>", setting=lang.t(wording.name), how=wording.how(lang, view)))
        if setting == "post":
            said.append(_next_post(lang, view.club))
    return Markup("\n").join([*said, Markup(""), lang.t("What would you like otherwise?")])


def screen(lang: Language, view: View, setting: str, before: View | None = None) -> Markup:
    """One setting above its choices, with what it was if it was changed just now."""
    wording = WORDINGS[setting]
    said = _changed(lang, before or view, view, setting, is_new=before is not None)
    said += [Markup(""), lang.t(wording.does), lang.t("Or type it, here or in the group:"), lang.t(wording.line)]
    return Markup("\n").join([Markup("<i>{}</i>").format(view.club.title), *said])


def changed(lang: Language, before: View, now: View, setting: str) -> Markup:
    """How it is now, how it was, and what follows from it."""
    return Markup("\n").join(_changed(lang, before, now, setting, is_new=True))


def how(lang: Language, view: View, setting: str) -> str:
    """How the club has it."""
    return WORDINGS[setting].how(lang, view)


def setting_button(lang: Language, setting: str) -> str:
    """The label of what opens a setting."""
    return lang.plain(WORDINGS[setting].name)


def choice_button(lang: Language, setting: str, choice: Choice) -> str:
    """The label of one of a setting's choices."""
    wording = WORDINGS[setting]
    label = escape(wording.label(lang, choice) if wording.label else wording.how(lang, choice.then)).striptags()
    return f"✓\u202f{label}" if choice.is_chosen else label


def changed_alert(lang: Language, now: View, setting: str) -> str:
    """How it is now, for the line that a press on a button is answered with."""
    wording = WORDINGS[setting]
    how = escape(wording.how(lang, now)).striptags()
    return lang.t("{setting}: <b>{how}</b>", setting=lang.t(wording.name), how=how).striptags()


def back_button(lang: Language) -> str:
    """The label of: to all settings."""
    return lang.plain("‹ All settings")


def which_club(lang: Language) -> Markup:
    """To an admin who is in several clubs."""
    return lang.t("Which club's settings?")


def in_private(lang: Language) -> Markup:
    """In the group, to admins: where the settings are."""
    return lang.t("The settings open in private, for admins.")


def press_as_yourself(lang: Language) -> Markup:
    """To an anonymous admin, whose name Telegram does not tell."""
    return lang.t("You write as the group, so I can't see who you are. Press the button to go on.")


def go_on_button(lang: Language) -> str:
    """The label of: go on."""
    return lang.plain("Go on")


def _changed(lang: Language, before: View, now: View, setting: str, *, is_new: bool) -> list[Markup]:
    wording, club = WORDINGS[setting], now.club
    name, was, is_ = lang.t(wording.name), wording.how(lang, before), wording.how(lang, now)
    if not is_new:
        said = [lang.t("<b>{setting}</b>: {how}", setting=name, how=is_)]
    elif was == is_:
        said = [lang.t("<b>{setting}</b>: {how}, as it was", setting=name, how=is_)]
    else:
        said = [lang.t("<b>{setting}</b>: {how} (before: {was})", setting=name, how=is_, was=was)]
    if wording.follows:
        said.append(wording.follows(lang, club))
    if (setting == "country" and is_new) or club.country != before.club.country:
        said.append(lang.t("Phone numbers without a country code: {country}.", country=lang.country(club.country)))
    if setting == "currency" and was != is_:
        said.append(lang.t("Amounts written down before keep their currency."))
    return said


def _next_post(lang: Language, club: Club) -> Markup:
    """When the next post comes; also when the new moment holds, if that is only after it."""
    moment = lang.moment(club.next_slot_at.astimezone(club.zone))
    if is_at(club.slot, club.next_slot_at):
        return lang.t("The next one comes on {moment}.", moment=moment)
    then = lang.moment(slot_after(club.slot, club.next_slot_at).astimezone(club.zone))
    return lang.t("First comes the one of {moment}, then the one of {then}.", moment=moment, then=then)


def _reminders(lang: Language, view: View) -> str:
    if view.club.remind_days == 0:
        return lang.t("never")
    return lang.n("after {count} day without news", "after {count} days without news", view.club.remind_days)


def _reminders_label(lang: Language, choice: Choice) -> str:
    days = choice.then.club.remind_days
    return lang.n("{count} day", "{count} days", days) if days else lang.t("never")


def _limit(lang: Language, view: View) -> str:
    own = view.club.own_limit
    count = view.usual_limit if own is None else own
    limit = lang.t("{count} a day", count=lang.number(count)) if count else lang.t("none")
    return lang.t("{limit} (the usual)", limit=limit) if own is None else limit


def _limit_label(lang: Language, choice: Choice) -> str:
    own = choice.then.club.own_limit
    return lang.number(own) if own else _limit(lang, choice.then)


def _post_label(lang: Language, choice: Choice) -> str:
    if choice.words.isalpha():
        return lang.weekday(choice.then.club.post_day)
    was, at = choice.now.club.post_time, choice.then.club.post_time
    if at.minute == was.minute:
        return f"{at:%H:%M}"
    return f"‹ {at:%H:%M}" if at < was else f"{at:%H:%M} ›"


WORDINGS: Mapping[str, Wording] = {
    "language": Wording(
        marked("Group language"),
        marked("What I say in the group is in this language. In private I write to each in their own."),
        marked("<code>/settings language Nederlands</code>"),
        lambda _, view: languages.name(view.club.language),
    ),
    "country": Wording(
        marked("Country"),
        marked("Where a phone number is from when it has no country code."),
        marked("<code>/settings country Netherlands</code>"),
        lambda lang, view: lang.country(view.club.country),
    ),
    "timezone": Wording(
        marked("Time zone"),
        marked("Whose days and hours the club lives by."),
        marked("<code>/settings timezone Amsterdam</code>"),
        lambda _, view: view.club.timezone,
        lambda lang, choice: lang.city(choice.then.club.timezone),
        _next_post,
    ),
    "post": Wording(
        marked("Weekly post"),
        marked("Who gave referrals that week, for all to see."),
        marked("<code>/settings post friday 08:30</code>"),
        lambda lang, view: lang.weekly(view.club.post_day, view.club.post_time),
        _post_label,
        _next_post,
    ),
    "currency": Wording(
        marked("Currency"),
        marked("What an amount is in when it has no currency."),
        marked("<code>/settings currency CHF</code>"),
        lambda lang, view: lang.currency(view.club.currency),
    ),
    "reminders": Wording(
        marked("Reminders"),
        marked("Who received a referral and did nothing with it is reminded once, in private."),
        marked("<code>/settings reminders 7</code>"),
        _reminders,
        _reminders_label,
    ),
    "question": Wording(
        marked("Monthly question"),
        marked("Do the other members give you many referrals? One tap, counted without names."),
        marked("<code>/settings question off</code>"),
        lambda lang, view: lang.t("on the first of each month") if view.club.monthly_question else lang.t("never"),
    ),
    "pictures": Wording(
        marked("Pictures"),
        marked("Rankings and the circle are drawn for the group, with the same in words."),
        marked("<code>/settings pictures off</code>"),
        lambda lang, view: lang.t("with rankings and figures") if view.club.pictures else lang.t("never"),
    ),
    "limit": Wording(
        marked("Daily limit"),
        marked("How many referrals one member may write down in a day; as many thanks, one-to-ones and visitors."),
        marked("<code>/settings limit 20</code>"),
        _limit,
        _limit_label,
    ),
    "totals": Wording(
        marked("Who sees totals"),
        marked(
            "How much of the business came through people you know: <code>/value</code>, and its line in the weekly "
            "post. The ranking is for everyone."
        ),
        marked("<code>/settings totals admins</code>"),
        lambda lang, view: lang.t("everyone in the group") if view.club.open_totals else lang.t("admins only"),
    ),
    "contacts": Wording(
        marked("Contact details"),
        marked("So long after the last news of a referral the phone and e-mail of its contact are erased."),
        marked("<code>/settings contacts 12</code>"),
        lambda lang, view: lang.n("{count} month", "{count} months", view.club.contact_months),
        follows=lambda lang, _: lang.t("Those that are older go within a minute, for good."),
    ),
    "names": Wording(
        marked("Names of contacts"),
        marked("When phone and e-mail are erased, the name stays, or it goes too; so do the names of visitors."),
        marked("<code>/settings names off</code>"),
        lambda lang, view: lang.t("they stay") if view.club.keep_names else lang.t("erased with the details"),
    ),
}
"""In the order in which they are shown, which is that of `settings` in bot/domain/club_settings.py."""
