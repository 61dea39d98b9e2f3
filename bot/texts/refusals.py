"""Why something was refused, with a line that works."""

from zoneinfo import ZoneInfo

from markupsafe import Markup

from bot.domain import errors
from bot.domain.exports import UnknownFormat
from bot.domain.graphemes import cut
from bot.domain.imports.refusals import ImportGone, ImportOver, NothingToTakeBack
from bot.domain.names import strip_invisible
from bot.domain.periods import BackwardPeriod, FuturePeriod, UnknownPeriod
from bot.texts.language import Language, marked

MAX_ECHO = 40


def refusal(lang: Language, error: errors.Refusal, zone: ZoneInfo, example: str | None = None) -> Markup:
    """The reason in a sentence, then the `example` where it helps. `zone` is the reader's."""
    if isinstance(error, errors.DailyLimit):
        said = _daily_limit(lang, error, lang.moment(error.again_at.astimezone(zone)))
    elif isinstance(error, errors.TooMany):
        said = lang.n("Name one person at a time, please.", "Name {count} people at most, please.", error.limit)
    else:
        said = lang.t(SENTENCES[type(error)], **_values(error))
    if example is None or type(error) not in _WITH_EXAMPLE:
        return said
    return Markup("\n").join([said, Markup("<code>{}</code>").format(example)])


def unchanged(lang: Language, why: Markup) -> Markup:
    """Why an edited command changed nothing; `why` is the refusal."""
    return Markup("\n").join([lang.t("What was recorded stays as it was."), why])


def last_for_now(lang: Language, said: Markup) -> Markup:
    """The refusal after which someone's mistakes in the group are not answered for a minute."""
    return Markup("\n").join([said, lang.t("I leave it at that here for a minute; in private I always answer.")])


def alert(lang: Language, error: errors.Refusal, zone: ZoneInfo) -> str:
    """The reason, for the small window that a button opens, where there is no markup."""
    return refusal(lang, error, zone).striptags()


def _daily_limit(lang: Language, error: errors.DailyLimit, again_at: str) -> Markup:
    if isinstance(error, errors.DailyMeetings | errors.DailyVisitors):
        return lang.n(
            "One such entry a day is the limit here. The next can follow on {at}.",
            "That would be more than {count} such entries in a day. The next can follow on {at}.",
            error.limit,
            at=again_at,
        )
    if isinstance(error, errors.DailyThanks):
        return lang.n(
            "One thanks a day is the limit here. The next can follow on {at}.",
            "That would be more than {count} thanks in a day. The next can follow on {at}.",
            error.limit,
            at=again_at,
        )
    return lang.n(
        "One referral a day is the limit here. The next can follow on {at}.",
        "That would be more than {count} referrals in a day. The next can follow on {at}.",
        error.limit,
        at=again_at,
    )


def _values(error: errors.Refusal) -> dict[str, object]:
    values = {name: getattr(error, name) for name in ("text", "number", "limit", "word") if hasattr(error, name)}
    return {
        name: cut(strip_invisible(value), MAX_ECHO) if isinstance(value, str) else value
        for name, value in values.items()
    }


SENTENCES: dict[type[errors.Refusal], str] = {
    errors.NoRecipient: marked("Who is it for? Mention a member, or reply to their message:"),
    errors.NoGiver: marked("Whom do you thank? Mention a member, or reply to their message:"),
    errors.NoContact: marked("Who has the need? Give a name after the mention:"),
    errors.TooLong: marked("That is too long for me; {limit} characters at most, please."),
    errors.LongContact: marked("Whose need is it? Put a colon after the name:"),
    errors.MadeAlready: marked("That message is #{number} already. Please send another one for this."),
    errors.OnlyThanker: marked("Only the person who said thanks can tell that."),
    errors.Oneself: marked("That is yourself; it takes two."),
    errors.NotAPerson: marked("That is not a person, so nobody could be credited. Mention a member:"),
    errors.AnonymousSender: marked(
        "You write as the group or a channel, so nobody could be credited. Write as yourself, please:"
    ),
    errors.UnreadableAmount: marked("I can't read “{text}” as an amount. Write it so:"),
    errors.AmountOutOfRange: marked("“{text}” is no amount I can write down. One that works:"),
    errors.UnknownNumber: marked("There is no #{number} that this can be about."),
    errors.UnknownWord: marked("I don't know “{word}”. This works:"),
    UnknownPeriod: marked(
        "“{word}” is no period I know. These are: week, month, quarter, year, last month, q3, march 2026, 2026, "
        "1/2026 to 6/2026, all. This works:"
    ),
    FuturePeriod: marked("“{word}” is still to come, so there is nothing to show yet. This works:"),
    UnknownFormat: marked("I make files as csv, xlsx or json, not as “{word}”. This works:"),
    BackwardPeriod: marked("“{word}” ends before it begins. This works:"),
    errors.UnknownCommand: marked("I don't know /{word}. This works:"),
    errors.NoValue: marked("What shall it be? This works:"),
    errors.NoDetails: marked("Only a phone number or an e-mail address, please; anything else the group would read."),
    errors.AnswerNeeded: marked("I need an answer to that one."),
    errors.NobodyOfThatName: marked("I am not sure whom you mean. Choose from the buttons, or type the whole name."),
    errors.NotAnAmount: marked("I can't read that as an amount. Write it like 1500 or €99.95."),
    errors.GroupOnly: marked("Please do that in your club's group, where everybody sees it:"),
    errors.AdminsOnly: marked("That is for the group's admins."),
    errors.CannotCheckAdmin: marked(
        "Telegram doesn't tell me just now whether you are an admin. Try again in a minute."
    ),
    errors.NotYours: marked("#{number} is not yours; its author or an admin can do that."),
    errors.TooLate: marked("#{number} is more than a day old. An admin can still take it back."),
    errors.AlreadyUndone: marked("#{number} was taken back already."),
    errors.ContactErased: marked("The contact of #{number} was erased, and stays so."),
    errors.NothingToUndo: marked("There is nothing of yours from the last day to take back."),
    errors.CannotAddByEdit: marked("An edit can't add another referral. Send it as a new message:"),
    errors.NoPartner: marked("Whom did you meet? Mention a member, or reply to their message:"),
    errors.NoVisitor: marked("Who came along? Give the visitor's name:"),
    errors.AlreadyMet: marked("That one-to-one is noted already: one a day for the two of you."),
    errors.MadeAnother: marked(
        "That message is written down as something else already. Please send another one for this."
    ),
    errors.NotYourEntry: marked("That is not yours; its author or an admin can do that."),
    errors.EntryTooLate: marked("That is more than a day old. An admin can still take it back."),
    errors.EntryUndone: marked("That was taken back already."),
    errors.OnlyTheOther: marked("Only the member named there can say that."),
    errors.UnknownButton: marked("I don't know that button any more."),
    errors.NotConcerned: marked("Only the two people of #{number}, and admins, can do that."),
    errors.RecipientDecides: marked("Whether #{number} is something for them, the recipient decides."),
    errors.MovedOn: marked("#{number} has moved on since. Send me /referrals to see where it is."),
    errors.WonByThanks: marked("#{number} was thanked for, so it is won. /undo of the thanks takes that back."),
    errors.Loop: marked("#{number} came out of this one itself; a chain can't go round in a circle."),
    errors.OnlyGiver: marked("Of #{number}, only its giver can tell that."),
    errors.NoNumber: marked("Which one? Give its number:"),
    errors.AnsweredAlready: marked("You answered already."),
    errors.QuestionOver: marked("That month is over; the next question comes on the first."),
    errors.PicturesOff: marked("The admins turned pictures off here. /leaderboard tells in words who gave."),
    NothingToTakeBack: marked("There is no import to undo."),
    ImportOver: marked("That import is more than a week old; single entries can still be undone."),
    ImportGone: marked("That is decided on, or over. Send me the file again to begin anew."),
    errors.NotAMember: marked("That is for members of that club."),
}

_WITH_EXAMPLE = frozenset(
    {
        errors.NoRecipient,
        errors.NoGiver,
        errors.NoContact,
        errors.NoNumber,
        errors.LongContact,
        errors.NotAPerson,
        errors.AnonymousSender,
        errors.UnreadableAmount,
        errors.AmountOutOfRange,
        errors.UnknownWord,
        UnknownPeriod,
        FuturePeriod,
        UnknownFormat,
        BackwardPeriod,
        errors.UnknownCommand,
        errors.NoValue,
        errors.GroupOnly,
        errors.CannotAddByEdit,
        errors.NoPartner,
        errors.NoVisitor,
    }
)
